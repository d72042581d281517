package dev.plantain.sprout;

import dev.plantain.torch.Init;
import dev.plantain.torch.Layers.Conv;
import dev.plantain.torch.Layers.Dense;
import dev.plantain.torch.Layers.GroupNorm;
import dev.plantain.torch.Ops;
import dev.plantain.torch.Parameters;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.jspecify.annotations.Nullable;

/**
 * Two normalised convolutions beside a skip; a condition may shift and scale the second. Begins as
 * its skip.
 */
record ResidualBlock(
    GroupNorm norm1,
    Conv conv1,
    GroupNorm norm2,
    Conv conv2,
    @Nullable Dense condition,
    @Nullable Conv skip) {

  /**
   * @param conditionWidth width of the condition, 0 for none
   */
  static ResidualBlock of(Parameters p, String name, int in, int out, int conditionWidth) {
    return new ResidualBlock(
        GroupNorm.of(p, name + ".norm1", in),
        Conv.of(p, name + ".conv1", in, out, 3),
        GroupNorm.of(p, name + ".norm2", out),
        Conv.of(p, name + ".conv2", out, out, 3, 1, Init.ZERO),
        conditionWidth > 0
            ? Dense.of(p, name + ".condition", conditionWidth, 2 * out, Init.normal(0.01))
            : null,
        in != out ? Conv.of(p, name + ".skip", in, out, 1) : null);
  }

  /**
   * @param x B,in,H,W
   * @param e B,conditionWidth; null where there is none
   */
  Tensor apply(Tensor x, @Nullable Tensor e) {
    try (Scope scope = Scope.open()) {
      Tensor h = norm2.apply(conv1.apply(Ops.silu(norm1.apply(x))));
      if (condition != null && e != null) {
        TensorVector parts = condition.apply(e).unsqueeze(2).unsqueeze(3).chunk(2, 1);
        h = h.mul(parts.get(0).add(Tensors.scalar(1))).add(parts.get(1));
      }
      Tensor y = conv2.apply(Ops.silu(h));
      return scope.handOver((skip == null ? x : skip.apply(x)).add(y));
    }
  }
}
