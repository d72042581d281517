package dev.plantain.diorama;

import java.util.List;

/**
 * What differs between a world and the one a frame was made of: all else is reused, which makes an
 * edit cost a fraction of a picture and leaves what it does not reach untouched.
 *
 * @param boxes where shapes came, went or moved: min x y z, max x y z
 * @param repainted the entity whose looks changed but not its shape, or {@link #NOTHING}
 * @param relit whether lights changed
 */
@SuppressWarnings("ArrayRecordComponent") // asked for every ray, where a list takes its time
record Change(float[][] boxes, int repainted, boolean relit) {
  /** No entity, and not the sky either. */
  private static final int NOTHING = -2;

  private static final int SKY = -1;

  static final Change NONE = of(List.of());

  /** Shapes came, went or moved within these boxes. */
  static Change of(List<float[]> boxes) {
    return new Change(boxes.toArray(float[][]::new), NOTHING, false);
  }

  static Change ofLooks(int entity) {
    return new Change(new float[0][], entity, false);
  }

  static Change ofLight() {
    return new Change(new float[0][], SKY, true);
  }

  /** Whether the segment from {@code o} along {@code d} for {@code 0..t} may meet a changed box. */
  boolean touches(float ox, float oy, float oz, float dx, float dy, float dz, float t) {
    if (boxes.length == 0) {
      return false;
    }
    float ix = Ray.inverse(dx);
    float iy = Ray.inverse(dy);
    float iz = Ray.inverse(dz);
    for (float[] b : boxes) {
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
