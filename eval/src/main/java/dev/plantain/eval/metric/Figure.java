package dev.plantain.eval.metric;

import java.util.Arrays;

/**
 * One number of a report.
 *
 * @param name such as {@code depth.delta1}
 * @param value NaN if no sample allows it
 * @param interval 95 %, over samples
 * @param samples it rests on
 */
public record Figure(String name, double value, Bootstrap.Interval interval, int samples) {

  /** A figure with the interval that drawing its samples anew gives. */
  static Figure of(Resampled figure) {
    return new Figure(
        figure.name(),
        figure.value(),
        Bootstrap.of(figure.samples(), figure.of()),
        figure.samples());
  }

  /** The mean of per-sample values; NaN ones are left out of the mean and of the count. */
  public static Figure mean(String name, double[] samples) {
    Figure all = of(Resampled.mean(name, samples));
    int known = (int) Arrays.stream(samples).filter(v -> !Double.isNaN(v)).count();
    return new Figure(name, all.value, all.interval, known);
  }
}
