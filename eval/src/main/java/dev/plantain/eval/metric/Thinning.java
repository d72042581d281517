package dev.plantain.eval.metric;

/**
 * Thins lines to one pixel without breaking them: the parallel algorithm of Guo and Hall ("Parallel
 * thinning with two-subiteration algorithms", 1989) in the form that Lam, Lee and Suen give (1992),
 * which MATLAB's {@code bwmorph(…, 'thin', Inf)} and so the BSDS benchmark use.
 */
final class Thinning {
  /**
   * By neighbours, a bit each from the east counter-clockwise: deleted in the first, the second
   * half-step.
   */
  private static final boolean[][] DELETED = new boolean[2][256];

  private static final int[] DX = {1, 1, 0, -1, -1, -1, 0, 1};
  private static final int[] DY = {0, -1, -1, -1, 0, 1, 1, 1};

  static {
    for (int n = 0; n < 256; n++) {
      int crossings = 0;
      int n1 = 0;
      int n2 = 0;
      for (int k = 0; k < 4; k++) {
        boolean even = on(n, 2 * k);
        boolean odd = on(n, 2 * k + 1);
        boolean next = on(n, 2 * k + 2);
        crossings += !even && (odd || next) ? 1 : 0;
        n1 += even || odd ? 1 : 0;
        n2 += odd || next ? 1 : 0;
      }
      int least = Math.min(n1, n2);
      boolean simple = crossings == 1 && least >= 2 && least <= 3;
      DELETED[0][n] = simple && !((on(n, 1) || on(n, 2) || !on(n, 7)) && on(n, 0));
      DELETED[1][n] = simple && !((on(n, 5) || on(n, 6) || !on(n, 3)) && on(n, 4));
    }
  }

  private Thinning() {}

  private static boolean on(int neighbours, int k) {
    return (neighbours >> (k & 7) & 1) != 0;
  }

  /** Thins in place until nothing changes. */
  static void thin(boolean[] set, int width, int height) {
    int[] pixels = new int[set.length];
    int n = 0;
    for (int i = 0; i < set.length; i++) {
      if (set[i]) {
        pixels[n++] = i;
      }
    }
    int[] doomed = new int[n];
    boolean changed = true;
    while (changed) {
      changed = false;
      for (boolean[] deleted : DELETED) {
        int kept = 0;
        int gone = 0;
        for (int k = 0; k < n; k++) {
          int i = pixels[k];
          if (deleted[neighbours(set, i % width, i / width, width, height)]) {
            doomed[gone++] = i;
          } else {
            pixels[kept++] = i;
          }
        }
        for (int k = 0; k < gone; k++) {
          set[doomed[k]] = false;
        }
        n = kept;
        changed |= gone > 0;
      }
    }
  }

  private static int neighbours(boolean[] set, int x, int y, int width, int height) {
    int bits = 0;
    for (int k = 0; k < 8; k++) {
      int u = x + DX[k];
      int v = y + DY[k];
      if (u >= 0 && v >= 0 && u < width && v < height && set[v * width + u]) {
        bits |= 1 << k;
      }
    }
    return bits;
  }
}
