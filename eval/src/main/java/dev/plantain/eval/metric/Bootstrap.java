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
   * The interval of a figure. Resamples that do not allow the figure (NaN), such as those without
   * any answer of a rare kind, are left out, as they would be if such a set had been collected.
   *
   * @param samples number of samples the figure rests on
   * @param figure gives the figure of a resample, which holds indices of samples
   * @return NaN on both ends if no resample allows it
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
    double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    return known.length == 0
        ? new Interval(Double.NaN, Double.NaN)
        : new Interval(known[(int) (0.025 * known.length)], known[(int) (0.975 * known.length)]);
  }
}
