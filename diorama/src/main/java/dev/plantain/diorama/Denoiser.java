package dev.plantain.diorama;

import org.jspecify.annotations.Nullable;

/** Filters the light of a {@link Frame} and joins it with the samples' looks. */
final class Denoiser {
  private Denoiser() {}

  /**
   * Fills {@link Frame#radiance}.
   *
   * @param base the frame before a change, whose filtered light is taken where all that went into
   *     it is the same; null if there is none
   */
  static void compose(Frame f, @Nullable Frame base) {
    LightFilter own =
        base == null || base.filter == null ? LightFilter.of(f) : base.filter.again(f, base);
    if (base == null) {
      f.filter = own;
    }
    float[] light = own.light();
    float[] e = new float[3];
    for (int pixel = 0; pixel < f.depth.length; pixel++) {
      int first = pixel * Frame.SAMPLES;
      int count = f.sampleEntity[first + 1] == Frame.UNUSED ? 1 : Frame.SAMPLES;
      for (int s = first; s < first + count; s++) {
        if (count == 1) {
          System.arraycopy(light, 3 * pixel, e, 0, 3);
        } else if (f.sampleEntity[s] >= 0) {
          gather(f, light, s, pixel, e);
        }
        for (int c = 0; c < 3; c++) {
          f.radiance[3 * pixel + c] +=
              (f.sampleAlbedo[3 * s + c] * e[c] + f.sampleGlow[3 * s + c]) / count;
        }
      }
    }
  }

  /** Light at a sample from the pixels around whose surface is the same. */
  private static void gather(Frame f, float[] light, int s, int pixel, float[] e) {
    int x = pixel % f.width;
    int y = pixel / f.width;
    int k = s % Frame.SAMPLES;
    int dx = (k & 1) == 0 ? -1 : 1;
    int dy = (k >> 1) == 0 ? -1 : 1;
    float total = 0;
    e[0] = e[1] = e[2] = 0;
    for (int ring = 0; ring < 2 && total < 1e-3f; ring++) {
      for (int j = 0; j < 4; j++) {
        int qx = x + (ring == 0 ? (j & 1) * dx : (j & 1) * 2 * dx - dx);
        int qy = y + (ring == 0 ? (j >> 1) * dy : (j >> 1) * 2 * dy - dy);
        if (qx < 0 || qy < 0 || qx >= f.width || qy >= f.height) {
          continue;
        }
        int q = qy * f.width + qx;
        float w =
            alike(f, s, q) * (ring == 0 ? ((j & 1) == 0 ? 3 : 1) * ((j >> 1) == 0 ? 3 : 1) : 1);
        total += w;
        for (int c = 0; c < 3; c++) {
          e[c] += w * light[3 * q + c];
        }
      }
    }
    if (total < 1e-6f) {
      // A sliver that no pixel centre hit: the pixel's own light is the best guess.
      float gain = f.entity[pixel] >= 0 ? 1 : 0;
      for (int c = 0; c < 3; c++) {
        e[c] = gain * light[3 * pixel + c] + (1 - gain) * f.ambient[c] * 2;
      }
      return;
    }
    for (int c = 0; c < 3; c++) {
      e[c] /= total;
    }
  }

  private static float alike(Frame f, int s, int q) {
    if (f.entity[q] != f.sampleEntity[s]) {
      return f.entity[q] < 0 ? 0 : 1e-5f;
    }
    float cos =
        f.normal[3 * q] * f.sampleNormal[3 * s]
            + f.normal[3 * q + 1] * f.sampleNormal[3 * s + 1]
            + f.normal[3 * q + 2] * f.sampleNormal[3 * s + 2];
    return Math.max(1e-4f, cos * cos * cos * Math.signum(cos));
  }
}
