package dev.plantain.eval.metric;

import java.util.Arrays;
import java.util.List;

/**
 * Angles in degrees of many pixels, in little room: exact while they are few, else counted in bins
 * of 0.01°.
 *
 * @param exact sorted, if there are at most {@link #EXACT} of them
 * @param bins counts by bin, as pairs of a bin and its count; empty if {@code exact} is not
 */
record Angles(double[] exact, int[] bins) {
  /** As many angles are kept as they are. */
  static final int EXACT = 1 << 12;

  private static final double PER_DEGREE = 100;
  private static final int BINS = (int) (180 * PER_DEGREE) + 1;

  /**
   * @param angles the first {@code n} of them; sorted afterwards
   */
  static Angles of(double[] angles, int n) {
    if (n <= EXACT) {
      double[] sorted = Arrays.copyOf(angles, n);
      Arrays.sort(sorted);
      return new Angles(sorted, new int[0]);
    }
    int[] counts = new int[BINS];
    int used = 0;
    for (int i = 0; i < n; i++) {
      used += counts[bin(angles[i])]++ == 0 ? 1 : 0;
    }
    int[] pairs = new int[2 * used];
    int k = 0;
    for (int b = 0; b < BINS; b++) {
      if (counts[b] > 0) {
        pairs[k++] = b;
        pairs[k++] = counts[b];
      }
    }
    return new Angles(new double[0], pairs);
  }

  private static int bin(double angle) {
    return Math.min(BINS - 1, (int) (angle * PER_DEGREE));
  }

  /**
   * The median of all, the mean of the middle two if they are even in number. Exact if all angles
   * are at hand, else linear within its bin, so wrong by less than 0.01°.
   */
  static double median(List<Angles> all) {
    if (all.stream().allMatch(a -> a.bins.length == 0)) {
      int n = all.stream().mapToInt(a -> a.exact.length).sum();
      double[] pooled = new double[n];
      int at = 0;
      for (Angles a : all) {
        System.arraycopy(a.exact, 0, pooled, at, a.exact.length);
        at += a.exact.length;
      }
      Arrays.sort(pooled);
      return n == 0 ? Double.NaN : (pooled[(n - 1) / 2] + pooled[n / 2]) / 2;
    }
    long[] pooled = new long[BINS];
    all.forEach(a -> a.addTo(pooled, 1));
    return median(pooled, PER_DEGREE);
  }

  /** Adds the counts to bins, each of them {@code coarser} of ours. */
  void addTo(long[] pooled, int coarser) {
    for (double a : exact) {
      pooled[bin(a) / coarser]++;
    }
    for (int i = 0; i < bins.length; i += 2) {
      pooled[bins[i] / coarser] += bins[i + 1];
    }
  }

  /** Counts in bins of a tenth of a degree. */
  long[] coarse() {
    long[] tenths = new long[1801];
    addTo(tenths, 10);
    return tenths;
  }

  /** The median of binned angles, linear within the bin. */
  static double median(long[] pooled, double perDegree) {
    long total = Arrays.stream(pooled).sum();
    double seen = 0;
    for (int b = 0; b < pooled.length; b++) {
      if (pooled[b] > 0 && seen + pooled[b] >= total / 2.0) {
        return (b + (total / 2.0 - seen) / pooled[b]) / perDegree;
      }
      seen += pooled[b];
    }
    return Double.NaN;
  }
}
