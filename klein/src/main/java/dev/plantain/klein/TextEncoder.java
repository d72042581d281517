package dev.plantain.klein;

import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Prompts as vectors: the hidden states of three layers of Qwen3, side by side. (Source:
 * transformers, {@code Qwen3Model}; diffusers, {@code Flux2KleinPipeline}.)
 */
final class TextEncoder implements AutoCloseable {
  /** What goes into which layers (0 is the embedding) is handed to the transformer. */
  static final int[] LAYERS = {9, 18, 27};

  private static final double MASKED = -3.0e38;

  private final TextShape shape;
  private final Weights weights;
  private final Tensor embedding;
  private final List<TextLayer> layers = new ArrayList<>();
  private final int[] taken;

  private TextEncoder(TextShape shape, Weights weights, int[] taken) {
    this.shape = shape;
    this.weights = weights;
    this.taken = taken;
    embedding = weights.matrix("model.embed_tokens.weight", shape.vocabulary(), shape.width());
    for (int i = 0; i < Arrays.stream(taken).max().orElseThrow(); i++) {
      layers.add(new TextLayer(weights, "model.layers." + i, shape));
    }
    // Later layers, the last normalisation and the head only matter to a chat.
    weights.requireAllUsed(
        name ->
            name.startsWith("model.layers.")
                || name.startsWith("model.norm")
                || name.startsWith("lm_head"));
  }

  /** Opens the encoder in a folder of its own. */
  static TextEncoder open(Path folder, Compute compute, boolean streamed) throws IOException {
    TextShape shape = TextShape.read(Config.read(folder.resolve("config.json")));
    int needed = Arrays.stream(LAYERS).max().orElseThrow();
    if (shape.layers() <= needed) {
      throw new IOException(
          "the text encoder in %s has %d layers, klein looks into its layer %d"
              .formatted(folder, shape.layers(), needed));
    }
    Weights weights = Weights.open(folder, "model", compute, streamed);
    return weights.networkOf(w -> new TextEncoder(shape, w, LAYERS));
  }

  /** Values of one token that is handed out. */
  int width() {
    return taken.length * shape.width();
  }

  /** B prompts of equal length to B,L,{@link #width} in the type of computing. */
  Tensor encode(List<ChatTokenizer.Tokens> prompts) {
    int b = prompts.size();
    int l = prompts.getFirst().ids().length;
    try (Scope scope = Scope.open()) {
      Tensor ids =
          weights
              .compute()
              .place(
                  Tensors.of(
                      prompts.stream().flatMapToLong(p -> Arrays.stream(p.ids())).toArray(), b, l),
                  torch.ScalarType.Long);
      // B,L,D
      Tensor x =
          weights
              .compute()
              .place(torch.embedding(embedding, ids.to(embedding.device(), torch.ScalarType.Long)));
      Tensor mask = mask(prompts, l);
      Rotary turns = turns(l);
      Tensor[] states = new Tensor[taken.length];
      for (int i = 0; i <= layers.size(); i++) {
        for (int k = 0; k < taken.length; k++) {
          if (taken[k] == i) {
            states[k] = x;
          }
        }
        if (i < layers.size()) {
          x = layers.get(i).apply(x, mask, turns);
        }
      }
      return scope.handOver(Tensors.cat(2, states));
    }
  }

  /** B,1,L,L added to logits: no token sees a later one, nor padding. */
  private Tensor mask(List<ChatTokenizer.Tokens> prompts, int l) {
    float[] values = new float[prompts.size() * l * l];
    for (int b = 0; b < prompts.size(); b++) {
      int used = prompts.get(b).used();
      for (int i = 0; i < l; i++) {
        Arrays.fill(
            values, (b * l + i) * l + Math.min(i + 1, used), (b * l + i + 1) * l, (float) MASKED);
      }
    }
    return weights
        .compute()
        .place(Tensors.of(values, prompts.size(), 1, l, l), torch.ScalarType.Float);
  }

  private Rotary turns(int l) {
    int[] places = new int[l];
    Arrays.setAll(places, i -> i);
    return Rotary.of(
        new int[][] {places}, new int[] {shape.headSize()}, shape.theta(), weights.compute());
  }

  @Override
  public void close() {
    weights.close();
  }
}
