package dev.plantain.diorama;

import java.util.Arrays;

/**
 * Arranges a binary hierarchy so that a node is visited together with its children: six boxes side
 * by side, minima and maxima in rows of eight floats. Lanes are left and right child, then the
 * children of the left and those of the right one; lanes without a box hold an empty one.
 */
final class Treelets {
  /** Floats per row, the last two of them unused. */
  static final int LANES = 8;

  /**
   * Row of references: for a leaf as in {@link Bvh#reference}, for grandchildren that are inner
   * nodes the index of their own treelet, for children that are inner nodes no more than not
   * negative.
   */
  static final int REFERENCES = 6 * LANES;

  /** Floats per treelet: rows of min x y z, max x y z and references. */
  static final int STRIDE = 7 * LANES;

  private final float[] nodes;
  private float[] rows;
  private int used;

  private Treelets(float[] nodes) {
    this.nodes = nodes;
    rows = new float[STRIDE * Math.max(1, nodes.length / Bvh.STRIDE / 2)];
  }

  /**
   * The treelets, their root first.
   *
   * @param nodes see {@link Bvh}
   */
  static float[] of(float[] nodes) {
    Treelets treelets = new Treelets(nodes);
    treelets.add(0);
    return Arrays.copyOf(treelets.rows, STRIDE * treelets.used);
  }

  private int add(int node) {
    int index = used++;
    int at = STRIDE * index;
    if (at + STRIDE > rows.length) {
      rows = Arrays.copyOf(rows, 2 * rows.length);
    }
    Arrays.fill(rows, at, at + 3 * LANES, Float.POSITIVE_INFINITY);
    Arrays.fill(rows, at + 3 * LANES, at + REFERENCES, Float.NEGATIVE_INFINITY);
    for (int side = 0; side < 2; side++) {
      int child = Bvh.reference(nodes, node, side);
      put(index, side, node, side, child);
      for (int k = 0; child >= 0 && k < 2; k++) {
        int grandchild = Bvh.reference(nodes, child, k);
        put(index, 2 + 2 * side + k, child, k, grandchild < 0 ? grandchild : add(grandchild));
      }
    }
    return index;
  }

  /** Copies the box of a node's side into a lane. */
  private void put(int index, int lane, int node, int side, int reference) {
    int at = STRIDE * index + lane;
    for (int row = 0; row < 6; row++) {
      rows[at + row * LANES] = nodes[Bvh.STRIDE * node + 6 * side + row];
    }
    rows[at + REFERENCES] = Float.intBitsToFloat(reference);
  }

  /** The reference of a lane. */
  static int reference(float[] rows, int at, int lane) {
    return Float.floatToRawIntBits(rows[at + REFERENCES + lane]);
  }
}
