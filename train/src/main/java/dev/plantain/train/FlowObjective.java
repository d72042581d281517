package dev.plantain.train;

import dev.plantain.torch.Tensors;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Rectified flow: clean-picture prediction, the loss of the velocity ("JiT", arXiv 2511.13720).
 *
 * <p>Squares make the network draw the mean of what it takes for possible. Half-way between the
 * normals of two surfaces lies a third that is wrong: of some kinds the likeliest answer is better
 * drawn. With a length c their loss is the pseudo-Huber {@code 2c (sqrt(|e|² + c²) − c)} of a
 * pixel's velocity error e over its channels, which is {@code |e|²} well below c and {@code 2c |e|}
 * well above ("Improving the Training of Rectified Flows", arXiv 2405.20320).
 *
 * @param huber c of the kinds that have one, above 0, in a drawing's units of −1..1
 */
record FlowObjective(Map<Kind, Double> huber) implements Objective {
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
    Tensor squares = answer.sub(target).square().mul(weights).mean(1, 2, 3).div(scale.square());
    if (batch.kinds().stream().noneMatch(huber::containsKey)) {
      return squares;
    }
    int n = batch.kinds().size();
    float[] byLength = new float[n];
    float[] bounds = new float[n];
    for (int i = 0; i < n; i++) {
      Double bound = huber.get(batch.kinds().get(i));
      byLength[i] = bound == null ? 0 : 1;
      bounds[i] = bound == null ? 1 : bound.floatValue(); // 1 for a loss that is not taken
    }
    Tensor c = Tensors.of(bounds, n, 1, 1, 1);
    Tensor e = answer.sub(target).div(scale.view(n, 1, 1, 1));
    Tensor beyond = torch.sqrt(e.square().sum(1).unsqueeze(1).add(c.square())).sub(c);
    Tensor lengths = beyond.mul(c).mul(weights).mean(1, 2, 3).mul(Tensors.scalar(2));
    return torch.where(Tensors.of(byLength, n).gt(Tensors.scalar(0)), lengths, squares);
  }
}
