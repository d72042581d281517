package dev.plantain.train;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * How much each pixel of a target drawing counts: every colour weighs the square root of its area,
 * so that small things are heard. Known from the picture alone. Of shades that run into each other
 * it makes much of rare ones, so that kinds may have all pixels count alike instead.
 */
final class ColourWeight {
  private static final int LEVELS = 8;

  private ColourWeight() {}

  /**
   * One weight a pixel, of mean 1 over the known ones, into {@code weights} from {@code at}.
   *
   * @param unknown pixels that weigh nothing; null if there are none
   */
  static void of(byte[] rgb8, @Nullable BitSet unknown, float[] weights, int at) {
    int n = rgb8.length / 3;
    int known = unknown == null ? n : n - unknown.cardinality();
    int[] bin = new int[n];
    int[] count = new int[LEVELS * LEVELS * LEVELS];
    for (int p = 0; p < n; p++) {
      int b = 0;
      for (int c = 0; c < 3; c++) {
        // Rounded, not floored: flat black and white with a little noise stay whole.
        b = b * LEVELS + ((rgb8[3 * p + c] & 0xff) * (LEVELS - 1) + 127) / 255;
      }
      bin[p] = b;
      count[b] += unknown == null || !unknown.get(p) ? 1 : 0;
    }
    double sum = 0;
    for (int p = 0; p < n; p++) {
      weights[at + p] =
          unknown != null && unknown.get(p) ? 0 : (float) (1 / Math.sqrt((double) count[bin[p]]));
      sum += weights[at + p];
    }
    float scale = sum == 0 ? 0 : (float) (known / sum);
    for (int p = at; p < at + n; p++) {
      weights[p] *= scale;
    }
  }

  /** Weight 1 for every known one of {@code n} pixels. */
  static void even(int n, @Nullable BitSet unknown, float[] weights, int at) {
    for (int p = 0; p < n; p++) {
      weights[at + p] = unknown != null && unknown.get(p) ? 0 : 1;
    }
  }
}
