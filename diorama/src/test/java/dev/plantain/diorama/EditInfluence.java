package dev.plantain.diorama;

import dev.plantain.core.Image;

/** Where an edit may change a picture, and how well the rest of it is kept. */
final class EditInfluence {
  /** Pixels that the light's filters carry a shadow's edge further. */
  private static final int BLUR = 6;

  private EditInfluence() {}

  /**
   * Peak signal-to-noise ratio outside of what the edit may change: the pixels where something else
   * is seen or was repainted, grown by a tenth of their box, and its shadows: those whose direct
   * light changed, or which the open sky lights by a tenth more or less. NaN if that is everything.
   */
  static double psnr(Frame before, Editor.Made made, Image a, Image b) {
    int w = before.width;
    int h = before.height;
    Frame after = made.after();
    boolean[] seen = new boolean[w * h];
    boolean[] lit = new boolean[w * h];
    int[] box = {w, h, -1, -1};
    for (int i = 0; i < w * h; i++) {
      seen[i] =
          before.entity[i] != after.entity[i]
              || before.depth[i] != after.depth[i]
              || made.change().repainted() == before.entity[i];
      if (seen[i]) {
        box[0] = Math.min(box[0], i % w);
        box[1] = Math.min(box[1], i / w);
        box[2] = Math.max(box[2], i % w);
        box[3] = Math.max(box[3], i / w);
      }
      for (int c = 0; c < 3; c++) {
        float x = before.hard[3 * i + c];
        float y = after.hard[3 * i + c];
        lit[i] |= before.lit[i] && after.lit[i] && Math.abs(x - y) > 0.02f * (x + y) + 1e-4f;
      }
    }
    shade(before, after, lit);
    int grow = (int) Math.ceil(0.1 * Math.max(box[2] - box[0], box[3] - box[1]));
    boolean[] influenced = grown(seen, w, h, Math.max(1, grow));
    boolean[] shadows = grown(lit, w, h, BLUR);
    double sum = 0;
    long count = 0;
    for (int i = 0; i < w * h; i++) {
      if (influenced[i] || shadows[i]) {
        continue;
      }
      int p = a.rgb(i % w, i / w);
      int q = b.rgb(i % w, i / w);
      for (int s = 0; s < 24; s += 8) {
        double d = (p >> s & 255) - (q >> s & 255);
        sum += d * d;
        count++;
      }
    }
    return count == 0 ? Double.NaN : 10 * Math.log10(255 * 255 / Math.max(1e-9, sum / count));
  }

  /** Soft shadows, by the light that reaches the sensor before there is noise. */
  private static void shade(Frame before, Frame after, boolean[] lit) {
    for (int i = 0; i < lit.length; i++) {
      double a = 0;
      double b = 0;
      for (int c = 0; c < 3; c++) {
        a += before.radiance[3 * i + c];
        b += after.radiance[3 * i + c];
      }
      lit[i] |= Math.abs(a - b) > 0.1 * Math.max(a, b);
    }
  }

  private static boolean[] grown(boolean[] mask, int w, int h, int by) {
    boolean[] across = new boolean[w * h];
    boolean[] out = new boolean[w * h];
    for (int i = 0; i < w * h; i++) {
      for (int k = -by; mask[i] && k <= by; k++) {
        int x = i % w + k;
        if (x >= 0 && x < w) {
          across[i / w * w + x] = true;
        }
      }
    }
    for (int i = 0; i < w * h; i++) {
      for (int k = -by; across[i] && k <= by; k++) {
        int y = i / w + k;
        if (y >= 0 && y < h) {
          out[y * w + i % w] = true;
        }
      }
    }
    return out;
  }
}
