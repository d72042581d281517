package dev.plantain.diorama;

import java.util.Arrays;

/**
 * The rays of a picture with what they met, pixel by pixel and in the order in which they were
 * traced.
 */
final class RayLog {
  /** What an occlusion ray has in the place of an instance. */
  static final int CLEAR = -2;

  static final int BLOCKED = -3;

  private static final int RAY = 7;
  private static final int HIT = 5;

  /** Where each part of the work on each pixel begins. */
  private final int[] first;

  private int opened = -1;
  private int count;
  private float[] rays;
  private int[] hits;

  /**
   * @param parts how many times each pixel is worked on
   */
  RayLog(int pixels, int parts) {
    first = new int[pixels * parts + 1];
    rays = new float[RAY * 8 * pixels];
    hits = new int[HIT * 8 * pixels];
  }

  /** Rays that follow belong to this part, whose number is above those of the parts before. */
  void open(int part) {
    while (opened < part) {
      first[++opened] = count;
    }
  }

  void close() {
    open(first.length - 1);
  }

  int first(int part) {
    return first[part];
  }

  int end(int part) {
    return first[part + 1];
  }

  /** Notes a ray before it is traced; answers its number. */
  int add(Ray r) {
    if (RAY * (count + 1) > rays.length) {
      rays = Arrays.copyOf(rays, 2 * rays.length);
      hits = Arrays.copyOf(hits, 2 * hits.length);
    }
    int at = RAY * count;
    rays[at] = r.ox;
    rays[at + 1] = r.oy;
    rays[at + 2] = r.oz;
    rays[at + 3] = r.dx;
    rays[at + 4] = r.dy;
    rays[at + 5] = r.dz;
    rays[at + 6] = r.t;
    return count++;
  }

  void met(int entry, Ray r) {
    int at = HIT * entry;
    hits[at] = r.instance;
    hits[at + 1] = r.triangle;
    hits[at + 2] = Float.floatToRawIntBits(r.t);
    hits[at + 3] = Float.floatToRawIntBits(r.u);
    hits[at + 4] = Float.floatToRawIntBits(r.v);
  }

  void met(int entry, boolean blocked) {
    hits[HIT * entry] = blocked ? BLOCKED : CLEAR;
  }

  boolean same(int entry, Ray r) {
    int at = RAY * entry;
    return rays[at + 3] == r.dx
        && rays[at + 4] == r.dy
        && rays[at + 5] == r.dz
        && rays[at] == r.ox
        && rays[at + 1] == r.oy
        && rays[at + 2] == r.oz
        && rays[at + 6] == r.t;
  }

  /** The instance hit, -1 for none, or {@link #CLEAR} or {@link #BLOCKED}. */
  int instance(int entry) {
    return hits[HIT * entry];
  }

  /** Distance to what was hit, or the ray's limit. */
  float t(int entry) {
    return Float.intBitsToFloat(hits[HIT * entry + 2]);
  }

  void recall(int entry, Ray r) {
    int at = HIT * entry;
    r.instance = hits[at];
    r.triangle = hits[at + 1];
    r.t = Float.intBitsToFloat(hits[at + 2]);
    r.u = Float.intBitsToFloat(hits[at + 3]);
    r.v = Float.intBitsToFloat(hits[at + 4]);
  }
}
