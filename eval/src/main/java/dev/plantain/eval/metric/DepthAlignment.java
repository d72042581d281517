package dev.plantain.eval.metric;

import java.util.Arrays;
import java.util.Locale;

/**
 * What is forgiven before depth is measured. Figures of different alignments do not compare, so
 * each has a name of its own.
 */
public sealed interface DepthAlignment {

  /** Nothing: the answer is in metres. */
  record Metric() implements DepthAlignment {}

  /** A factor: {@code median(truth) / median(answer)} (UniDepth's {@code si}). */
  record MedianScale() implements DepthAlignment {}

  /** Factor and shift of the depth by least squares (Marigold, Lotus-2). */
  record ScaleShift() implements DepthAlignment {}

  /**
   * The answer is inverse depth: factor and shift by least squares against {@code 1 / truth}, where
   * both are positive; then inverted, 1e-3 at least (Marigold's for disparity).
   */
  record InverseScaleShift() implements DepthAlignment {}

  /** A factor: the mean of the logarithm's difference is taken out. */
  record LogScale() implements DepthAlignment {}

  /**
   * Factor and shift of the logarithm by least squares. Open Vision Banana says "per-image
   * log-depth alignment" without a formula; this is ours.
   */
  record LogScaleShift() implements DepthAlignment {}

  /** What its figures begin with: {@code depth}, {@code depth_scale_shift}. */
  default String figure() {
    return switch (this) {
      case Metric _ -> "depth";
      default ->
          "depth"
              + getClass().getSimpleName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    };
  }

  /**
   * The alignment of a figure's name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static DepthAlignment named(String figure) {
    for (DepthAlignment one :
        new DepthAlignment[] {
          new Metric(),
          new MedianScale(),
          new ScaleShift(),
          new InverseScaleShift(),
          new LogScale(),
          new LogScaleShift()
        }) {
      if (one.figure().equals(figure)) {
        return one;
      }
    }
    throw new IllegalArgumentException("no alignment has figures called " + figure);
  }

  /**
   * Aligns the valid pixels of one image in place.
   *
   * @param p answers, finite
   * @param g truths of the same pixels, positive
   */
  default void align(double[] p, double[] g) {
    switch (this) {
      case Metric _ -> {}
      case MedianScale _ -> scale(p, Median.of(g) / Median.of(p), 0);
      case ScaleShift _ -> {
        double[] ab = fit(p, g);
        scale(p, ab[0], ab[1]);
      }
      case InverseScaleShift _ -> inverse(p, g);
      case LogScale _ -> {
        scale(p, Math.exp(mean(logs(g)) - mean(logs(p))), 0);
      }
      case LogScaleShift _ -> {
        double[] logs = logs(p);
        double[] ab = fit(logs, logs(g));
        for (int i = 0; i < p.length; i++) {
          p[i] = ab[0] * logs[i] + ab[1];
        }
        PixelLoops.CHOSEN.exp(p, p.length);
      }
    }
  }

  /** Natural logarithms; of 1e-6 where there is none. */
  private static double[] logs(double[] values) {
    double[] logs = new double[values.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.max(values[i], 1e-6);
    }
    PixelLoops.CHOSEN.log(logs, logs.length);
    return logs;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / values.length;
  }

  private static void scale(double[] p, double by, double shift) {
    for (int i = 0; i < p.length; i++) {
      p[i] = by * p[i] + shift;
    }
  }

  private static void inverse(double[] p, double[] g) {
    int n = 0;
    double[] from = new double[p.length];
    double[] to = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      if (p[i] > 0) {
        from[n] = p[i];
        to[n++] = 1 / g[i];
      }
    }
    double[] ab = fit(Arrays.copyOf(from, n), Arrays.copyOf(to, n));
    for (int i = 0; i < p.length; i++) {
      p[i] = 1 / Math.max(ab[0] * p[i] + ab[1], 1e-3);
    }
  }

  /**
   * Factor and shift by least squares; of least norm where they are not unique, as NumPy's {@code
   * lstsq} has it.
   */
  private static double[] fit(double[] x, double[] y) {
    double n = x.length;
    double meanX = mean(x);
    double meanY = mean(y);
    double xx = 0;
    double xy = 0;
    double scale = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (y[i] - meanY);
      scale += x[i] * x[i];
    }
    if (xx <= 1e-24 * Math.max(scale, n)) {
      double factor = meanY / (meanX * meanX + 1);
      return new double[] {factor * meanX, factor};
    }
    double a = xy / xx;
    return new double[] {a, meanY - a * meanX};
  }
}
