package dev.plantain.eval.metric;

import java.util.Arrays;

/** The middle of many numbers, by counting where it must be instead of sorting all. */
final class Median {
  private static final int SHIFT = Long.SIZE - 16;
  private static final long ALL_BUT_SIGN = Long.MAX_VALUE;

  private Median() {}

  /**
   * The median, the mean of the middle two if they are even in number; NaN of nothing.
   *
   * @param values not NaN
   */
  static double of(double[] values) {
    int n = values.length;
    if (n == 0) {
      return Double.NaN;
    }
    int[] counts = new int[1 << 16];
    for (double v : values) {
      counts[bin(v)]++;
    }
    double lower = at((n - 1) / 2, values, counts);
    return n % 2 == 1 ? lower : (lower + at(n / 2, values, counts)) / 2;
  }

  /** The value of this rank, from 0: the bins say among which ones it is. */
  private static double at(int rank, double[] values, int[] counts) {
    int bin = 0;
    int before = 0;
    while (before + counts[bin] <= rank) {
      before += counts[bin++];
    }
    double[] some = new double[counts[bin]];
    int k = 0;
    for (double v : values) {
      if (bin(v) == bin) {
        some[k++] = v;
      }
    }
    Arrays.sort(some);
    return some[rank - before];
  }

  /** Sign, exponent and the first digits, so that bins are in the order of their values. */
  private static int bin(double v) {
    long bits = Double.doubleToRawLongBits(v);
    return (int) ((bits ^ ((bits >> (Long.SIZE - 1)) & ALL_BUT_SIGN)) >> SHIFT) + (1 << 15);
  }
}
