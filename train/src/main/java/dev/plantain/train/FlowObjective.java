package dev.plantain.train;

import dev.plantain.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Rectified flow: clean-picture prediction, the loss of the velocity ("JiT", arXiv 2511.13720). */
record FlowObjective() implements Objective {
  /** Times near 1 would weigh without bound. */
  private static final double LEAST_NOISE = 0.2;

  @Override
  public Shown show(Tensor target, Stage stage) {
    int n = (int) target.size(0);
    Tensor time = times(n, stage.pureNoise());
    Tensor t = time.view(n, 1, 1, 1);
    Tensor left = t.neg().add(Tensors.scalar(1));
    Tensor noise = torch.randn(n, 3, target.size(2), target.size(3));
    return new Shown(target.mul(t).add(noise.mul(left)), time);
  }

  private static Tensor times(int n, double pureNoise) {
    Tensor t = torch.sigmoid(torch.randn(n).sub(Tensors.scalar(0.4)));
    Tensor pure = torch.rand(n).lt(Tensors.scalar(pureNoise));
    return t.masked_fill(pure, Tensors.scalar(0));
  }

  @Override
  public Tensor losses(Tensor answer, Tensor target, Tensor time, Batch batch) {
    Tensor weights =
        Tensors.of(batch.weights(), batch.targets().size(), 1, batch.height(), batch.width());
    Tensor error = answer.sub(target).square().mul(weights).mean(1, 2, 3);
    Tensor scale = torch.clamp_min(time.neg().add(Tensors.scalar(1)), Tensors.scalar(LEAST_NOISE));
    return error.div(scale.square());
  }
}
