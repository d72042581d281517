package dev.plantain.diorama;

import org.jspecify.annotations.Nullable;

/** Filters the light of a {@link Frame} and joins it with the samples' looks. */
final class Denoiser {
  private Denoiser() {}

  /** Fills {@link Frame#radiance}. */
  static void compose(Frame f) {
    // Reach grows with the picture, so that noise per picture area is cleaned alike.
    int more = Math.max(0, 25 - Integer.numberOfLeadingZeros(Math.max(f.width, f.height) - 1));
    float[] hard = filter(f, f.hard, f.lit, 3, 0.6f);
    float[] soft = filter(f, f.soft, f.lit, 4 + more, Float.POSITIVE_INFINITY);
    float[] light = new float[hard.length];
    for (int i = 0; i < light.length; i++) {
      light[i] = hard[i] + soft[i];
    }
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

  /**
   * @param sampled which pixels hold a value; the first pass fills in the others
   * @param levels number of passes, reaching 1, 3, 7, 15, 31 pixels
   * @param contrast relative difference of light across which passes do not blur
   */
  private static float[] filter(
      Frame f, float[] noisy, boolean[] sampled, int levels, float contrast) {
    float[] from = noisy;
    float[] to = new float[from.length];
    for (int level = 0; level < levels; level++) {
      // The first pass stops at nothing: single specks would otherwise pass for edges.
      float stop = level == 0 ? Float.POSITIVE_INFINITY : contrast;
      pass(
          f,
          from,
          to,
          level == 0 ? sampled : null,
          level == 0 ? 1 : 1 << (level - stepBack(contrast)),
          stop);
      float[] swap = level == 0 ? new float[from.length] : from;
      from = to;
      to = swap;
    }
    return from;
  }

  /** Light with edges repeats its finest step, which blurs less. */
  private static int stepBack(float contrast) {
    return contrast < Float.POSITIVE_INFINITY ? 1 : 0;
  }

  private static void pass(
      Frame f, float[] from, float[] to, boolean @Nullable [] sampled, int step, float contrast) {
    int w = f.width;
    int h = f.height;
    float[] normal = f.normal;
    float[] position = f.position;
    boolean stops = contrast < Float.POSITIVE_INFINITY;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int i = y * w + x;
        if (f.entity[i] < 0) {
          continue;
        }
        float nx = f.flat[3 * i];
        float ny = f.flat[3 * i + 1];
        float nz = f.flat[3 * i + 2];
        float sx = normal[3 * i];
        float sy = normal[3 * i + 1];
        float sz = normal[3 * i + 2];
        float px = position[3 * i];
        float py = position[3 * i + 1];
        float pz = position[3 * i + 2];
        float slack = 1 / (0.02f * f.depth[i] + 0.004f);
        float own = from[3 * i] + from[3 * i + 1] + from[3 * i + 2];
        float r = 0;
        float g = 0;
        float b = 0;
        float total = 0;
        for (int ky = -1; ky <= 1; ky++) {
          int qy = y + ky * step;
          if (qy < 0 || qy >= h) {
            continue;
          }
          for (int kx = -1; kx <= 1; kx++) {
            int qx = x + kx * step;
            if (qx < 0 || qx >= w) {
              continue;
            }
            int q = qy * w + qx;
            int at = 3 * q;
            if (f.entity[q] < 0 || (sampled != null && !sampled[q])) {
              continue;
            }
            float cos = sx * normal[at] + sy * normal[at + 1] + sz * normal[at + 2];
            if (cos < 0.75f) {
              continue;
            }
            float off =
                Math.abs(
                        nx * (position[at] - px)
                            + ny * (position[at + 1] - py)
                            + nz * (position[at + 2] - pz))
                    * slack;
            if (off > 2) {
              continue;
            }
            float weight = (2 - Math.abs(kx)) * (2 - Math.abs(ky)) * (2 - off) * (cos - 0.7f);
            if (stops) {
              float other = from[at] + from[at + 1] + from[at + 2];
              float ratio = Math.abs(other - own) / (contrast * (0.05f + Math.max(own, other)));
              weight *= 1 / (1 + ratio * ratio * 4);
            }
            total += weight;
            r += weight * from[at];
            g += weight * from[at + 1];
            b += weight * from[at + 2];
          }
        }
        if (total > 0) {
          to[3 * i] = r / total;
          to[3 * i + 1] = g / total;
          to[3 * i + 2] = b / total;
        }
      }
    }
  }
}
