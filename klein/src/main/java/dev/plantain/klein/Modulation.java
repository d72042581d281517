package dev.plantain.klein;

import dev.plantain.torch.Ops;
import dev.plantain.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * How time bends one residual branch: {@code x + gate · f(norm(x) · (1 + scale) + shift)}.
 *
 * @param shift B,1,D for all tokens alike, or B,N,D
 * @param scale as shift
 * @param gate as shift
 */
record Modulation(Tensor shift, Tensor scale, Tensor gate) {

  /** The {@code index}-th triple of a modulation vector B,n·3·D or B,N,n·3·D. */
  static Modulation of(Tensor vector, int index, long width) {
    Tensor v = vector.dim() == 2 ? vector.unsqueeze(1) : vector;
    long at = 3L * index * width;
    return new Modulation(
        v.narrow(2, at, width), v.narrow(2, at + width, width), v.narrow(2, at + 2 * width, width));
  }

  /** Layer normalisation without gain, bent: B,N,D to B,N,D. */
  Tensor bend(Tensor x, double epsilon) {
    long width = x.size(2);
    if (scale.size(0) == 1 && scale.size(1) == 1) {
      return Ops.layerNorm(
          x, width, scale.add(Tensors.scalar(1)).reshape(width), shift.reshape(width), epsilon);
    }
    Tensor normal = Ops.layerNorm(x, width, null, null, epsilon);
    return shift.addcmul(normal, scale.add(Tensors.scalar(1)));
  }

  /** {@code x + gate · branch}. */
  Tensor join(Tensor x, Tensor branch) {
    return x.addcmul(gate, branch);
  }
}
