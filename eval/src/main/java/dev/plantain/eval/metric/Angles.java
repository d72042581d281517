package dev.plantain.eval.metric;

import java.util.Arrays;

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

  static final double PER_DEGREE = 100;
  static final int BINS = (int) (180 * PER_DEGREE) + 1;

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

  /** The median of these alone; see {@link AnglePool#median}. */
  double median() {
    AnglePool pool = new AnglePool();
    pool.add(this);
    return pool.median();
  }

  /** Adds the counts to bins. */
  void addTo(long[] pooled) {
    for (double a : exact) {
      pooled[bin(a)]++;
    }
    for (int i = 0; i < bins.length; i += 2) {
      pooled[bins[i]] += bins[i + 1];
    }
  }

  /**
   * Angles that are not exceeded by 0, 1, … of so many equal parts.
   *
   * @return {@code parts + 1} of them, rising
   */
  float[] quantiles(int parts) {
    float[] quantiles = new float[parts + 1];
    if (bins.length == 0) {
      for (int k = 0; k <= parts; k++) {
        quantiles[k] = (float) exact[(int) ((long) k * (exact.length - 1) / parts)];
      }
      return quantiles;
    }
    long total = 0;
    for (int i = 1; i < bins.length; i += 2) {
      total += bins[i];
    }
    long seen = 0;
    int i = 0;
    for (int k = 0; k <= parts; k++) {
      double wanted = (double) total * k / parts;
      while (i + 2 < bins.length && seen + bins[i + 1] < wanted) {
        seen += bins[i + 1];
        i += 2;
      }
      quantiles[k] = (float) ((bins[i] + (wanted - seen) / bins[i + 1]) / PER_DEGREE);
    }
    return quantiles;
  }
}
