package dev.plantain.train;

import dev.plantain.torch.Layers;
import dev.plantain.torch.Ops;
import dev.plantain.torch.Precision;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Torch;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The best rate of arithmetic this machine reaches now: what a training step is measured by. */
final class PeakRate {
  private static final int SIDE = 1024;
  private static final int CHANNELS = 128;
  private static final int MAP = 32;
  private static final int BATCH = 16;
  private static final int TRIES = 6;

  private PeakRate() {}

  /** FLOP/s of the faster of a large matrix product and a 3 × 3 convolution, the best of a few. */
  static double measure(Precision precision) {
    try (Scope scope = Scope.open();
        AutoGradMode still = Torch.withoutGradients();
        Precision.Computing fast = precision.compute()) {
      Tensor a = torch.randn(SIDE, SIDE);
      Tensor b = torch.randn(SIDE, SIDE);
      Tensor map = Layers.channelsLast(torch.randn(BATCH, CHANNELS, MAP, MAP));
      Tensor kernel = Layers.channelsLast(torch.randn(CHANNELS, CHANNELS, 3, 3));
      return Math.max(
          best(() -> Ops.linear(a, b, null)), best(() -> Ops.conv(map, kernel, null, 1)));
    }
  }

  private static double best(Runnable work) {
    double best = 0;
    for (int i = 0; i < TRIES; i++) {
      try (Scope scope = Scope.open()) {
        long flops = Ops.flops();
        long began = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - began) / 1e9;
        best = Math.max(best, (Ops.flops() - flops) / seconds);
      }
    }
    return best;
  }
}
