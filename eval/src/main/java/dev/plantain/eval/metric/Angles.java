package dev.plantain.eval.metric;

import java.util.Arrays;
import java.util.List;

/**
 * Angles in degrees of many pixels, in little room: all of them while they are few, else what parts
 * them into equal lots, to 0.01°.
 *
 * @param pixels how many there are
 * @param degrees rising: one for each pixel, or the limits of the lots
 */
record Angles(long pixels, double[] degrees) {
  private static final int PARTS = 128;

  /** So many are kept as they are. */
  private static final int FEW = 512;

  /** So many of a set are sorted. */
  private static final int SORTED = 1 << 14;

  private static final double PER_DEGREE = 100;
  private static final int BINS = (int) (180 * PER_DEGREE) + 1;

  /** Halvings of 180° after which it is a hundred-thousandth. */
  private static final int HALVINGS = 25;

  /**
   * @param angles the first {@code n} of them
   */
  static Angles of(double[] angles, int n) {
    if (n <= FEW) {
      double[] sorted = Arrays.copyOf(angles, n);
      Arrays.sort(sorted);
      return new Angles(n, sorted);
    }
    int[] bins = new int[BINS];
    for (int i = 0; i < n; i++) {
      bins[Math.min(BINS - 1, (int) (angles[i] * PER_DEGREE))]++;
    }
    double[] limits = new double[PARTS + 1];
    long seen = 0;
    int bin = 0;
    for (int k = 0; k <= PARTS; k++) {
      double wanted = (double) n * k / PARTS;
      while (seen + bins[bin] < wanted || bins[bin] == 0) {
        seen += bins[bin++];
      }
      limits[k] = (bin + (wanted - seen) / bins[bin]) / PER_DEGREE;
    }
    return new Angles(n, limits);
  }

  private boolean areAll() {
    return degrees.length == pixels;
  }

  /** How many are at most so large; linear between limits. */
  private double upTo(double angle) {
    int above = Arrays.binarySearch(degrees, angle);
    above = above < 0 ? -above - 1 : above;
    while (above < degrees.length && degrees[above] <= angle) {
      above++;
    }
    if (areAll() || above == 0) {
      return above;
    }
    if (above == degrees.length) {
      return pixels;
    }
    double low = degrees[above - 1];
    return pixels * (above - 1 + (angle - low) / (degrees[above] - low)) / (degrees.length - 1);
  }

  /**
   * The median of all, the mean of the middle two if they are even in number. Exact if all angles
   * are at hand and few, else within some hundredths of a degree; NaN if there are none.
   */
  static double median(List<Angles> all) {
    long pixels = all.stream().mapToLong(Angles::pixels).sum();
    if (pixels <= SORTED && all.stream().allMatch(Angles::areAll)) {
      double[] pooled = all.stream().flatMapToDouble(a -> Arrays.stream(a.degrees)).toArray();
      Arrays.sort(pooled);
      int n = pooled.length;
      return n == 0 ? Double.NaN : (pooled[(n - 1) / 2] + pooled[n / 2]) / 2;
    }
    double half = pixels / 2.0;
    double low = 0;
    double high = 180;
    for (int k = 0; k < HALVINGS; k++) {
      double middle = (low + high) / 2;
      double below = 0;
      for (Angles one : all) {
        below += one.upTo(middle);
      }
      if (below < half) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
