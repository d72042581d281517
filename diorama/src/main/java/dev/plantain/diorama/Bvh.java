package dev.plantain.diorama;

import java.util.Arrays;

/**
 * A bounding volume hierarchy in flat arrays, built top-down with the binned surface area heuristic
 * (Wald 2007, "On fast Construction of SAH-based Bounding Volume Hierarchies").
 *
 * <p>A node holds both of its children's boxes, so that one visit decides about two subtrees.
 *
 * @param nodes 16 per node, which is a cache line: left child's min x y z, max x y z, then the
 *     right child's, then both children's {@link #reference references} as raw bits, two unused
 * @param order leaf order of the primitives
 */
@SuppressWarnings("ArrayRecordComponent") // flat arrays are the point
record Bvh(float[] nodes, int[] order) {
  /** Floats per node. */
  static final int STRIDE = 16;

  private static final int REFERENCES = 12;

  private static final int BINS = 16;
  static final int MAX_DEPTH = 60;

  /** Bits of an entry distance that means none: more than those of any number. */
  static final int MISSED = Integer.MAX_VALUE;

  /**
   * What a node says of its child on side 0 or 1: the index of an inner node, or for a leaf a
   * negative number whose lower 31 bits are {@code first << 4 | count} in {@link #order}. These
   * bits are never those of a NaN, so that they survive in a float.
   */
  static int reference(float[] nodes, int node, int side) {
    return Float.floatToRawIntBits(nodes[STRIDE * node + REFERENCES + side]);
  }

  static void refer(float[] nodes, int node, int side, int reference) {
    nodes[STRIDE * node + REFERENCES + side] = Float.intBitsToFloat(reference);
  }

  /**
   * Where a ray enters a box: the greatest of three distances to its near planes, or 0 within it.
   * Compared as whole numbers, which order floats from 0 upwards alike and take a third of the
   * instructions; below 0 they do not, but there 0 is the greatest.
   */
  static float entry(float x, float y, float z) {
    return Float.intBitsToFloat(
        Math.max(
            Math.max(Float.floatToRawIntBits(x), Float.floatToRawIntBits(y)),
            Math.max(Float.floatToRawIntBits(z), 0)));
  }

  /**
   * Where a ray leaves a box: the least of three distances to its far planes and of {@code limit},
   * or some number below 0 if one of them is.
   */
  static float exit(float x, float y, float z, float limit) {
    return Float.intBitsToFloat(
        Math.min(
            Math.min(Float.floatToRawIntBits(x), Float.floatToRawIntBits(y)),
            Math.min(Float.floatToRawIntBits(z), Float.floatToRawIntBits(limit))));
  }

  private static float leaf(int first, int count) {
    return Float.intBitsToFloat(Integer.MIN_VALUE | first << 4 | count);
  }

  /**
   * Builds over {@code count} boxes.
   *
   * @param boxes 6 per primitive: min x y z, max x y z
   * @param leafSize most primitives per leaf, at most 15
   */
  static Bvh build(float[] boxes, int count, int leafSize) {
    return new Builder(boxes, count, leafSize).build();
  }

  private static final class Builder {
    private final float[] boxes;
    private final float[] centroids;
    private final int leafSize;
    private final int[] order;
    private float[] nodes;
    private int used;
    private final int[] binCount = new int[BINS];
    private final float[] binBox = new float[BINS * 6];
    private final float[] rightArea = new float[BINS];

    Builder(float[] boxes, int count, int leafSize) {
      this.boxes = boxes;
      this.leafSize = leafSize;
      centroids = new float[3 * count];
      order = new int[count];
      for (int i = 0; i < count; i++) {
        order[i] = i;
        for (int axis = 0; axis < 3; axis++) {
          centroids[3 * i + axis] = 0.5f * (boxes[6 * i + axis] + boxes[6 * i + 3 + axis]);
        }
      }
      int guess = Math.max(1, count);
      nodes = new float[STRIDE * guess];
    }

    Bvh build() {
      int n = order.length;
      int root = node();
      if (n <= leafSize) {
        child(root, 0, 0, n, 0);
        emptyChild(root);
      } else {
        split(root, 0, n, 0);
      }
      return new Bvh(Arrays.copyOf(nodes, STRIDE * used), order);
    }

    private int node() {
      if (STRIDE * (used + 1) > nodes.length) {
        nodes = Arrays.copyOf(nodes, nodes.length * 2);
      }
      return used++;
    }

    private void emptyChild(int node) {
      reset(nodes, STRIDE * node + 6);
      nodes[STRIDE * node + REFERENCES + 1] = leaf(0, 0);
    }

    /** Fills one slot of a node with the range {@code [from, to)} and goes on below it. */
    private void child(int node, int slot, int from, int to, int depth) {
      enclose(from, to, nodes, STRIDE * node + 6 * slot);
      int size = to - from;
      if (size <= leafSize) {
        nodes[STRIDE * node + REFERENCES + slot] = leaf(from, size);
      } else {
        int inner = node();
        nodes[STRIDE * node + REFERENCES + slot] = Float.intBitsToFloat(inner);
        split(inner, from, to, depth);
      }
    }

    private void split(int node, int from, int to, int depth) {
      int middle = depth < MAX_DEPTH - 26 ? partition(from, to) : -1;
      if (middle <= from || middle >= to) {
        middle = (from + to) >>> 1; // coincident centroids or a degenerate tree: halve
      }
      child(node, 0, from, middle, depth + 1);
      child(node, 1, middle, to, depth + 1);
    }

    private int partition(int from, int to) {
      float bestCost = Float.POSITIVE_INFINITY;
      int bestAxis = -1;
      int bestBin = -1;
      float bestLow = 0;
      float bestScale = 0;
      for (int axis = 0; axis < 3; axis++) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
          float c = centroids[3 * order[i] + axis];
          low = Math.min(low, c);
          high = Math.max(high, c);
        }
        if (!(high > low)) {
          continue;
        }
        float scale = BINS * 0.9999f / (high - low);
        if (!Float.isFinite(scale)) {
          continue;
        }
        Arrays.fill(binCount, 0);
        for (int b = 0; b < BINS; b++) {
          reset(binBox, 6 * b);
        }
        for (int i = from; i < to; i++) {
          int p = order[i];
          int b = (int) ((centroids[3 * p + axis] - low) * scale);
          binCount[b]++;
          grow(binBox, 6 * b, boxes, 6 * p);
        }
        float[] sweep = new float[6];
        reset(sweep, 0);
        int rightCount = 0;
        for (int b = BINS - 1; b > 0; b--) {
          rightCount += binCount[b];
          grow(sweep, 0, binBox, 6 * b);
          rightArea[b] = rightCount == 0 ? 0 : area(sweep) * rightCount;
        }
        reset(sweep, 0);
        int leftCount = 0;
        for (int b = 0; b < BINS - 1; b++) {
          leftCount += binCount[b];
          grow(sweep, 0, binBox, 6 * b);
          if (leftCount == 0 || leftCount == to - from) {
            continue;
          }
          float cost = area(sweep) * leftCount + rightArea[b + 1];
          if (cost < bestCost) {
            bestCost = cost;
            bestAxis = axis;
            bestBin = b;
            bestLow = low;
            bestScale = scale;
          }
        }
      }
      if (bestAxis < 0) {
        return -1;
      }
      int i = from;
      int j = to - 1;
      while (i <= j) {
        int bin = (int) ((centroids[3 * order[i] + bestAxis] - bestLow) * bestScale);
        if (bin <= bestBin) {
          i++;
        } else {
          int swap = order[i];
          order[i] = order[j];
          order[j--] = swap;
        }
      }
      return i;
    }

    private void enclose(int from, int to, float[] out, int at) {
      reset(out, at);
      for (int i = from; i < to; i++) {
        grow(out, at, boxes, 6 * order[i]);
      }
    }

    private static void reset(float[] box, int at) {
      for (int axis = 0; axis < 3; axis++) {
        box[at + axis] = Float.POSITIVE_INFINITY;
        box[at + 3 + axis] = Float.NEGATIVE_INFINITY;
      }
    }

    private static void grow(float[] box, int at, float[] other, int from) {
      for (int axis = 0; axis < 3; axis++) {
        box[at + axis] = Math.min(box[at + axis], other[from + axis]);
        box[at + 3 + axis] = Math.max(box[at + 3 + axis], other[from + 3 + axis]);
      }
    }

    private static float area(float[] box) {
      float x = box[3] - box[0];
      float y = box[4] - box[1];
      float z = box[5] - box[2];
      return x < 0 ? 0 : x * y + y * z + z * x;
    }
  }
}
