package dev.plantain.train;

import dev.plantain.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A segmentation specialist's: binary cross-entropy of the class that the prompt names. The first
 * channel is the log odds, scaled so that 1 is sure. Targets are white where the class is, black
 * elsewhere.
 */
record MaskObjective() implements Objective {
  /** A network that paints −1..1 is made for small numbers; log odds are not small. */
  private static final double SHARPNESS = 6;

  @Override
  public Shown show(Tensor target, Stage stage) {
    return Pixelwise.nothing(target);
  }

  @Override
  public Tensor losses(Tensor answer, Tensor target, Tensor time, Batch batch) {
    Tensor odds = answer.narrow(1, 0, 1).mul(Tensors.scalar(SHARPNESS));
    Tensor inside = target.narrow(1, 0, 1).gt(Tensors.scalar(0)).to(torch.ScalarType.Float);
    // −log σ(o) inside and −log σ(−o) outside, without ever taking the logarithm of zero.
    return torch.softplus(odds).sub(odds.mul(inside)).mean(1, 2, 3);
  }
}
