package dev.plantain.eval.metric;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A figure that can be had of any of its samples, so that two that rest on the same samples can be
 * compared pair by pair.
 *
 * @param name such as {@code segment.miou}
 * @param samples it rests on
 * @param of the figure of some of them, by index
 */
public record Resampled(String name, int samples, ToDoubleFunction<int[]> of) {

  /** The figure of all samples. */
  public double value() {
    return of.applyAsDouble(IntStream.range(0, samples).toArray());
  }

  /** The mean of per-sample values; NaN ones are left out. */
  static Resampled mean(String name, double[] values) {
    return new Resampled(
        name,
        values.length,
        chosen -> {
          double sum = 0;
          int n = 0;
          for (int i : chosen) {
            if (!Double.isNaN(values[i])) {
              sum += values[i];
              n++;
            }
          }
          return sum / n;
        });
  }
}
