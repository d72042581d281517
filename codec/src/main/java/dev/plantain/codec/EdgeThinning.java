package dev.plantain.codec;

/** Non-maximum suppression across ridges; see {@link EdgeCodec#thin}. */
final class EdgeThinning {
  /** Below this curvature a place is flat and has no line. */
  private static final float FLAT = 1e-6f;

  private final float[] raw;
  private final float[] smooth;
  private final int width;
  private final int height;

  EdgeThinning(float[] probability, int width, int height) {
    this.width = width;
    this.height = height;
    raw = new float[probability.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = probability[i] > 0 ? Math.min(probability[i], 1) : 0;
    }
    // Two passes make a flat-topped line (two or three pixels of the same value) a single ridge.
    smooth = binomial(binomial(raw));
  }

  void into(float[] thinned) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        thinned[i] = raw[i] > 0 && isRidge(x, y) ? raw[i] : 0;
      }
    }
  }

  private boolean isRidge(int x, int y) {
    float centre = at(x, y);
    float xx = at(x + 1, y) - 2 * centre + at(x - 1, y);
    float yy = at(x, y + 1) - 2 * centre + at(x, y - 1);
    float xy = (at(x + 1, y + 1) - at(x - 1, y + 1) - at(x + 1, y - 1) + at(x - 1, y - 1)) / 4;
    // The lower eigenvalue of the Hessian and its direction: across the ridge.
    float half = (xx - yy) / 2;
    float root = (float) Math.sqrt(half * half + xy * xy);
    if ((xx + yy) / 2 - root > -FLAT) {
      return false;
    }
    double angle = 0.5 * Math.atan2(-2 * xy, yy - xx);
    float dx = (float) Math.cos(angle);
    float dy = (float) Math.sin(angle);
    float ahead = between(x + dx, y + dy);
    float behind = between(x - dx, y - dy);
    // Strict on one side only, so that of two equal neighbours exactly one stays.
    return centre >= ahead && centre > behind;
  }

  private float between(float x, float y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    float fx = x - left;
    float fy = y - top;
    float upper = at(left, top) * (1 - fx) + at(left + 1, top) * fx;
    float lower = at(left, top + 1) * (1 - fx) + at(left + 1, top + 1) * fx;
    return upper * (1 - fy) + lower * fy;
  }

  private float at(int x, int y) {
    return smooth[Math.clamp(y, 0, height - 1) * width + Math.clamp(x, 0, width - 1)];
  }

  private float[] binomial(float[] in) {
    float[] across = new float[in.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int row = y * width;
        float left = in[row + Math.max(x - 1, 0)];
        float right = in[row + Math.min(x + 1, width - 1)];
        across[row + x] = (left + 2 * in[row + x] + right) / 4;
      }
    }
    float[] out = new float[in.length];
    for (int y = 0; y < height; y++) {
      int above = Math.max(y - 1, 0) * width;
      int below = Math.min(y + 1, height - 1) * width;
      for (int x = 0; x < width; x++) {
        out[y * width + x] =
            (across[above + x] + 2 * across[y * width + x] + across[below + x]) / 4;
      }
    }
    return out;
  }
}
