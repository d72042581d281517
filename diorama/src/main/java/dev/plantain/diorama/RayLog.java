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

  /** Entries per piece of memory; larger arrays burden the collector. */
  private static final int PIECE_BITS = 12;

  private static final int PIECE_MASK = (1 << PIECE_BITS) - 1;

  /** Where each part of the work on each pixel begins. */
  private final int[] first;

  private int opened = -1;
  private int count;
  private float[][] rays = new float[16][];
  private int[][] hits = new int[16][];

  /**
   * @param parts how many times each pixel is worked on
   */
  RayLog(int pixels, int parts) {
    first = new int[pixels * parts + 1];
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
    int piece = count >> PIECE_BITS;
    if ((count & PIECE_MASK) == 0) {
      if (piece == rays.length) {
        rays = Arrays.copyOf(rays, 2 * piece);
        hits = Arrays.copyOf(hits, 2 * piece);
      }
      rays[piece] = new float[RAY << PIECE_BITS];
      hits[piece] = new int[HIT << PIECE_BITS];
    }
    float[] to = rays[piece];
    int at = RAY * (count & PIECE_MASK);
    to[at] = r.ox;
    to[at + 1] = r.oy;
    to[at + 2] = r.oz;
    to[at + 3] = r.dx;
    to[at + 4] = r.dy;
    to[at + 5] = r.dz;
    to[at + 6] = r.t;
    return count++;
  }

  void met(int entry, Ray r) {
    int[] to = hits[entry >> PIECE_BITS];
    int at = HIT * (entry & PIECE_MASK);
    to[at] = r.instance;
    to[at + 1] = r.triangle;
    to[at + 2] = Float.floatToRawIntBits(r.t);
    to[at + 3] = Float.floatToRawIntBits(r.u);
    to[at + 4] = Float.floatToRawIntBits(r.v);
  }

  void met(int entry, boolean blocked) {
    hits[entry >> PIECE_BITS][HIT * (entry & PIECE_MASK)] = blocked ? BLOCKED : CLEAR;
  }

  boolean same(int entry, Ray r) {
    float[] of = rays[entry >> PIECE_BITS];
    int at = RAY * (entry & PIECE_MASK);
    return of[at + 3] == r.dx
        && of[at + 4] == r.dy
        && of[at + 5] == r.dz
        && of[at] == r.ox
        && of[at + 1] == r.oy
        && of[at + 2] == r.oz
        && of[at + 6] == r.t;
  }

  /** The instance hit, -1 for none, or {@link #CLEAR} or {@link #BLOCKED}. */
  int instance(int entry) {
    return hits[entry >> PIECE_BITS][HIT * (entry & PIECE_MASK)];
  }

  /** Distance to what was hit, or the ray's limit. */
  float t(int entry) {
    return Float.intBitsToFloat(hits[entry >> PIECE_BITS][HIT * (entry & PIECE_MASK) + 2]);
  }

  void recall(int entry, Ray r) {
    int[] of = hits[entry >> PIECE_BITS];
    int at = HIT * (entry & PIECE_MASK);
    r.instance = of[at];
    r.triangle = of[at + 1];
    r.t = Float.intBitsToFloat(of[at + 2]);
    r.u = Float.intBitsToFloat(of[at + 3]);
    r.v = Float.intBitsToFloat(of[at + 4]);
  }
}
