package dev.plantain.diorama;

/**
 * A ray and what it has hit so far; reused, one per thread of work. World units are metres; {@code
 * t} counts in lengths of the direction, which need not be one.
 */
final class Ray {
  /** Where a mesh's part of the stack begins. */
  static final int MESH_STACK = 2 * Bvh.MAX_DEPTH;

  /** Room for a scene's stack and, above it, a mesh's. */
  final int[] stack = new int[4 * Bvh.MAX_DEPTH];

  /** Where the ray enters what waits on the stack: bits of floats from 0 upwards. */
  final int[] stackNear = new int[4 * Bvh.MAX_DEPTH];

  /**
   * What {@link VectorWalk} asks besides, with the slack that boxes have: bits of where the ray
   * enters a box that nobody has looked at since, or 0.
   */
  final int[] stackInner = new int[4 * Bvh.MAX_DEPTH];

  /** First free place of the stack, for {@link VectorWalk}. */
  int top;

  /** Bits of where the ray enters the boxes of the treelet that {@link VectorWalk} is at. */
  final int[] near = new int[VectorWalk.LANES];

  float ox;
  float oy;
  float oz;
  float dx;
  float dy;
  float dz;

  /** Where to stop; after a hit, where it is. */
  float t;

  /** Index of the instance hit, or -1. */
  int instance = -1;

  int triangle;

  /** Barycentric weight of the second corner. */
  float u;

  /** Barycentric weight of the third corner. */
  float v;

  void set(float ox, float oy, float oz, float dx, float dy, float dz, float tMax) {
    this.ox = ox;
    this.oy = oy;
    this.oz = oz;
    this.dx = dx;
    this.dy = dy;
    this.dz = dz;
    t = tMax;
    instance = -1;
  }

  boolean hit() {
    return instance >= 0;
  }

  /** An inverse that is never infinite, so that no 0 · ∞ arises in the slab test. */
  static float inverse(float d) {
    return d == 0 ? 1e20f : 1f / d;
  }
}
