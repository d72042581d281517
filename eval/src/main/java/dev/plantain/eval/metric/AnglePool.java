package dev.plantain.eval.metric;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Angles of a whole set, in room that does not grow with it: exact while they are few, else counted
 * in bins of 0.01°.
 */
final class AnglePool {
  /** As many angles are kept as they are. */
  private static final int EXACT = 1 << 16;

  private double[] exact = new double[0];
  private int count;
  private long @Nullable [] bins;

  void add(Angles angles) {
    if (bins == null && angles.bins().length == 0 && count + angles.exact().length <= EXACT) {
      if (count + angles.exact().length > exact.length) {
        exact = Arrays.copyOf(exact, Math.min(EXACT, 2 * (count + angles.exact().length)));
      }
      System.arraycopy(angles.exact(), 0, exact, count, angles.exact().length);
      count += angles.exact().length;
      return;
    }
    long[] pooled = bins;
    if (pooled == null) {
      pooled = new long[Angles.BINS];
      new Angles(Arrays.copyOf(exact, count), new int[0]).addTo(pooled);
      bins = pooled;
      exact = new double[0];
    }
    angles.addTo(pooled);
  }

  /**
   * The median of all, the mean of the middle two if they are even in number. Exact if all angles
   * are at hand, else linear within its bin, so wrong by less than 0.01°.
   */
  double median() {
    long[] pooled = bins;
    if (pooled == null) {
      double[] sorted = Arrays.copyOf(exact, count);
      Arrays.sort(sorted);
      return count == 0 ? Double.NaN : (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    }
    double half = Arrays.stream(pooled).sum() / 2.0;
    double seen = 0;
    for (int b = 0; b < pooled.length; b++) {
      if (pooled[b] > 0 && seen + pooled[b] >= half) {
        return (b + (half - seen) / pooled[b]) / Angles.PER_DEGREE;
      }
      seen += pooled[b];
    }
    return Double.NaN;
  }
}
