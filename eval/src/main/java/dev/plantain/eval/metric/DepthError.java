package dev.plantain.eval.metric;

import java.util.List;

/**
 * Metric depth, no alignment: per image over pixels with {@code 0 < truth ≤ cap}, then the mean
 * over images (as UniK3D, MoGe and Metric3D do). Predictions are clipped to the cap; one that is
 * missing (NaN) counts as wrong and as an error of the whole distance.
 */
public final class DepthError {
  private static final double LEAST_METRES = 1e-3;

  private final double capMetres;
  private final Samples absRel = new Samples();
  private final Samples delta1 = new Samples();
  private final Samples delta2 = new Samples();
  private final Samples delta3 = new Samples();
  private final Samples rmse = new Samples();
  private final Samples siLog = new Samples();
  private final Samples clipped = new Samples();

  /**
   * @param capMetres the benchmark's; +∞ for none
   */
  public DepthError(double capMetres) {
    this.capMetres = capMetres;
  }

  /**
   * Adds an image.
   *
   * @param prediction metres; NaN is missing, +∞ is clipped to the cap
   * @param truth metres of the same pixels; pixels that are NaN, infinite, 0 or beyond the cap do
   *     not count
   */
  public void add(float[] prediction, float[] truth) {
    int n = 0;
    int[] within = new int[3];
    int beyond = 0;
    double relative = 0;
    double square = 0;
    double logs = 0;
    double logSquares = 0;
    for (int i = 0; i < truth.length; i++) {
      double g = truth[i];
      if (!(g > 0 && g <= capMetres) || Double.isInfinite(g)) {
        continue;
      }
      n++;
      double p = prediction[i];
      if (p > capMetres) {
        beyond++;
      }
      p = Double.isNaN(p) ? LEAST_METRES : Math.clamp(p, LEAST_METRES, Math.min(capMetres, 1e6));
      double ratio = Math.max(p / g, g / p);
      for (int k = 0; k < 3; k++) {
        within[k] += ratio < Math.pow(1.25, k + 1) ? 1 : 0;
      }
      relative += Math.abs(p - g) / g;
      square += (p - g) * (p - g);
      double log = Math.log(p / g);
      logs += log;
      logSquares += log * log;
    }
    if (n == 0) {
      return;
    }
    absRel.add(relative / n);
    delta1.add((double) within[0] / n);
    delta2.add((double) within[1] / n);
    delta3.add((double) within[2] / n);
    rmse.add(Math.sqrt(square / n));
    siLog.add(Math.sqrt(Math.max(0, logSquares / n - (logs / n) * (logs / n))));
    clipped.add((double) beyond / n);
  }

  /** The headline figures, to be compared pair by pair. */
  public List<Resampled> resampled() {
    return List.of(
        Resampled.mean("depth.absrel", absRel.all()), Resampled.mean("depth.delta1", delta1.all()));
  }

  public List<Figure> figures() {
    return List.of(
        Figure.mean("depth.delta1", delta1.all()),
        Figure.mean("depth.absrel", absRel.all()),
        Figure.mean("depth.delta2", delta2.all()),
        Figure.mean("depth.delta3", delta3.all()),
        Figure.mean("depth.rmse", rmse.all()),
        Figure.mean("depth.silog", siLog.all()),
        Figure.mean("depth.clipped", clipped.all()));
  }
}
