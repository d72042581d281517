package dev.plantain.klein;

import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import dev.plantain.torch.Torch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The whole way from words and pictures to a picture. One part after the other: the text encoder's
 * memory is given back before the transformer's is needed. (Source: diffusers, {@code
 * Flux2KleinPipeline}.)
 *
 * <p>Not thread-safe.
 */
final class Pipeline implements AutoCloseable {
  /** Prompts whose vectors are remembered, 8 to 25 MB each. */
  private static final int REMEMBERED = 8;

  private final ModelFolder model;
  private final Compute compute;
  private final boolean streamed;
  private final List<Adapter.Use> adapters;
  private final boolean merged;
  private final ChatTokenizer tokenizer;
  private @Nullable Transformer transformer;
  private @Nullable Autoencoder autoencoder;
  private final LinkedHashMap<String, Tensor> remembered = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Opens the tokenizer; networks are opened when they are needed.
   *
   * @param streamed whether weights are given back after each use, for machines with less memory
   *     than weights
   * @param adapters laid over the transformer; this owns them
   * @param merged whether they are added to its matrices instead of computed beside them
   */
  Pipeline(
      ModelFolder model,
      Compute compute,
      boolean streamed,
      List<Adapter.Use> adapters,
      boolean merged)
      throws IOException {
    this.merged = merged;
    this.model = model;
    this.compute = compute;
    this.streamed = streamed;
    this.adapters = List.copyOf(adapters);
    tokenizer = ChatTokenizer.open(model.folder().resolve("tokenizer"));
  }

  /**
   * What is to be drawn.
   *
   * @param prompt in words
   * @param pictures 8-bit interleaved RGB of references, sides a multiple of 16
   * @param guidance above 1 for models that are not distilled
   */
  record Job(String prompt, List<Picture> pictures, int steps, double guidance) {}

  /** A picture, {@code 3 * width * height} bytes. */
  record Picture(int width, int height, byte[] rgb8) {}

  /**
   * Draws.
   *
   * @param noise 1,C,h,w standard normal float32: a token of the picture for each place
   * @return 3,16·h,16·w float32, about −1..1; the enclosing scope's
   */
  Tensor draw(Tensor noise, Job job, Sampler.Progress progress) throws IOException {
    try (Scope scope = Scope.open();
        AutoGradMode still = Torch.withoutGradients()) {
      boolean guided = job.guidance > 1 && !model.distilled();
      Map<String, Tensor> texts = texts(guided ? List.of(job.prompt, "") : List.of(job.prompt));
      List<Tensor> references = new ArrayList<>();
      for (Picture p : job.pictures) {
        references.add(autoencoder().encode(Tensors.pictures(List.of(p.rgb8), p.height, p.width)));
      }
      Sampler sampler = new Sampler(transformer(), model.keepsReferences());
      Tensor codes =
          sampler.draw(
              noise,
              new Sampler.Drawing(
                  java.util.Objects.requireNonNull(texts.get(job.prompt)),
                  guided ? texts.get("") : null,
                  job.guidance,
                  references,
                  job.steps,
                  progress));
      return scope.handOver(autoencoder().decode(codes).squeeze(0));
    }
  }

  /** Prompts to vectors 1,512,W. The tensors stay this object's. */
  private Map<String, Tensor> texts(List<String> prompts) throws IOException {
    List<String> unknown =
        prompts.stream().filter(p -> !remembered.containsKey(p)).distinct().toList();
    if (!unknown.isEmpty()) {
      List<ChatTokenizer.Tokens> tokens = unknown.stream().map(tokenizer::tokens).toList();
      if (!compute.onCpu() && !streamed) {
        // A GPU seldom holds both networks.
        closeTransformer();
      }
      try (TextEncoder encoder =
          TextEncoder.open(model.folder().resolve("text_encoder"), compute, streamed)) {
        for (int i = 0; i < unknown.size(); i++) {
          try (Scope scope = Scope.open()) {
            remembered.put(unknown.get(i), scope.keep(encoder.encode(List.of(tokens.get(i)))));
          }
        }
      }
    }
    Map<String, Tensor> texts = new LinkedHashMap<>();
    prompts.forEach(p -> texts.put(p, remembered.get(p)));
    var eldest = remembered.entrySet().iterator();
    while (remembered.size() > REMEMBERED && eldest.hasNext()) {
      Map.Entry<String, Tensor> entry = eldest.next();
      if (!prompts.contains(entry.getKey())) {
        entry.getValue().close();
        eldest.remove();
      }
    }
    return texts;
  }

  private Transformer transformer() throws IOException {
    if (transformer == null) {
      Transformer opened = Transformer.open(model.transformer(), compute, streamed);
      boolean whole = false;
      try {
        for (Adapter.Use use : adapters) {
          use.adapter().layOver(opened, use.scale());
        }
        if (merged) {
          opened.linears().values().forEach(Linear::merge);
        }
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

  private Autoencoder autoencoder() throws IOException {
    if (autoencoder == null) {
      autoencoder = Autoencoder.open(model.folder().resolve("vae"), compute);
    }
    return autoencoder;
  }

  /** Channels of a token of noise. */
  int channels() throws IOException {
    return TransformerShape.read(Config.read(model.transformer().resolve("config.json")))
        .channels();
  }

  /** What is laid over the transformer; this object's. */
  List<Adapter.Use> adapters() {
    return adapters;
  }

  private void closeTransformer() {
    if (transformer != null) {
      transformer.close();
      transformer = null;
    }
  }

  @Override
  public void close() {
    closeTransformer();
    if (autoencoder != null) {
      autoencoder.close();
      autoencoder = null;
    }
    remembered.values().forEach(Tensor::close);
    remembered.clear();
    adapters.forEach(use -> use.adapter().close());
    tokenizer.close();
  }
}
