package dev.plantain.core;

import java.util.stream.IntStream;

/**
 * How strongly and along which line a picture changes at every pixel, made comparable between a
 * photo and a drawing of it: the contrast is that to the surroundings, and which side is brighter
 * does not matter.
 *
 * <p>A gradient of angle θ and normalised strength m becomes {@code m (cos 2θ, sin 2θ)}.
 */
final class EdgeField {
  /** Half the side of the window whose mean strength is "the surroundings", in pixels. */
  private static final int SURROUNDINGS = 8;

  /** Strengths below about this, in 8-bit levels per pixel, are noise. */
  private static final float NOISE = 4;

  final int width;
  final int height;
  final float[] cos;
  final float[] sin;

  /** Strength before normalisation, in 8-bit levels per pixel. */
  final float[] strength;

  private EdgeField(int width, int height) {
    this.width = width;
    this.height = height;
    cos = new float[width * height];
    sin = new float[width * height];
    strength = new float[width * height];
  }

  static EdgeField of(Image image) {
    EdgeField field = new EdgeField(image.width(), image.height());
    float[] smooth = smooth(image);
    field.differentiate(smooth);
    field.normalise();
    return field;
  }

  /** A binomial blur, 1 4 6 4 1 each way: one pixel of noise must not pass for an edge. */
  private static float[] smooth(Image image) {
    int w = image.width();
    int h = image.height();
    byte[] rgb8 = image.rgb8();
    float[] rows = new float[rgb8.length];
    float[] both = new float[rgb8.length];
    float[] kernel = {1 / 16f, 4 / 16f, 6 / 16f, 4 / 16f, 1 / 16f};
    IntStream.range(0, h)
        .parallel()
        .forEach(
            y -> {
              for (int x = 0; x < w; x++) {
                for (int k = -2; k <= 2; k++) {
                  int i = 3 * (y * w + Math.clamp(x + k, 0, w - 1));
                  for (int c = 0; c < 3; c++) {
                    rows[3 * (y * w + x) + c] += kernel[k + 2] * (rgb8[i + c] & 0xFF);
                  }
                }
              }
            });
    IntStream.range(0, h)
        .parallel()
        .forEach(
            y -> {
              for (int k = -2; k <= 2; k++) {
                int from = 3 * w * Math.clamp(y + k, 0, h - 1);
                for (int x = 0; x < 3 * w; x++) {
                  both[3 * w * y + x] += kernel[k + 2] * rows[from + x];
                }
              }
            });
    return both;
  }

  /** Central differences of the channel that changes most. */
  private void differentiate(float[] rgb) {
    for (int y = 0; y < height; y++) {
      int up = 3 * width * Math.max(y - 1, 0);
      int down = 3 * width * Math.min(y + 1, height - 1);
      for (int x = 0; x < width; x++) {
        int left = 3 * Math.max(x - 1, 0);
        int right = 3 * Math.min(x + 1, width - 1);
        float best = 0;
        int i = y * width + x;
        for (int c = 0; c < 3; c++) {
          float dx = (rgb[3 * width * y + right + c] - rgb[3 * width * y + left + c]) / 2;
          float dy = (rgb[down + 3 * x + c] - rgb[up + 3 * x + c]) / 2;
          float d2 = dx * dx + dy * dy;
          if (d2 > best) {
            best = d2;
            float m = (float) Math.sqrt(d2);
            strength[i] = m;
            cos[i] = (dx * dx - dy * dy) / m;
            sin[i] = 2 * dx * dy / m;
          }
        }
      }
    }
  }

  private void normalise() {
    double[] sums = new double[(width + 1) * (height + 1)];
    for (int y = 0; y < height; y++) {
      double row = 0;
      for (int x = 0; x < width; x++) {
        row += strength[y * width + x];
        sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
      }
    }
    for (int y = 0, i = 0; y < height; y++) {
      int top = Math.max(0, y - SURROUNDINGS) * (width + 1);
      int bottom = Math.min(height, y + SURROUNDINGS + 1) * (width + 1);
      for (int x = 0; x < width; x++, i++) {
        int left = Math.max(0, x - SURROUNDINGS);
        int right = Math.min(width, x + SURROUNDINGS + 1);
        double sum =
            sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left];
        int n = (bottom - top) / (width + 1) * (right - left);
        float scale = (float) (1 / (sum / n + NOISE));
        cos[i] *= scale;
        sin[i] *= scale;
      }
    }
  }
}
