package dev.plantain.eval.metric;

/**
 * One number of a report.
 *
 * @param name such as {@code depth.delta1}
 * @param value NaN if no sample allows it
 * @param interval 95 %, over samples
 * @param samples it rests on
 */
public record Figure(String name, double value, Bootstrap.Interval interval, int samples) {

  /** The mean of per-sample values; NaN ones are left out of the mean. */
  static Figure mean(String name, double[] samples) {
    double sum = 0;
    int n = 0;
    for (double v : samples) {
      if (!Double.isNaN(v)) {
        sum += v;
        n++;
      }
    }
    return new Figure(name, sum / n, Bootstrap.ofMean(samples), n);
  }
}
