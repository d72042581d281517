package dev.plantain.eval.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Depth: per image over pixels with {@code 0 < truth ≤ cap}, then the mean over images (as UniK3D,
 * MoGe, Marigold and Metric3D do). Answers are clipped to the cap; one that is missing (NaN) counts
 * as wrong and as an error of the whole distance. An image without valid truth does not count.
 */
public final class DepthError {
  private static final double LEAST_METRES = 1e-3;
  private static final double FARTHEST_METRES = 1e6;

  /**
   * One image's errors, NaN all if it has no valid truth.
   *
   * @param alignment see {@link DepthAlignment#figure()}
   * @param clipped share of pixels beyond the cap
   */
  public record Tally(
      String alignment,
      double capMetres,
      long pixels,
      double absRel,
      double sqRel,
      double delta1,
      double delta2,
      double delta3,
      double rmse,
      double rmseLog,
      double log10,
      double siLog,
      double clipped)
      implements dev.plantain.eval.metric.Tally {
    @Override
    public double goodness() {
      return delta1;
    }
  }

  private final double capMetres;
  private final DepthAlignment alignment;
  private final List<Tally> images = new ArrayList<>();

  /**
   * Metric depth.
   *
   * @param capMetres the benchmark's; +∞ for none
   */
  public DepthError(double capMetres) {
    this(capMetres, new DepthAlignment.Metric());
  }

  /**
   * @param capMetres the benchmark's; +∞ for none
   */
  public DepthError(double capMetres, DepthAlignment alignment) {
    this.capMetres = capMetres;
    this.alignment = alignment;
  }

  /**
   * Adds an image.
   *
   * @param prediction metres, or whatever the alignment takes; NaN is missing, +∞ is clipped to the
   *     cap
   * @param truth metres of the same pixels; pixels that are NaN, infinite, 0 or beyond the cap do
   *     not count
   */
  public void add(float[] prediction, float[] truth) {
    add(tally(prediction, truth, capMetres, alignment));
  }

  /** Adds an image counted before. */
  public void add(Tally tally) {
    if (tally.pixels > 0) {
      images.add(tally);
    }
  }

  /** Counts one image; see {@link #add(float[], float[])}. */
  public static Tally tally(
      float[] prediction, float[] truth, double capMetres, DepthAlignment alignment) {
    int n = 0;
    double[] g = new double[truth.length];
    double[] p = new double[truth.length];
    double cap = Math.min(capMetres, FARTHEST_METRES);
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] > 0 && truth[i] <= capMetres && truth[i] < Float.POSITIVE_INFINITY) {
        g[n] = truth[i];
        p[n++] = prediction[i];
      }
    }
    if (!(alignment instanceof DepthAlignment.Metric) && n > 0) {
      align(p, g, n, alignment);
    }
    return count(p, g, n, cap, capMetres, alignment);
  }

  /** Aligns what was answered; what was not stays missing. */
  private static void align(double[] p, double[] g, int n, DepthAlignment alignment) {
    int[] known = new int[n];
    int k = 0;
    for (int i = 0; i < n; i++) {
      if (Double.isFinite(p[i])) {
        known[k++] = i;
      }
    }
    int[] at = Arrays.copyOf(known, k);
    double[] some = Arrays.stream(at).mapToDouble(i -> p[i]).toArray();
    if (k == 0) {
      return;
    }
    alignment.align(some, Arrays.stream(at).mapToDouble(i -> g[i]).toArray());
    for (int i = 0; i < k; i++) {
      p[at[i]] = some[i];
    }
  }

  private static Tally count(
      double[] p, double[] g, int n, double cap, double capMetres, DepthAlignment alignment) {
    int within1 = 0;
    int within2 = 0;
    int within3 = 0;
    int beyond = 0;
    double relative = 0;
    double relativeSquare = 0;
    double square = 0;
    double logs = 0;
    double absoluteLogs = 0;
    double logSquares = 0;
    for (int i = 0; i < n; i++) {
      double truth = g[i];
      double raw = p[i];
      beyond += raw > capMetres ? 1 : 0;
      double answer = Double.isNaN(raw) ? LEAST_METRES : Math.max(LEAST_METRES, Math.min(raw, cap));
      double difference = answer - truth;
      double ratio = Math.max(answer / truth, truth / answer);
      within1 += ratio < 1.25 ? 1 : 0;
      within2 += ratio < 1.5625 ? 1 : 0;
      within3 += ratio < 1.953125 ? 1 : 0;
      relative += Math.abs(difference) / truth;
      relativeSquare += difference * difference / truth;
      square += difference * difference;
      double log = Math.log(answer / truth);
      logs += log;
      absoluteLogs += Math.abs(log);
      logSquares += log * log;
    }
    double mean = logs / n;
    return new Tally(
        alignment.figure(),
        capMetres,
        n,
        relative / n,
        relativeSquare / n,
        (double) within1 / n,
        (double) within2 / n,
        (double) within3 / n,
        Math.sqrt(square / n),
        Math.sqrt(logSquares / n),
        absoluteLogs / n / Math.log(10),
        Math.sqrt(Math.max(0, logSquares / n - mean * mean)),
        (double) beyond / n);
  }

  /** The headline figures, to be compared pair by pair. */
  public List<Resampled> resampled() {
    return List.of(mean("absrel", Tally::absRel), mean("delta1", Tally::delta1));
  }

  public List<Figure> figures() {
    return List.of(
        figure("delta1", Tally::delta1),
        figure("absrel", Tally::absRel),
        figure("delta2", Tally::delta2),
        figure("delta3", Tally::delta3),
        figure("sqrel", Tally::sqRel),
        figure("rmse", Tally::rmse),
        figure("rmse_log", Tally::rmseLog),
        figure("log10", Tally::log10),
        figure("silog", Tally::siLog),
        figure("clipped", Tally::clipped));
  }

  private Figure figure(String name, ToDoubleFunction<Tally> of) {
    return Figure.mean(alignment.figure() + "." + name, values(of));
  }

  private Resampled mean(String name, ToDoubleFunction<Tally> of) {
    return Resampled.mean(alignment.figure() + "." + name, values(of));
  }

  private double[] values(ToDoubleFunction<Tally> of) {
    return images.stream().mapToDouble(of).toArray();
  }
}
