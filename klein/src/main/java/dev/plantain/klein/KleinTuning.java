package dev.plantain.klein;

import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.torch.Noise;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import dev.plantain.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Trains an adapter for klein: examples are {@link #prepare prepared} first, then {@link
 * #gradients} is called for them in any order, an optimiser steps over {@link #parameters}, and
 * {@link #save} writes what {@code diffusers} and {@code klein:…?lora=} load.
 *
 * <p>The first call of {@code gradients} opens the transformer; text encoder and autoencoder are
 * opened for {@code prepare} alone, so memory holds one of them at a time. Not thread-safe.
 */
public final class KleinTuning implements AutoCloseable {
  private final ModelFolder model;
  private final Compute compute;
  private final Settings settings;
  private @Nullable Transformer transformer;
  private @Nullable LoraLayers layers;
  private boolean closed;

  /**
   * How an adapter is shaped.
   *
   * @param rank of its matrices, 1 to 1024
   * @param alpha strength times rank
   * @param seed of its beginning
   */
  public record Settings(int rank, double alpha, long seed) {
    public Settings {
      if (rank < 1 || rank > 1024 || !(alpha > 0)) {
        throw new IllegalArgumentException(
            "a LoRA has a rank of 1 to 1024 and a positive alpha, got %d and %s"
                .formatted(rank, alpha));
      }
    }
  }

  /** An example as the transformer is given it; to be closed. */
  public static final class Prepared implements AutoCloseable {
    /** 1,512,W. */
    private final Tensor text;

    /** 1,C,h,w each. */
    private final List<Tensor> references;

    /** 1,C,h,w. */
    private final Tensor target;

    /** 1,n,1: how much each token of the target counts; null if all count alike. */
    private final @Nullable Tensor known;

    private Prepared(Tensor text, List<Tensor> references, Tensor target, @Nullable Tensor known) {
      this.known = known;
      this.text = text;
      this.references = references;
      this.target = target;
    }

    /** Takes the tensors out of a scope. */
    private void keep(Scope scope) {
      scope.keep(text);
      references.forEach(scope::keep);
      scope.keep(target);
      if (known != null) {
        scope.keep(known);
      }
    }

    @Override
    public void close() {
      text.close();
      references.forEach(Tensor::close);
      target.close();
      if (known != null) {
        known.close();
      }
    }
  }

  /**
   * What a drawing should be.
   *
   * @param photos the prompt speaks of
   * @param prompt in words
   * @param drawing that answers it; sides a multiple of 16
   * @param unknown pixels of the drawing, row by row, from which nothing is to be learnt; null if
   *     there are none
   */
  public record Example(
      List<Image> photos, String prompt, Image drawing, @Nullable BitSet unknown) {
    public Example {
      photos = List.copyOf(photos);
      if (unknown != null && unknown.cardinality() >= drawing.width() * drawing.height()) {
        throw new IllegalArgumentException("an example of which nothing is known");
      }
    }

    /** An example whose every pixel is known. */
    public Example(List<Image> photos, String prompt, Image drawing) {
      this(photos, prompt, drawing, null);
    }

    /** Known pixels of each token's cell, 0 to 1; null if all are. */
    float @Nullable [] known() {
      if (unknown == null || unknown.isEmpty()) {
        return null;
      }
      int columns = drawing.width() / Latents.PIXELS;
      float[] known = new float[columns * (drawing.height() / Latents.PIXELS)];
      for (int y = 0; y < drawing.height(); y++) {
        for (int x = 0; x < drawing.width(); x++) {
          if (!unknown.get(y * drawing.width() + x)) {
            known[y / Latents.PIXELS * columns + x / Latents.PIXELS] +=
                1f / (Latents.PIXELS * Latents.PIXELS);
          }
        }
      }
      return known;
    }
  }

  private KleinTuning(ModelFolder model, Compute compute, Settings settings) {
    this.model = model;
    this.compute = compute;
    this.settings = settings;
  }

  /**
   * Opens a model for training.
   *
   * @param spec what stands behind {@code klein:}; without adapters
   * @throws GeneratorException if it cannot be opened
   */
  public static KleinTuning open(String spec, Settings settings) {
    KleinSpec parsed = KleinSpec.parse(spec);
    if (!parsed.loras().isEmpty()) {
      throw new GeneratorException("an adapter is trained on a model without others");
    }
    return new KleinTuning(KleinProvider.folder(parsed), parsed.compute(), settings);
  }

  /** Encodes examples; the order is kept. */
  public List<Prepared> prepare(List<Example> examples) throws IOException {
    List<Tensor> texts = new ArrayList<>();
    List<Prepared> prepared = new ArrayList<>();
    // What is encoded is this scope's until all of it is.
    try (Scope whole = Scope.open();
        AutoGradMode still = Torch.withoutGradients()) {
      try (ChatTokenizer tokenizer = ChatTokenizer.open(model.folder().resolve("tokenizer"));
          TextEncoder encoder =
              TextEncoder.open(model.folder().resolve("text_encoder"), compute, false)) {
        for (Example example : examples) {
          try (Scope scope = Scope.open()) {
            texts.add(scope.handOver(encoder.encode(List.of(tokenizer.tokens(example.prompt)))));
          }
        }
      }
      try (Autoencoder autoencoder = Autoencoder.open(model.folder().resolve("vae"), compute)) {
        for (int i = 0; i < examples.size(); i++) {
          List<Tensor> references = new ArrayList<>();
          for (Image photo : examples.get(i).photos) {
            references.add(encode(autoencoder, KleinGenerator.reference(photo)));
          }
          Image d = examples.get(i).drawing;
          Pipeline.Picture drawing = new Pipeline.Picture(d.width(), d.height(), d.rgb8());
          prepared.add(
              new Prepared(
                  texts.get(i),
                  references,
                  encode(autoencoder, drawing),
                  weights(examples.get(i).known())));
        }
      }
      prepared.forEach(p -> p.keep(whole));
      return prepared;
    }
  }

  private @Nullable Tensor weights(float @Nullable [] known) {
    if (known == null) {
      return null;
    }
    try (Scope scope = Scope.open()) {
      return scope.handOver(
          compute.place(Tensors.of(known, 1, known.length, 1), torch.ScalarType.Float));
    }
  }

  private static Tensor encode(Autoencoder autoencoder, Pipeline.Picture p) {
    if (p.width() % Latents.PIXELS != 0 || p.height() % Latents.PIXELS != 0) {
      throw new IllegalArgumentException(
          "the sides of a drawing are a multiple of %d, got %d x %d"
              .formatted(Latents.PIXELS, p.width(), p.height()));
    }
    try (Scope scope = Scope.open()) {
      return scope.handOver(
          autoencoder.encode(Tensors.pictures(List.of(p.rgb8()), p.height(), p.width())));
    }
  }

  /**
   * Adds one example's gradients of the flow-matching loss, the mean squared error of the direction
   * from drawing to noise.
   *
   * @param level of noise, above 0 and up to 1
   * @param seed of the noise
   * @return the loss
   */
  public double gradients(Prepared example, double level, long seed) throws IOException {
    if (!(level > 0 && level <= 1)) {
      throw new IllegalArgumentException("a noise level is above 0 and up to 1, got " + level);
    }
    Transformer net = transformer();
    try (Scope scope = Scope.open()) {
      Tensor clean = Latents.tokens(example.target);
      Tensor noise =
          Latents.tokens(
              compute.place(Noise.seeded(seed).next(example.target.shape()), clean.scalar_type()));
      // On the straight line between them, and the line's direction.
      Tensor noisy = clean.add(noise.sub(clean), Tensors.scalar(level));
      Tensor pictures = noisy;
      Rotary turns =
          net.turns(Positions.drawing((int) example.target.size(2), (int) example.target.size(3)));
      for (int i = 0; i < example.references.size(); i++) {
        Tensor r = example.references.get(i);
        pictures = Tensors.cat(1, pictures, Latents.tokens(r));
        turns = turns.then(net.turns(Positions.reference(i, (int) r.size(2), (int) r.size(3))));
      }
      Transformer.Call call =
          new Transformer.Call(pictures, turns, example.text, new float[] {(float) level}, 0, null);
      return new TrainingStep(net).gradients(call, noise.sub(clean), example.known);
    }
  }

  /** What an optimiser changes: float32, by the names they are saved under. */
  public Map<String, Tensor> parameters() throws IOException {
    transformer();
    return layers == null ? Map.of() : layers.parameters();
  }

  /** Saves the adapter; no partial file keeps the name. */
  public void save(Path file) throws IOException {
    transformer();
    if (layers != null) {
      layers.save(file);
    }
  }

  private Transformer transformer() throws IOException {
    if (closed) {
      throw new IllegalStateException("this training is closed");
    }
    if (transformer == null) {
      Transformer opened = Transformer.open(model.transformer(), compute, false);
      boolean whole = false;
      try {
        layers = LoraLayers.fresh(opened, LoraLayers.BLOCKS, settings);
        whole = true;
      } finally {
        if (!whole) {
          opened.close();
        }
      }
      transformer = opened;
    }
    return transformer;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (layers != null) {
      layers.close();
    }
    if (transformer != null) {
      transformer.close();
    }
  }
}
