package dev.plantain.klein;

import dev.plantain.torch.Ops;
import dev.plantain.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * A change of a matrix by two thin ones (LoRA, arXiv 2106.09685): {@code strength · B A}.
 *
 * @param down A: rank,in
 * @param up B: out,rank
 * @param strength alpha / rank times the user's scale
 */
record LowRank(Tensor down, Tensor up, double strength) {

  /** …,in to …,out. */
  Tensor apply(Tensor x) {
    Tensor narrow = Ops.wideLinear(x, down.to(x.device(), x.scalar_type()), null);
    Tensor wide = Ops.wideLinear(narrow, up.to(x.device(), x.scalar_type()), null);
    return wide.mul(Tensors.scalar(strength));
  }

  /** The change as one matrix, out,in, in float32. */
  Tensor product() {
    return up.to(org.bytedeco.pytorch.global.torch.ScalarType.Float)
        .matmul(down.to(org.bytedeco.pytorch.global.torch.ScalarType.Float))
        .mul(Tensors.scalar(strength));
  }

  long rank() {
    return down.size(0);
  }
}
