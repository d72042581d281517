package dev.plantain.train;

/**
 * How much each pixel of a target drawing counts: every colour weighs the square root of its area,
 * so that small things are heard. Known from the picture alone; the same for all kinds.
 */
final class ColourWeight {
  private static final int LEVELS = 8;

  private ColourWeight() {}

  /** One weight a pixel, of mean 1, into {@code weights} from {@code at}. */
  static void of(byte[] rgb8, float[] weights, int at) {
    int n = rgb8.length / 3;
    int[] bin = new int[n];
    int[] count = new int[LEVELS * LEVELS * LEVELS];
    for (int p = 0; p < n; p++) {
      int b = 0;
      for (int c = 0; c < 3; c++) {
        // Rounded, not floored: flat black and white with a little noise stay whole.
        b = b * LEVELS + ((rgb8[3 * p + c] & 0xff) * (LEVELS - 1) + 127) / 255;
      }
      bin[p] = b;
      count[b]++;
    }
    double sum = 0;
    for (int b : bin) {
      sum += 1 / Math.sqrt((double) count[b]);
    }
    double scale = n / sum;
    for (int p = 0; p < n; p++) {
      weights[at + p] = (float) (scale / Math.sqrt((double) count[bin[p]]));
    }
  }
}
