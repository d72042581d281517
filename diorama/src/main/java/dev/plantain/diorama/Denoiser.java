package dev.plantain.diorama;

/** Filters the light of a {@link Frame} and joins it with the samples' looks. */
final class Denoiser {
  private static final float[] KERNEL = {1 / 16f, 1 / 4f, 3 / 8f, 1 / 4f, 1 / 16f};

  private Denoiser() {}

  /** Fills {@link Frame#radiance}. */
  static void compose(Frame f) {
    // Reach grows with the picture, so that noise per picture area is cleaned alike.
    int more = Math.max(0, 25 - Integer.numberOfLeadingZeros(Math.max(f.width, f.height) - 1));
    float[] hard = filter(f, f.hard, 2, 0.5f);
    float[] soft = filter(f, f.soft, 3 + more, Float.POSITIVE_INFINITY);
    float[] indirect = filter(f, f.indirect, 4 + more, Float.POSITIVE_INFINITY);
    float[] light = new float[hard.length];
    for (int i = 0; i < light.length; i++) {
      light[i] = hard[i] + soft[i] + indirect[i];
    }
    float[] e = new float[3];
    for (int s = 0; s < f.sampleEntity.length; s++) {
      int pixel = s / Frame.SAMPLES;
      if (f.sampleEntity[s] >= 0) {
        gather(f, light, s, pixel, e);
      }
      for (int c = 0; c < 3; c++) {
        f.radiance[3 * pixel + c] +=
            (f.sampleAlbedo[3 * s + c] * e[c] + f.sampleGlow[3 * s + c]) / Frame.SAMPLES;
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

  /**
   * @param levels number of passes, reaching 2, 6, 14, 30 pixels
   * @param contrast relative difference of light across which the first passes do not blur
   */
  private static float[] filter(Frame f, float[] noisy, int levels, float contrast) {
    float[] from = noisy.clone();
    float[] to = new float[from.length];
    for (int level = 0; level < levels; level++) {
      pass(f, from, to, 1 << level, contrast * (level == 0 ? 3 : 1));
      float[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  private static void pass(Frame f, float[] from, float[] to, int step, float contrast) {
    int w = f.width;
    int h = f.height;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int i = y * w + x;
        if (f.entity[i] < 0) {
          continue;
        }
        float nx = f.flat[3 * i];
        float ny = f.flat[3 * i + 1];
        float nz = f.flat[3 * i + 2];
        float sx = f.normal[3 * i];
        float sy = f.normal[3 * i + 1];
        float sz = f.normal[3 * i + 2];
        float px = f.position[3 * i];
        float py = f.position[3 * i + 1];
        float pz = f.position[3 * i + 2];
        float slack = 1 / (0.02f * f.depth[i] + 0.004f);
        float own = from[3 * i] + from[3 * i + 1] + from[3 * i + 2];
        float r = 0;
        float g = 0;
        float b = 0;
        float total = 0;
        for (int ky = -2; ky <= 2; ky++) {
          int qy = y + ky * step;
          if (qy < 0 || qy >= h) {
            continue;
          }
          for (int kx = -2; kx <= 2; kx++) {
            int qx = x + kx * step;
            if (qx < 0 || qx >= w) {
              continue;
            }
            int q = qy * w + qx;
            if (f.entity[q] < 0) {
              continue;
            }
            float cos = sx * f.normal[3 * q] + sy * f.normal[3 * q + 1] + sz * f.normal[3 * q + 2];
            if (cos < 0.75f) {
              continue;
            }
            float off =
                Math.abs(
                        nx * (f.position[3 * q] - px)
                            + ny * (f.position[3 * q + 1] - py)
                            + nz * (f.position[3 * q + 2] - pz))
                    * slack;
            if (off > 2) {
              continue;
            }
            float weight = KERNEL[ky + 2] * KERNEL[kx + 2] * (2 - off) * (cos - 0.7f);
            if (contrast < Float.POSITIVE_INFINITY) {
              float other = from[3 * q] + from[3 * q + 1] + from[3 * q + 2];
              float ratio = Math.abs(other - own) / (contrast * (0.05f + Math.max(own, other)));
              weight *= 1 / (1 + ratio * ratio * 4);
            }
            total += weight;
            r += weight * from[3 * q];
            g += weight * from[3 * q + 1];
            b += weight * from[3 * q + 2];
          }
        }
        to[3 * i] = r / total;
        to[3 * i + 1] = g / total;
        to[3 * i + 2] = b / total;
      }
    }
  }
}
