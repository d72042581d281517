package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The light of a frame after each pass of an edge-avoiding filter. Light from small sources, whose
 * shadows have edges, is blurred less than light from windows and surfaces.
 *
 * @param hard light from sun and lamps as gathered and after each pass, 3 per pixel
 * @param soft other light in the same way
 */
@SuppressWarnings("ArrayRecordComponent") // flat arrays are the point
record LightFilter(List<float[]> hard, List<float[]> soft) {
  /** Relative difference of hard light across which later passes do not blur. */
  private static final float CONTRAST = 0.6f;

  private static final int HARD_PASSES = 3;

  static LightFilter of(Frame f) {
    return new Filtering(f, null, null).run();
  }

  /** The same of a changed frame, worked out only where something that enters differs. */
  LightFilter again(Frame f, Frame base) {
    return new Filtering(f, this, changed(f, base)).run();
  }

  /** Both kinds together, 3 per pixel. */
  float[] light() {
    float[] a = hard.getLast();
    float[] b = soft.getLast();
    float[] light = new float[a.length];
    for (int i = 0; i < light.length; i++) {
      light[i] = a[i] + b[i];
    }
    return light;
  }

  /** Which pixels enter the filter with other values than in the base frame. */
  private static boolean[] changed(Frame f, Frame base) {
    boolean[] changed = new boolean[f.depth.length];
    for (int i = 0; i < changed.length; i++) {
      changed[i] =
          f.entity[i] != base.entity[i]
              || f.lit[i] != base.lit[i]
              || f.depth[i] != base.depth[i]
              || differ(f.hard, base.hard, i)
              || differ(f.soft, base.soft, i)
              || differ(f.position, base.position, i)
              || differ(f.normal, base.normal, i)
              || differ(f.flat, base.flat, i);
    }
    return changed;
  }

  private static boolean differ(float[] a, float[] b, int i) {
    return a[3 * i] != b[3 * i] || a[3 * i + 1] != b[3 * i + 1] || a[3 * i + 2] != b[3 * i + 2];
  }

  /** Light on its way through the passes. */
  private static final class Channel {
    private final List<float[]> levels = new ArrayList<>();
    private final @Nullable List<float[]> before;
    private final float contrast;
    private float[] from;
    private float[] to = new float[0];

    Channel(float[] gathered, @Nullable List<float[]> before, float contrast) {
      this.before = before;
      this.contrast = contrast;
      from = gathered;
      levels.add(gathered);
    }

    void begin() {
      from = levels.getLast();
      to = before == null ? new float[from.length] : before.get(levels.size()).clone();
      levels.add(to);
    }

    float brightness(int at) {
      return from[at] + from[at + 1] + from[at + 2];
    }
  }

  private static final class Filtering {
    private final Frame f;
    private final Channel hard;
    private final Channel soft;
    private boolean @Nullable [] changed;

    Filtering(Frame f, @Nullable LightFilter before, boolean @Nullable [] changed) {
      this.f = f;
      this.changed = changed;
      hard = new Channel(f.hard, before == null ? null : before.hard, CONTRAST);
      soft = new Channel(f.soft, before == null ? null : before.soft, Float.POSITIVE_INFINITY);
    }

    LightFilter run() {
      // Reach grows with the picture, so that noise per picture area is cleaned alike.
      int side = Math.max(f.width, f.height);
      int softPasses = 4 + Math.max(0, 25 - Integer.numberOfLeadingZeros(side - 1));
      // The first pass fills in what was not sampled and stops at nothing: single specks would
      // otherwise pass for edges. Hard light then repeats the finest step, which blurs less.
      pass(1, f.lit, hard, soft, false);
      pass(1, null, hard, null, true);
      pass(2, null, hard, soft, true);
      for (int level = 2; level < softPasses; level++) {
        pass(1 << level, null, soft, null, false);
      }
      assert hard.levels.size() == HARD_PASSES + 1;
      return new LightFilter(hard.levels, soft.levels);
    }

    /**
     * @param sampled which pixels hold a value, or null for all
     * @param stops whether the first channel stops at its contrast
     */
    private void pass(
        int step, boolean @Nullable [] sampled, Channel a, @Nullable Channel b, boolean stops) {
      a.begin();
      if (b != null) {
        b.begin();
      }
      boolean[] reached = changed == null ? null : reached(changed, step);
      for (int y = 0; y < f.height; y++) {
        for (int x = 0; x < f.width; x++) {
          int i = y * f.width + x;
          if (reached != null && !reached[i]) {
            continue;
          }
          if (f.entity[i] >= 0) {
            pixel(x, y, step, sampled, a, b, stops);
          } else {
            clear(a.to, i);
            if (b != null) {
              clear(b.to, i);
            }
          }
        }
      }
      changed = reached;
    }

    private void pixel(
        int x,
        int y,
        int step,
        boolean @Nullable [] sampled,
        Channel a,
        @Nullable Channel b,
        boolean stops) {
      int w = f.width;
      int i = y * w + x;
      float[] normal = f.normal;
      float[] position = f.position;
      float[] first = a.from;
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
      float own = a.brightness(3 * i);
      float r = 0;
      float g = 0;
      float l = 0;
      float total = 0;
      float r2 = 0;
      float g2 = 0;
      float l2 = 0;
      float total2 = 0;
      for (int ky = -1; ky <= 1; ky++) {
        int qy = y + ky * step;
        if (qy < 0 || qy >= f.height) {
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
          if (b != null) {
            float[] second = b.from;
            total2 += weight;
            r2 += weight * second[at];
            g2 += weight * second[at + 1];
            l2 += weight * second[at + 2];
          }
          if (stops) {
            float other = a.brightness(at);
            float ratio = Math.abs(other - own) / (a.contrast * (0.05f + Math.max(own, other)));
            weight *= 1 / (1 + ratio * ratio * 4);
          }
          total += weight;
          r += weight * first[at];
          g += weight * first[at + 1];
          l += weight * first[at + 2];
        }
      }
      put(a.to, i, r, g, l, total);
      if (b != null) {
        put(b.to, i, r2, g2, l2, total2);
      }
    }

    private static void put(float[] to, int i, float r, float g, float b, float total) {
      if (total > 0) {
        to[3 * i] = r / total;
        to[3 * i + 1] = g / total;
        to[3 * i + 2] = b / total;
      } else {
        clear(to, i);
      }
    }

    private static void clear(float[] to, int i) {
      to[3 * i] = 0;
      to[3 * i + 1] = 0;
      to[3 * i + 2] = 0;
    }

    /** Pixels that a pass brings something changed to. */
    private boolean[] reached(boolean[] changed, int step) {
      int w = f.width;
      int h = f.height;
      boolean[] rows = new boolean[changed.length];
      boolean[] all = new boolean[changed.length];
      for (int i = 0; i < changed.length; i++) {
        int x = i % w;
        rows[i] =
            changed[i] || (x >= step && changed[i - step]) || (x + step < w && changed[i + step]);
      }
      for (int i = 0; i < changed.length; i++) {
        int y = i / w;
        all[i] =
            rows[i] || (y >= step && rows[i - step * w]) || (y + step < h && rows[i + step * w]);
      }
      return all;
    }
  }
}
