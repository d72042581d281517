package dev.plantain.codec;

/** Measures and smooths noise. */
final class Calming {
  /** Share of white noise that one {@link #binomial} pass leaves: √(70/256) twice. */
  static final double NOISE_LEFT = 70 / 256.0;

  /** And of that, a second pass: √(12870/65536) twice over the first. */
  static final double NOISE_LEFT_AGAIN = 12870 / 65536.0 / NOISE_LEFT;

  /** A second difference of white noise has √6 of its deviation, its median is 0.6745 of that. */
  private static final double MEDIAN_TO_SIGMA = 1 / (0.6745 * Math.sqrt(6));

  private Calming() {}

  /** Standard deviation of white noise, in 8-bit levels; 0 for a drawing of flat colours. */
  static double noise(byte[] rgb8, int width, int height) {
    int[] histogram = new int[1024];
    int samples = 0;
    int rowStep = Math.max(1, height / 128);
    for (int y = 0; y < height; y += rowStep) {
      int row = 3 * y * width;
      // Channel after channel of neighbouring pixels.
      for (int at = row + 3; at < row + 3 * (width - 1); at++) {
        int second = (rgb8[at - 3] & 0xff) - 2 * (rgb8[at] & 0xff) + (rgb8[at + 3] & 0xff);
        // Saturated channels have lost their noise.
        if (rgb8[at] != 0 && rgb8[at] != -1) {
          histogram[Math.min(1023, Math.abs(second))]++;
          samples++;
        }
      }
    }
    int below = 0;
    for (int value = 0; value < histogram.length; value++) {
      if (2 * (below + histogram[value]) > samples && samples > 0) {
        // Linear within the step, as the true values before rounding were not whole.
        double within = (samples / 2.0 - below) / histogram[value];
        return value == 0 ? 0 : (value - 0.5 + within) * MEDIAN_TO_SIGMA;
      }
      below += histogram[value];
    }
    return 0;
  }

  /** Smoothed by the weights 1 4 6 4 1 in both directions. */
  static byte[] binomial(byte[] rgb8, int width, int height) {
    int stride = 3 * width;
    short[][] rows = new short[5][stride];
    byte[] out = new byte[rgb8.length];
    for (int y = -2; y < height + 2; y++) {
      across(rgb8, Math.clamp(y, 0, height - 1) * stride, stride, rows[(y + 2) % 5]);
      if (y >= 2) {
        short[] a = rows[(y - 2) % 5];
        short[] b = rows[(y - 1) % 5];
        short[] c = rows[y % 5];
        short[] d = rows[(y + 1) % 5];
        short[] e = rows[(y + 2) % 5];
        int at = (y - 2) * stride;
        for (int x = 0; x < stride; x++) {
          // Row y − 2 is the middle: rows are stored two places late.
          int sum = a[x] + e[x] + 4 * (b[x] + d[x]) + 6 * c[x];
          out[at + x] = (byte) ((sum + 128) >> 8);
        }
      }
    }
    return out;
  }

  private static void across(byte[] rgb8, int at, int stride, short[] sums) {
    for (int x = 0; x < stride; x++) {
      if (x >= 6 && x < stride - 6) {
        sums[x] =
            (short)
                ((rgb8[at + x - 6] & 0xff)
                    + (rgb8[at + x + 6] & 0xff)
                    + 4 * ((rgb8[at + x - 3] & 0xff) + (rgb8[at + x + 3] & 0xff))
                    + 6 * (rgb8[at + x] & 0xff));
      } else {
        int pixel = x / 3;
        int channel = x % 3;
        int sum = 0;
        int[] weights = {1, 4, 6, 4, 1};
        for (int k = -2; k <= 2; k++) {
          int there = Math.clamp(pixel + k, 0, stride / 3 - 1);
          sum += weights[k + 2] * (rgb8[at + 3 * there + channel] & 0xff);
        }
        sums[x] = (short) sum;
      }
    }
  }
}
