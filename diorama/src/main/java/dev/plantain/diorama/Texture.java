package dev.plantain.diorama;

/**
 * An image on a surface with its mip chain. Wraps around in both directions; {@code v} grows
 * upwards as in OBJ files.
 */
final class Texture {
  private static final float[] LINEAR = new float[256];

  static {
    for (int i = 0; i < 256; i++) {
      LINEAR[i] = (float) Colours.toLinear(i / 255.0);
    }
  }

  private final int width;
  private final int height;
  private final int[][] levels;
  private final boolean alpha;

  /**
   * Takes ownership of the pixels.
   *
   * @param argb row-major from the top, {@code 0xAARRGGBB}, sRGB
   */
  Texture(int width, int height, int[] argb) {
    this.width = width;
    this.height = height;
    int count = 32 - Integer.numberOfLeadingZeros(Math.max(width, height));
    levels = new int[count][];
    levels[0] = argb;
    int w = width;
    int h = height;
    for (int i = 1; i < count; i++) {
      levels[i] = halve(levels[i - 1], w, h);
      w = Math.max(1, w / 2);
      h = Math.max(1, h / 2);
    }
    boolean cut = false;
    for (int p : argb) {
      cut |= (p >>> 24) < 128;
    }
    alpha = cut;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The full-size pixels, not a copy. */
  int[] pixels() {
    return levels[0];
  }

  /** Whether parts of it are cut out. */
  boolean cutOut() {
    return alpha;
  }

  /** Linear mean colour of the opaque part. */
  float[] mean() {
    float[] sum = new float[4];
    for (int p : levels[0]) {
      if (p >>> 24 >= 128) {
        sum[0] += LINEAR[p >> 16 & 255];
        sum[1] += LINEAR[p >> 8 & 255];
        sum[2] += LINEAR[p & 255];
        sum[3]++;
      }
    }
    float n = Math.max(1, sum[3]);
    return new float[] {sum[0] / n, sum[1] / n, sum[2] / n};
  }

  /** Whether the point is part of the surface. */
  boolean opaque(float u, float v) {
    int x = wrap((int) Math.floor(u * width), width);
    int y = wrap((int) Math.floor((1 - v) * height), height);
    return levels[0][y * width + x] >>> 24 >= 128;
  }

  /**
   * Bilinear lookup in the level whose texels are about as large as the footprint.
   *
   * @param footprint side of the area to average over, in texture units
   * @param rgb receives linear colour
   */
  void sample(float u, float v, float footprint, float[] rgb) {
    float texels = footprint * Math.max(width, height);
    int level = 0;
    while (texels > 1.4f && level < levels.length - 1) {
      texels *= 0.5f;
      level++;
    }
    int w = Math.max(1, width >> level);
    int h = Math.max(1, height >> level);
    int[] image = levels[level];
    float x = u * w - 0.5f;
    float y = (1 - v) * h - 0.5f;
    int x0 = (int) Math.floor(x);
    int y0 = (int) Math.floor(y);
    float fx = x - x0;
    float fy = y - y0;
    int xa = wrap(x0, w);
    int xb = wrap(x0 + 1, w);
    int ya = wrap(y0, h) * w;
    int yb = wrap(y0 + 1, h) * w;
    int p00 = image[ya + xa];
    int p10 = image[ya + xb];
    int p01 = image[yb + xa];
    int p11 = image[yb + xb];
    float w00 = (1 - fx) * (1 - fy);
    float w10 = fx * (1 - fy);
    float w01 = (1 - fx) * fy;
    float w11 = fx * fy;
    for (int c = 0; c < 3; c++) {
      int s = 16 - 8 * c;
      rgb[c] =
          w00 * LINEAR[p00 >> s & 255]
              + w10 * LINEAR[p10 >> s & 255]
              + w01 * LINEAR[p01 >> s & 255]
              + w11 * LINEAR[p11 >> s & 255];
    }
  }

  private static int wrap(int i, int n) {
    int m = i % n;
    return m < 0 ? m + n : m;
  }

  private static int[] halve(int[] from, int w, int h) {
    int nw = Math.max(1, w / 2);
    int nh = Math.max(1, h / 2);
    int[] to = new int[nw * nh];
    for (int y = 0; y < nh; y++) {
      int y0 = Math.min(h - 1, 2 * y) * w;
      int y1 = Math.min(h - 1, 2 * y + 1) * w;
      for (int x = 0; x < nw; x++) {
        int x0 = Math.min(w - 1, 2 * x);
        int x1 = Math.min(w - 1, 2 * x + 1);
        int a = from[y0 + x0];
        int b = from[y0 + x1];
        int c = from[y1 + x0];
        int d = from[y1 + x1];
        int out = 0;
        for (int s = 0; s < 32; s += 8) {
          int sum = (a >>> s & 255) + (b >>> s & 255) + (c >>> s & 255) + (d >>> s & 255);
          out |= ((sum + 2) >> 2) << s;
        }
        to[y * nw + x] = out;
      }
    }
    return to;
  }
}
