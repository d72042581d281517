package dev.plantain.diorama;

import java.util.List;
import java.util.Set;

/**
 * What differs between a world and the one a frame was made of: all else is reused, which makes an
 * edit cost a fraction of a picture and leaves what it does not reach untouched.
 *
 * @param boxes where shapes came, went or moved: min x y z, max x y z
 * @param repainted entities whose looks changed but not their shape
 * @param relit whether lights changed
 */
record Change(List<float[]> boxes, Set<Integer> repainted, boolean relit) {
  static final Change NONE = new Change(List.of(), Set.of(), false);

  /** Whether the segment from {@code o} along {@code d} for {@code 0..t} may meet a changed box. */
  boolean touches(float ox, float oy, float oz, float dx, float dy, float dz, float t) {
    for (float[] b : boxes) {
      float ix = Ray.inverse(dx);
      float iy = Ray.inverse(dy);
      float iz = Ray.inverse(dz);
      float ax = (b[0] - ox) * ix;
      float bx = (b[3] - ox) * ix;
      float ay = (b[1] - oy) * iy;
      float by = (b[4] - oy) * iy;
      float az = (b[2] - oz) * iz;
      float bz = (b[5] - oz) * iz;
      float near = Math.max(Math.max(Math.min(ax, bx), Math.min(ay, by)), Math.min(az, bz));
      float far = Math.min(Math.min(Math.max(ax, bx), Math.max(ay, by)), Math.max(az, bz));
      if (far >= Math.max(0, near) && near <= t) {
        return true;
      }
    }
    return false;
  }
}
