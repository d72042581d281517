package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;

/**
 * Which volumes are taken: upright boxes turned about the vertical. Two things may overlap by
 * {@link #TOLERANCE} along an axis, which hides the difference between a box and what is in it.
 */
final class Floorplan {
  /** Metres by which boxes may overlap. */
  static final float TOLERANCE = 0.01f;

  /** A taken volume; {@code hw} and {@code hd} are half sizes. */
  record Volume(float x, float z, float hw, float hd, float yaw, float low, float high) {

    static Volume of(Piece p, float margin) {
      return new Volume(
          p.x(), p.z(), p.width() / 2 + margin, p.depth() / 2 + margin, p.yaw(), p.y(), p.top());
    }

    boolean meets(Volume o) {
      if (low >= o.high - TOLERANCE || o.low >= high - TOLERANCE) {
        return false;
      }
      return !separated(this, o) && !separated(o, this);
    }

    /** Whether one of {@code a}'s own axes parts the two rectangles. */
    private static boolean separated(Volume a, Volume b) {
      float dx = b.x - a.x;
      float dz = b.z - a.z;
      float ca = (float) Math.cos(a.yaw);
      float sa = (float) Math.sin(a.yaw);
      float c = Math.abs((float) Math.cos(a.yaw - b.yaw));
      float s = Math.abs((float) Math.sin(a.yaw - b.yaw));
      float alongX = Math.abs(dx * ca - dz * sa);
      float alongZ = Math.abs(dx * sa + dz * ca);
      return alongX >= a.hw + b.hw * c + b.hd * s - TOLERANCE
          || alongZ >= a.hd + b.hw * s + b.hd * c - TOLERANCE;
    }
  }

  private final float x0;
  private final float z0;
  private final float x1;
  private final float z1;
  private final List<Volume> taken = new ArrayList<>();

  /** A plan of a rectangle; nothing may reach out of it. */
  Floorplan(float x0, float z0, float x1, float z1) {
    this.x0 = x0;
    this.z0 = z0;
    this.x1 = x1;
    this.z1 = z1;
  }

  boolean inside(Volume v) {
    float c = Math.abs((float) Math.cos(v.yaw));
    float s = Math.abs((float) Math.sin(v.yaw));
    float ex = v.hw * c + v.hd * s - TOLERANCE;
    float ez = v.hw * s + v.hd * c - TOLERANCE;
    return v.x - ex >= x0 && v.x + ex <= x1 && v.z - ez >= z0 && v.z + ez <= z1;
  }

  boolean free(Volume v) {
    if (!inside(v)) {
      return false;
    }
    for (Volume t : taken) {
      if (t.meets(v)) {
        return false;
      }
    }
    return true;
  }

  void take(Volume v) {
    taken.add(v);
  }
}
