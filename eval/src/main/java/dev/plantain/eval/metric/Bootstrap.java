package dev.plantain.eval.metric;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Percentile bootstrap over samples: how sure a figure is. */
public final class Bootstrap {
  private static final int RESAMPLES = 1000;

  private Bootstrap() {}

  /** A 95 % interval. */
  public record Interval(double low, double high) {}

  /**
   * @param samples number of samples the figure rests on
   * @param figure gives the figure of a resample, which holds indices of samples
   */
  public static Interval of(int samples, ToDoubleFunction<int[]> figure) {
    if (samples == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    SplittableRandom random = new SplittableRandom(20260101);
    double[] values = new double[RESAMPLES];
    int[] chosen = new int[samples];
    for (int r = 0; r < RESAMPLES; r++) {
      for (int i = 0; i < samples; i++) {
        chosen[i] = random.nextInt(samples);
      }
      values[r] = figure.applyAsDouble(chosen);
    }
    Arrays.sort(values);
    return new Interval(values[(int) (0.025 * RESAMPLES)], values[(int) (0.975 * RESAMPLES)]);
  }
}
