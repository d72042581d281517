package dev.plantain.codec;

import java.util.Arrays;

/**
 * Least squares over shares: the {@code p ≥ 0} with sum 1 that bring {@code ‖Ap − y‖²} below what
 * is noise with few entries, or else as low as can be. Begins with the one entry that explains
 * {@code y} best and takes in, one after the other, the entry that lowers the square the fastest
 * (an active set, as in Lawson and Hanson, <i>Solving Least Squares Problems</i>, chapter 23).
 *
 * <p>Not thread-safe.
 */
final class Shares {
  /**
   * Added to the diagonal of {@code AᵀA}, so that with more entries than equations there is one
   * answer; for colours of 0..1 a deviation of 8 levels.
   */
  private static final double RIDGE = 1e-3;

  /** An entry that would lower the square by less, per share of it, stays out. */
  private static final double LEAST_GAIN = 1e-9;

  private final int entries;

  /** {@code AᵀA}, rows of {@link #entries}. */
  private final double[] gram;

  private final double[] share;
  private final int[] support;
  private int size;

  /** Lower triangle of the Cholesky factor of the support's part of {@link #gram}. */
  private final double[] factor;

  private final double[] wished;
  private final double[] ones;
  private boolean factored;

  /**
   * @param columns of {@code A}, one an entry, all of one length; at least one
   */
  Shares(double[][] columns) {
    entries = columns.length;
    gram = new double[entries * entries];
    for (int i = 0; i < entries; i++) {
      for (int j = 0; j < entries; j++) {
        gram[i * entries + j] = dot(columns[i], columns[j]) + (i == j ? RIDGE : 0);
      }
    }
    share = new double[entries];
    support = new int[entries];
    factor = new double[entries * entries];
    wished = new double[entries];
    ones = new double[entries];
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /**
   * The shares for one {@code y}.
   *
   * @param projected {@code Aᵀy}
   * @param square {@code ‖y‖²}
   * @param noise of {@code ‖Ap − y‖²}
   * @return the shares, valid until the next call
   */
  double[] of(double[] projected, double square, double noise) {
    begin(projected);
    // Every turn but those that meet a border takes in one entry for good; the bound is for
    // rounding errors alone.
    for (int turn = 0; turn < 10 * (entries + 1); turn++) {
      double level = wish(projected);
      int stopped = walk();
      if (stopped >= 0) {
        drop(stopped);
        continue;
      }
      int next = left(projected, square) > noise ? bestOutside(projected, level + LEAST_GAIN) : -1;
      if (next < 0) {
        break;
      }
      support[size++] = next;
      factored = false;
    }
    return share;
  }

  private void begin(double[] projected) {
    int nearest = 0;
    for (int k = 1; k < entries; k++) {
      nearest = alone(k, projected) < alone(nearest, projected) ? k : nearest;
    }
    Arrays.fill(share, 0);
    share[nearest] = 1;
    factored = factored && size == 1 && support[0] == nearest;
    support[0] = nearest;
    size = 1;
  }

  /** The square with this entry alone, but for what all have in common. */
  private double alone(int entry, double[] projected) {
    return gram[entry * entries + entry] - 2 * projected[entry];
  }

  /** {@code ‖Ap − y‖²}. */
  private double left(double[] projected, double square) {
    double left = square;
    for (int s = 0; s < size; s++) {
      double one = share[support[s]];
      double times = -RIDGE * one - 2 * projected[support[s]];
      for (int t = 0; t < size; t++) {
        times += gram[support[s] * entries + support[t]] * share[support[t]];
      }
      left += one * times;
    }
    return left;
  }

  /**
   * The best shares of the support's entries, negative ones allowed.
   *
   * @return how much more of any of them would lower the square by, which is the same for all
   */
  private double wish(double[] projected) {
    if (!factored) {
      factor();
      Arrays.fill(ones, 0, size, 1);
      substitute(ones);
      factored = true;
    }
    for (int s = 0; s < size; s++) {
      wished[s] = projected[support[s]];
    }
    substitute(wished);
    double sum = -1;
    double weight = 0;
    for (int s = 0; s < size; s++) {
      sum += wished[s];
      weight += ones[s];
    }
    double level = sum / weight;
    for (int s = 0; s < size; s++) {
      wished[s] -= level * ones[s];
    }
    return level;
  }

  /** Goes to the wished shares, or as far as all stay shares: then the place of the first at 0. */
  private int walk() {
    double step = 1;
    int stopped = -1;
    for (int s = 0; s < size; s++) {
      double now = share[support[s]];
      if (wished[s] < 0 && now / (now - wished[s]) < step) {
        step = now / (now - wished[s]);
        stopped = s;
      }
    }
    for (int s = 0; s < size; s++) {
      share[support[s]] += step * (wished[s] - share[support[s]]);
    }
    return stopped;
  }

  private void drop(int place) {
    share[support[place]] = 0;
    System.arraycopy(support, place + 1, support, place, size - place - 1);
    size--;
    factored = false;
  }

  private int bestOutside(double[] projected, double least) {
    int best = -1;
    for (int k = 0; k < entries; k++) {
      if (share[k] == 0) {
        double gain = projected[k];
        for (int s = 0; s < size; s++) {
          gain -= gram[k * entries + support[s]] * share[support[s]];
        }
        if (gain > least && !supported(k)) {
          best = k;
          least = gain;
        }
      }
    }
    return best;
  }

  private boolean supported(int entry) {
    for (int s = 0; s < size; s++) {
      if (support[s] == entry) {
        return true;
      }
    }
    return false;
  }

  private void factor() {
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = gram[support[i] * entries + support[j]];
        for (int k = 0; k < j; k++) {
          sum -= factor[i * entries + k] * factor[j * entries + k];
        }
        factor[i * entries + j] = i == j ? Math.sqrt(sum) : sum / factor[j * entries + j];
      }
    }
  }

  /** Solves with the factor and its transpose, in place. */
  private void substitute(double[] x) {
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= factor[i * entries + k] * x[k];
      }
      x[i] /= factor[i * entries + i];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int k = i + 1; k < size; k++) {
        x[i] -= factor[k * entries + i] * x[k];
      }
      x[i] /= factor[i * entries + i];
    }
  }
}
