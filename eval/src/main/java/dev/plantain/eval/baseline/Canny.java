package dev.plantain.eval.baseline;

import dev.plantain.codec.EdgeCodec;
import dev.plantain.core.Image;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Canny's edge detector (IEEE PAMI 1986) for all thresholds at once: Gaussian smoothing, Sobel
 * gradient of the luma, non-maximum suppression along it, and hysteresis. The value of a pixel is
 * the highest upper threshold at which it is still an edge; the lower one is 0.4 of it.
 */
final class Canny {
  /** As in the benchmark's own baseline. */
  private static final double SIGMA = Math.sqrt(2);

  private static final int REACH = 5;
  private static final double LOW = 0.4;
  private static final int LEVELS = 200;

  private Canny() {}

  /**
   * Edges of a photo.
   *
   * @return strength 0..1 of each pixel on a thin line, 0 elsewhere; 1 is a step from black to
   *     white
   */
  static float[] edges(Image photo) {
    int width = photo.width();
    int height = photo.height();
    float[] luma = new float[width * height];
    EdgeCodec.decode(photo.rgb8(), luma, null);
    float[] smooth = blurred(blurred(luma, width, height, 1, 0), width, height, 0, 1);
    return linked(ridges(smooth, width, height), width, height);
  }

  /** Convolution with a Gaussian along one axis; the border repeats. */
  private static float[] blurred(float[] map, int width, int height, int dx, int dy) {
    double[] taps = new double[2 * REACH + 1];
    for (int k = -REACH; k <= REACH; k++) {
      taps[k + REACH] = Math.exp(-k * k / (2 * SIGMA * SIGMA));
    }
    double sum = Arrays.stream(taps).sum();
    float[] out = new float[map.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double value = 0;
        for (int k = -REACH; k <= REACH; k++) {
          value += taps[k + REACH] * at(map, width, height, x + k * dx, y + k * dy);
        }
        out[y * width + x] = (float) (value / sum);
      }
    }
    return out;
  }

  private static float at(float[] map, int width, int height, int x, int y) {
    return map[Math.clamp(y, 0, height - 1) * width + Math.clamp(x, 0, width - 1)];
  }

  /** Length of the gradient where it is highest across the line, 0 elsewhere. */
  private static float[] ridges(float[] map, int width, int height) {
    float[] gx = new float[map.length];
    float[] gy = new float[map.length];
    float[] length = new float[map.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float right = column(map, width, height, x + 1, y);
        float left = column(map, width, height, x - 1, y);
        float below = row(map, width, height, x, y + 1);
        float above = row(map, width, height, x, y - 1);
        int i = y * width + x;
        gx[i] = (right - left) / 4;
        gy[i] = (below - above) / 4;
        length[i] = (float) Math.hypot(gx[i], gy[i]);
      }
    }
    float[] ridges = new float[map.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        if (length[i] > 0) {
          double ux = gx[i] / length[i];
          double uy = gy[i] / length[i];
          boolean highest =
              length[i] > between(length, width, height, x - ux, y - uy)
                  && length[i] >= between(length, width, height, x + ux, y + uy);
          ridges[i] = highest ? length[i] : 0;
        }
      }
    }
    return ridges;
  }

  private static float column(float[] map, int width, int height, int x, int y) {
    return at(map, width, height, x, y - 1)
        + 2 * at(map, width, height, x, y)
        + at(map, width, height, x, y + 1);
  }

  private static float row(float[] map, int width, int height, int x, int y) {
    return at(map, width, height, x - 1, y)
        + 2 * at(map, width, height, x, y)
        + at(map, width, height, x + 1, y);
  }

  private static double between(float[] map, int width, int height, double x, double y) {
    int x0 = (int) Math.floor(x);
    int y0 = (int) Math.floor(y);
    double fx = x - x0;
    double fy = y - y0;
    double top =
        (1 - fx) * at(map, width, height, x0, y0) + fx * at(map, width, height, x0 + 1, y0);
    double bottom =
        (1 - fx) * at(map, width, height, x0, y0 + 1) + fx * at(map, width, height, x0 + 1, y0 + 1);
    return (1 - fy) * top + fy * bottom;
  }

  /** Hysteresis at every level, from the highest down: what a level links, it names. */
  private static float[] linked(float[] ridges, int width, int height) {
    float highest = 0;
    for (float r : ridges) {
      highest = Math.max(highest, r);
    }
    float[] strength = new float[ridges.length];
    for (int level = LEVELS; level >= 1; level--) {
      float upper = (float) level / LEVELS;
      if (upper <= highest) {
        link(ridges, width, height, upper, strength);
      }
    }
    return strength;
  }

  private static void link(float[] ridges, int width, int height, float upper, float[] strength) {
    boolean[] seen = new boolean[ridges.length];
    ArrayDeque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < ridges.length; i++) {
      if (ridges[i] >= upper) {
        seen[i] = true;
        open.add(i);
      }
    }
    while (!open.isEmpty()) {
      int i = open.remove();
      strength[i] = Math.max(strength[i], upper);
      int x = i % width;
      int y = i / width;
      for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          int n = v * width + u;
          if (!seen[n] && ridges[n] >= LOW * upper) {
            seen[n] = true;
            open.add(n);
          }
        }
      }
    }
  }
}
