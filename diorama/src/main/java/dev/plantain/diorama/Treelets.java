package dev.plantain.diorama;

import java.util.Arrays;

/**
 * Arranges a binary hierarchy so that a node is visited together with its children: six boxes side
 * by side, their minima and maxima in rows of six floats. Lanes are left and right child, then the
 * children of the left and those of the right one; lanes without a box hold an empty one. Rows lie
 * so close that vectors of eight reach into the next one.
 */
final class Treelets {
  private static final int LANES = 6;

  /**
   * Row of references: for a leaf as in {@link Bvh#reference}, for grandchildren that are inner
   * nodes the index of their own treelet, for children that are inner nodes no more than not
   * negative.
   */
  private static final int REFERENCES = 6 * LANES;

  /** Floats per treelet: rows of min x y z, max x y z and references. */
  static final int STRIDE = 7 * LANES;

  /** The rows of an axis, near and far planes, together. */
  static final int FAR_X = 3 * LANES;

  static final int FAR_Y = 5 * LANES;
  static final int FAR_Z = 7 * LANES;

  private Treelets() {}

  /**
   * The row whose planes a ray meets first.
   *
   * @param axis 0 to 2
   * @param inverse of the ray's direction along it
   */
  static int near(int axis, float inverse) {
    return inverse < 0 ? (3 + axis) * LANES : axis * LANES;
  }

  /** The reference of a lane of the treelet that begins at {@code at}. */
  static int reference(float[] rows, int at, int lane) {
    return Float.floatToRawIntBits(rows[at + REFERENCES + lane]);
  }

  /**
   * The treelets, their root first.
   *
   * @param nodes see {@link Bvh}
   * @throws IllegalArgumentException if they are no tree, or one that is too deep
   */
  static float[] of(float[] nodes) {
    return new Arranging(nodes).all();
  }

  /** The nodes that treelets were made of. */
  static float[] nodes(float[] rows) {
    return new Restoring(rows).all();
  }

  private static final class Arranging {
    private final float[] nodes;
    private float[] rows;
    private int used;

    Arranging(float[] nodes) {
      this.nodes = nodes;
      rows = new float[STRIDE * Math.max(1, nodes.length / Bvh.STRIDE / 2)];
    }

    float[] all() {
      add(0, 0);
      return Arrays.copyOf(rows, STRIDE * used);
    }

    private int add(int node, int depth) {
      if (depth > Bvh.MAX_DEPTH || used == nodes.length / Bvh.STRIDE) {
        throw new IllegalArgumentException("these nodes are no tree");
      }
      int index = used++;
      int at = STRIDE * index;
      if (at + STRIDE > rows.length) {
        rows = Arrays.copyOf(rows, Math.max(at + STRIDE, rows.length / 2 * 3));
      }
      Arrays.fill(rows, at, at + 3 * LANES, Float.POSITIVE_INFINITY);
      Arrays.fill(rows, at + 3 * LANES, at + REFERENCES, Float.NEGATIVE_INFINITY);
      for (int side = 0; side < 2; side++) {
        int child = Bvh.reference(nodes, node, side);
        put(at, side, node, side, child);
        for (int k = 0; child >= 0 && k < 2; k++) {
          int grandchild = Bvh.reference(nodes, child, k);
          int below = grandchild < 0 ? grandchild : add(grandchild, depth + 2);
          put(at, 2 + 2 * side + k, child, k, below);
        }
      }
      return index;
    }

    /** Copies the box of a node's side into a lane. */
    private void put(int at, int lane, int node, int side, int reference) {
      for (int row = 0; row < 6; row++) {
        rows[at + row * LANES + lane] = nodes[Bvh.STRIDE * node + 6 * side + row];
      }
      rows[at + REFERENCES + lane] = Float.intBitsToFloat(reference);
    }
  }

  /** Numbers nodes as {@link Bvh#build} does: each before what is below it, left before right. */
  private static final class Restoring {
    private final float[] rows;
    private float[] nodes;
    private int used;

    Restoring(float[] rows) {
      this.rows = rows;
      nodes = new float[Bvh.STRIDE * 2 * Math.max(1, rows.length / STRIDE)];
    }

    float[] all() {
      add(0);
      return Arrays.copyOf(nodes, Bvh.STRIDE * used);
    }

    private int add(int treelet) {
      int at = STRIDE * treelet;
      int node = node();
      for (int side = 0; side < 2; side++) {
        int child = reference(rows, at, side);
        if (child >= 0) {
          child = node();
          for (int k = 0; k < 2; k++) {
            int lane = 2 + 2 * side + k;
            int grandchild = reference(rows, at, lane);
            put(child, k, at, lane, grandchild < 0 ? grandchild : add(grandchild));
          }
        }
        put(node, side, at, side, child);
      }
      return node;
    }

    private int node() {
      if (Bvh.STRIDE * (used + 1) > nodes.length) {
        nodes = Arrays.copyOf(nodes, 2 * nodes.length);
      }
      return used++;
    }

    private void put(int node, int side, int at, int lane, int reference) {
      for (int row = 0; row < 6; row++) {
        nodes[Bvh.STRIDE * node + 6 * side + row] = rows[at + row * LANES + lane];
      }
      Bvh.refer(nodes, node, side, reference);
    }
  }
}
