package dev.plantain.train;

import dev.plantain.codec.DepthCodec;
import dev.plantain.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * A depth specialist's: the L1 distance of log metres. The first channel is the logarithm, moved
 * and scaled so that −1 is 0.5 m and 1 is 30 m; beyond it goes on. The truth is what the target
 * drawing reads as; sky counts nowhere.
 */
record DepthObjective() implements Objective {
  private static final double MIDDLE = Math.log(4);
  private static final double SPAN = 2;

  /** The metres that values of the first channel stand for. */
  static float[] metres(float[] channel) {
    float[] metres = new float[channel.length];
    for (int i = 0; i < metres.length; i++) {
      metres[i] = (float) Math.exp(MIDDLE + SPAN * channel[i]);
    }
    return metres;
  }

  @Override
  public Shown show(Tensor target, Stage stage) {
    return Pixelwise.nothing(target);
  }

  @Override
  public Tensor losses(Tensor answer, Tensor target, Tensor time, Batch batch) {
    int n = batch.targets().size();
    int pixels = batch.width() * batch.height();
    float[] truth = new float[n * pixels];
    float[] known = new float[n * pixels];
    float[] metres = new float[pixels];
    for (int b = 0; b < n; b++) {
      DepthCodec.paper().decode(batch.targets().get(b), metres, null);
      for (int p = 0; p < pixels; p++) {
        boolean there = metres[p] > 0 && metres[p] < Float.POSITIVE_INFINITY;
        truth[b * pixels + p] = there ? (float) Math.log(metres[p]) : 0;
        known[b * pixels + p] = there ? 1 : 0;
      }
    }
    long[] shape = {n, 1, batch.height(), batch.width()};
    Tensor log = answer.narrow(1, 0, 1).mul(Tensors.scalar(SPAN)).add(Tensors.scalar(MIDDLE));
    return Pixelwise.mean(log.sub(Tensors.of(truth, shape)).abs(), Tensors.of(known, shape));
  }
}
