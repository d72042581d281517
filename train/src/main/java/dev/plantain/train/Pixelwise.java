package dev.plantain.train;

import dev.plantain.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What the specialists' objectives share. */
final class Pixelwise {
  private Pixelwise() {}

  /** Nothing of the drawing: the answer follows from photo and prompt. */
  static Objective.Shown nothing(Tensor target) {
    return new Objective.Shown(
        torch.zeros(target.size(0), 3, target.size(2), target.size(3)),
        torch.zeros(target.size(0)));
  }

  /**
   * The mean over the pixels that are known, for each drawing; 0 for one without any.
   *
   * @param errors B,1,H,W, finite
   * @param known B,1,H,W, each 0 or 1
   */
  static Tensor mean(Tensor errors, Tensor known) {
    return errors
        .mul(known)
        .sum(1, 2, 3)
        .div(torch.clamp_min(known.sum(1, 2, 3), Tensors.scalar(1)));
  }
}
