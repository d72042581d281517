package dev.plantain.sprout;

import dev.plantain.torch.Init;
import dev.plantain.torch.Layers;
import dev.plantain.torch.Layers.Dense;
import dev.plantain.torch.Layers.GroupNorm;
import dev.plantain.torch.Ops;
import dev.plantain.torch.Parameters;
import dev.plantain.torch.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** A map looks up the prompt's tokens; begins at zero. */
record CrossAttention(GroupNorm norm, Dense query, Dense keyValue, Dense out, int heads) {

  static CrossAttention of(Parameters p, String name, int channels, int token, int heads) {
    return new CrossAttention(
        GroupNorm.of(p, name + ".norm", channels),
        Dense.of(p, name + ".query", channels, channels),
        Dense.of(p, name + ".key_value", token, 2 * channels),
        Dense.of(p, name + ".out", channels, channels, Init.ZERO),
        heads);
  }

  /**
   * @param x B,C,H,W
   * @param tokens B,L,token
   * @param mask B,1,1,L added to the logits
   */
  Tensor apply(Tensor x, Tensor tokens, Tensor mask) {
    try (Scope scope = Scope.open()) {
      TensorVector kv = keyValue.apply(tokens).chunk(2, 2);
      Tensor a =
          Ops.attention(
              Layers.splitHeads(query.apply(Layers.tokens(norm.apply(x))), heads),
              Layers.splitHeads(kv.get(0), heads),
              Layers.splitHeads(kv.get(1), heads),
              mask);
      return scope.handOver(
          x.add(Layers.map(out.apply(Layers.joinHeads(a)), x.size(2), x.size(3))));
    }
  }
}
