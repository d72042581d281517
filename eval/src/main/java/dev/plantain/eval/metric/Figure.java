package dev.plantain.eval.metric;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

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
    return counted(Resampled.mean(name, samples), Arrays.stream(samples));
  }

  /**
   * The same where samples come in groups that depend on each other, as edits of one view do: the
   * interval is over groups, each drawn as a whole.
   */
  public static Figure mean(String name, List<double[]> groups) {
    List<double[]> some = groups.stream().filter(group -> group.length > 0).toList();
    return counted(Resampled.mean(name, some), some.stream().flatMapToDouble(Arrays::stream));
  }

  private static Figure counted(Resampled figure, DoubleStream samples) {
    Figure all = of(figure);
    int known = (int) samples.filter(v -> !Double.isNaN(v)).count();
    return new Figure(all.name, all.value, all.interval, known);
  }
}
