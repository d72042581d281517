package dev.plantain.core;

/**
 * Whether a drawing fits its photo better than it fits the same photo out of place. Depth of a
 * sensor, or a sloppy drawing, has its lines several pixels beside the photo's: piece by piece
 * nothing is in place, and still the whole is plainly of this scene.
 *
 * <p>Both are made small, so that such errors vanish, and the photo is rolled round by quarters of
 * its sides, fifteen ways: that has the photo's lines, only elsewhere.
 */
final class Lookalike {
  /** The longer side looked at. */
  private static final int SIDE = 128;

  /** Quarters of the sides the photo is rolled by. */
  private static final int ROLLS = 4;

  /** Peaks of the search that are climbed. */
  private static final int CANDIDATES = 3;

  /** Standard deviations above the mean of the rolled ones; the best of fifteen reaches 1.7. */
  private static final double DISTINCT = 2.5;

  private Lookalike() {}

  /** Whether the drawing fits better here than at every other place, and clearly so. */
  static boolean isDistinct(Image canvas, Image drawing) {
    Fits fits = Fits.of(canvas, drawing);
    return fits.deviations() >= DISTINCT && fits.here > fits.best;
  }

  /**
   * By how many standard deviations of its fits at other places the drawing fits better here than
   * there in the mean.
   */
  static double deviations(Image canvas, Image drawing) {
    return Fits.of(canvas, drawing).deviations();
  }

  /**
   * Correlations at other places than the drawing's, and there.
   *
   * @param best of the others
   * @param mean of the others
   * @param deviation of the others
   */
  private record Fits(double here, double best, double mean, double deviation) {
    static Fits of(Image canvas, Image drawing) {
      double scale = (double) SIDE / Math.max(drawing.width(), drawing.height());
      int w = Math.max(8, (int) Math.round(scale * drawing.width()));
      int h = Math.max(8, (int) Math.round(scale * drawing.height()));
      Image photo = canvas.resized(w, h);
      EdgeField lines = EdgeField.of(drawing.resized(w, h));
      double best = Double.NEGATIVE_INFINITY;
      double sum = 0;
      double sum2 = 0;
      int n = ROLLS * ROLLS - 1;
      for (int roll = 1; roll <= n; roll++) {
        double there =
            peak(rolled(photo, roll % ROLLS * w / ROLLS, roll / ROLLS * h / ROLLS), lines);
        best = Math.max(best, there);
        sum += there;
        sum2 += there * there;
      }
      double mean = sum / n;
      return new Fits(
          peak(photo, lines), best, mean, Math.sqrt(Math.max(0, sum2 / n - mean * mean)));
    }

    double deviations() {
      return (here - mean) / Math.max(1e-9, deviation);
    }
  }

  private static double peak(Image photo, EdgeField lines) {
    LineMatch match = new LineMatch(EdgeField.of(photo), lines);
    double best = Double.NEGATIVE_INFINITY;
    for (Registration.Motion motion : match.searchAll(CANDIDATES)) {
      best = Math.max(best, match.fit(match.climb(motion, 0.25, false)));
    }
    return best;
  }

  private static Image rolled(Image image, int dx, int dy) {
    int w = image.width();
    int h = image.height();
    byte[] from = image.rgb8();
    byte[] to = new byte[from.length];
    for (int y = 0; y < h; y++) {
      int row = 3 * w * ((y + dy) % h);
      System.arraycopy(from, row + 3 * dx, to, 3 * w * y, 3 * (w - dx));
      System.arraycopy(from, row, to, 3 * (w * y + w - dx), 3 * dx);
    }
    return Image.of(w, h, to);
  }
}
