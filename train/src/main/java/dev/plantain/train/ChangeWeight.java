package dev.plantain.train;

/**
 * How much each pixel of an edited picture counts: what the edit changes, and what it leaves, each
 * weighs the square root of its area. Most of an edit is a copy; were all pixels alike, a network
 * would learn to copy and be nearly right.
 */
final class ChangeWeight {
  /** Difference of a channel, in 8-bit levels, above which a pixel is changed. */
  private static final int CHANGED = 24;

  private ChangeWeight() {}

  /** One weight a pixel, of mean 1, into {@code weights} from {@code at}. */
  static void of(byte[] beforeRgb8, byte[] afterRgb8, float[] weights, int at) {
    int n = afterRgb8.length / 3;
    boolean[] changed = new boolean[n];
    int count = 0;
    for (int p = 0; p < n; p++) {
      for (int c = 3 * p; c < 3 * p + 3; c++) {
        changed[p] |= Math.abs((beforeRgb8[c] & 0xff) - (afterRgb8[c] & 0xff)) > CHANGED;
      }
      count += changed[p] ? 1 : 0;
    }
    double sum = Math.sqrt(count) + Math.sqrt((double) n - count);
    for (int p = 0; p < n; p++) {
      int alike = changed[p] ? count : n - count;
      weights[at + p] = (float) (n / (sum * Math.sqrt(alike)));
    }
  }
}
