package dev.plantain.train;

import dev.plantain.codec.NormalCodec;
import dev.plantain.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A normals specialist's: one less the cosine of the angle. The channels are x, y and z of a vector
 * of any length. The truth is what the target drawing reads as; sky counts nowhere.
 */
record NormalsObjective() implements Objective {
  /** Keeps the gradient of a vector without length finite. */
  private static final double LEAST_SQUARE = 1e-8;

  @Override
  public Shown show(Tensor target, Stage stage) {
    return Pixelwise.nothing(target);
  }

  @Override
  public Tensor losses(Tensor answer, Tensor target, Tensor time, Batch batch) {
    int n = batch.targets().size();
    int pixels = batch.width() * batch.height();
    float[] truth = new float[3 * n * pixels];
    float[] known = new float[n * pixels];
    float[] xyz = new float[3 * pixels];
    for (int b = 0; b < n; b++) {
      NormalCodec.paper().decode(batch.targets().get(b), xyz, null);
      for (int p = 0; p < pixels; p++) {
        boolean there = !Float.isNaN(xyz[3 * p]);
        known[b * pixels + p] = there ? 1 : 0;
        for (int c = 0; c < 3; c++) {
          truth[(3 * b + c) * pixels + p] = there ? xyz[3 * p + c] : 0;
        }
      }
    }
    Tensor vectors = Tensors.of(truth, n, 3, batch.height(), batch.width());
    Tensor length = torch.sqrt(answer.square().sum(1).add(Tensors.scalar(LEAST_SQUARE)));
    Tensor cosine = answer.mul(vectors).sum(1).div(length).unsqueeze(1);
    return Pixelwise.mean(
        cosine.neg().add(Tensors.scalar(1)),
        Tensors.of(known, n, 1, batch.height(), batch.width()));
  }
}
