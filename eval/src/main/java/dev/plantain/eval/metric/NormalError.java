package dev.plantain.eval.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Angles between normals in degrees, pooled over all valid pixels of the set (as DSINE and Lotus-2
 * do) and per image. A missing prediction counts as 180°.
 */
public final class NormalError {
  private static final int BINS = 18_000;
  private static final double[] LIMITS = {11.25, 22.5, 30};

  private final List<long[]> histograms = new ArrayList<>();
  private final Samples sums = new Samples();
  private final Samples counts = new Samples();

  /**
   * Adds an image.
   *
   * @param prediction {@code 3 * n} vectors of any length; NaN or zero is missing
   * @param truth {@code 3 * n} vectors; NaN or zero does not count
   */
  public void add(float[] prediction, float[] truth) {
    long[] histogram = new long[BINS + 1];
    double sum = 0;
    int n = 0;
    for (int i = 0; i < truth.length; i += 3) {
      double g = length(truth, i);
      if (!(g > 0)) {
        continue;
      }
      double p = length(prediction, i);
      double angle = 180;
      if (p > 0) {
        double dot =
            (double) truth[i] * prediction[i]
                + (double) truth[i + 1] * prediction[i + 1]
                + (double) truth[i + 2] * prediction[i + 2];
        angle = Math.toDegrees(Math.acos(Math.clamp(dot / (g * p), -1, 1)));
      }
      sum += angle;
      n++;
      histogram[(int) (angle * BINS / 180)]++;
    }
    if (n > 0) {
      histograms.add(histogram);
      sums.add(sum);
      counts.add(n);
    }
  }

  private static double length(float[] v, int i) {
    return Math.sqrt(
        (double) v[i] * v[i] + (double) v[i + 1] * v[i + 1] + (double) v[i + 2] * v[i + 2]);
  }

  public List<Figure> figures() {
    int n = sums.size();
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of(mean()));
    figures.add(Figure.of(new Resampled("normals.median", n, this::median)));
    for (double limit : LIMITS) {
      figures.add(
          Figure.of(new Resampled("normals.within_" + limit, n, chosen -> share(chosen, limit))));
    }
    return figures;
  }

  /** The headline figure, to be compared pair by pair. */
  public List<Resampled> resampled() {
    return List.of(mean());
  }

  private Resampled mean() {
    double[] s = sums.all();
    double[] c = counts.all();
    return new Resampled("normals.mean", s.length, chosen -> mean(s, c, chosen));
  }

  private static double mean(double[] sums, double[] counts, int[] chosen) {
    double sum = 0;
    double count = 0;
    for (int i : chosen) {
      sum += sums[i];
      count += counts[i];
    }
    return sum / count;
  }

  private double median(int[] chosen) {
    long[] pooled = pool(chosen);
    long total = Arrays.stream(pooled).sum();
    long seen = 0;
    for (int b = 0; b <= BINS; b++) {
      seen += pooled[b];
      if (2 * seen >= total && total > 0) {
        return (b + 0.5) * 180 / BINS;
      }
    }
    return Double.NaN;
  }

  private double share(int[] chosen, double limit) {
    long[] pooled = pool(chosen);
    long below = Arrays.stream(pooled, 0, (int) Math.round(limit * BINS / 180)).sum();
    return (double) below / Arrays.stream(pooled).sum();
  }

  private long[] pool(int[] chosen) {
    long[] pooled = new long[BINS + 1];
    for (int i : chosen) {
      long[] h = histograms.get(i);
      for (int b = 0; b <= BINS; b++) {
        pooled[b] += h[b];
      }
    }
    return pooled;
  }
}
