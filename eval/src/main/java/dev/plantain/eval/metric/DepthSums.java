package dev.plantain.eval.metric;

/** What {@link PixelLoops#depth} adds up over the pixels of an image. */
final class DepthSums {
  /** An answer nearer than this, or none, is taken for this. */
  static final float LEAST_METRES = 1e-3f;

  private static final float FARTHEST_METRES = 1e6f;

  private final double capMetres;

  /** The greatest truth that counts. */
  final float farthestTruth;

  /** Where answers are clipped. */
  final float farthestAnswer;

  long pixels;
  long within1;
  long within2;
  long within3;

  /** Answers that were clipped because they are too far. */
  long beyond;

  double relative;
  double relativeSquare;
  double square;

  /** Natural logarithms of answer / truth, their magnitudes, their squares. */
  double logs;

  double absoluteLogs;
  double logSquares;

  /**
   * @param capMetres the benchmark's; +∞ for none
   */
  DepthSums(double capMetres) {
    this.capMetres = capMetres;
    float cap = (float) Math.min(capMetres, Float.MAX_VALUE);
    farthestTruth = cap <= capMetres ? cap : Math.nextDown(cap);
    farthestAnswer = Math.min(cap, FARTHEST_METRES);
  }

  /**
   * Counts a pixel that has a truth that counts.
   *
   * @param raw metres; NaN is missing
   * @return the answer, clipped
   */
  double count(double raw, double truth) {
    pixels++;
    beyond += raw > farthestAnswer ? 1 : 0;
    double answer = raw >= LEAST_METRES ? Math.min(raw, farthestAnswer) : LEAST_METRES;
    // A product of a float with these limits is exact, so a ratio just on one is not below it.
    double greater = Math.max(answer, truth);
    double lesser = Math.min(answer, truth);
    within1 += greater < 1.25 * lesser ? 1 : 0;
    within2 += greater < 1.5625 * lesser ? 1 : 0;
    within3 += greater < 1.953125 * lesser ? 1 : 0;
    return answer;
  }

  /** Whether a truth counts. */
  boolean counts(double truth) {
    return truth > 0 && truth <= farthestTruth;
  }

  DepthError.Tally tally(DepthAlignment alignment) {
    double n = pixels;
    double mean = logs / n;
    return new DepthError.Tally(
        alignment.figure(),
        capMetres,
        pixels,
        relative / n,
        relativeSquare / n,
        within1 / n,
        within2 / n,
        within3 / n,
        Math.sqrt(square / n),
        Math.sqrt(logSquares / n),
        absoluteLogs / n / Math.log(10),
        Math.sqrt(Math.max(0, logSquares / n - mean * mean)),
        beyond / n);
  }
}
