package dev.plantain.train;

import dev.plantain.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Rectified flow: clean-picture prediction, the loss of the velocity ("JiT", arXiv 2511.13720).
 *
 * <p>Squares make the network draw the mean of what it takes for possible. A drawing that is read
 * is better the likeliest of them: half-way between two surfaces' normals, or two things' colours,
 * lies a third answer that is wrong. With {@code huber} the loss is the pseudo-Huber length {@code
 * sqrt(|e|² + c²) − c} of a pixel's velocity error over its three channels ("Improving the Training
 * of Rectified Flows", arXiv 2405.20320).
 *
 * @param huber c, the length up to which errors count by their square, in a drawing's units of
 *     −1..1; null for squares throughout
 */
record FlowObjective(@Nullable Double huber) implements Objective {
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
    Tensor scale = torch.clamp_min(time.neg().add(Tensors.scalar(1)), Tensors.scalar(LEAST_NOISE));
    if (huber == null) {
      Tensor error = answer.sub(target).square().mul(weights).mean(1, 2, 3);
      return error.div(scale.square());
    }
    Tensor velocity = answer.sub(target).div(scale.view(-1, 1, 1, 1));
    Tensor length =
        torch
            .sqrt(velocity.square().sum(1).add(Tensors.scalar(huber * huber)))
            .sub(Tensors.scalar(huber));
    return length.unsqueeze(1).mul(weights).mean(1, 2, 3);
  }
}
