package dev.plantain.sprout;

import dev.plantain.torch.Init;
import dev.plantain.torch.Layers;
import dev.plantain.torch.Layers.Dense;
import dev.plantain.torch.Layers.LayerNorm;
import dev.plantain.torch.Ops;
import dev.plantain.torch.Parameters;
import dev.plantain.torch.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Self-attention over tokens, then a two-layer perceptron; both begin at zero. */
record TransformerBlock(
    LayerNorm norm1, Dense qkv, Dense out, LayerNorm norm2, Dense wide, Dense narrow, int heads) {

  static TransformerBlock of(Parameters p, String name, int width, int heads, int expansion) {
    return new TransformerBlock(
        LayerNorm.of(p, name + ".norm1", width),
        Dense.of(p, name + ".qkv", width, 3 * width),
        Dense.of(p, name + ".out", width, width, Init.ZERO),
        LayerNorm.of(p, name + ".norm2", width),
        Dense.of(p, name + ".wide", width, expansion * width),
        Dense.of(p, name + ".narrow", expansion * width, width, Init.ZERO),
        heads);
  }

  /**
   * @param x B,N,width
   * @param mask B,1,1,N added to the logits; null for none
   */
  Tensor apply(Tensor x, @Nullable Tensor mask) {
    try (Scope scope = Scope.open()) {
      TensorVector parts = qkv.apply(norm1.apply(x)).chunk(3, 2);
      Tensor a =
          Ops.attention(
              Layers.splitHeads(parts.get(0), heads),
              Layers.splitHeads(parts.get(1), heads),
              Layers.splitHeads(parts.get(2), heads),
              mask);
      Tensor y = x.add(out.apply(Layers.joinHeads(a)));
      return scope.handOver(y.add(narrow.apply(torch.gelu(wide.apply(norm2.apply(y))))));
    }
  }
}
