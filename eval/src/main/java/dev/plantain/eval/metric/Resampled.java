package dev.plantain.eval.metric;

import java.util.Arrays;
import java.util.List;
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
    return mean(name, Arrays.stream(values).mapToObj(value -> new double[] {value}).toList());
  }

  /** The mean of the values of all groups, each of which is one sample; NaN ones are left out. */
  static Resampled mean(String name, List<double[]> groups) {
    return new Resampled(
        name,
        groups.size(),
        chosen -> {
          double sum = 0;
          int n = 0;
          for (int i : chosen) {
            for (double value : groups.get(i)) {
              if (!Double.isNaN(value)) {
                sum += value;
                n++;
              }
            }
          }
          return sum / n;
        });
  }
}
