package dev.plantain.eval.metric;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The largest one-to-one matching of two sets of pixels within a distance (Hopcroft and Karp),
 * nearer partners tried first.
 */
final class EdgeMatching {
  private static final int FREE = -1;
  private static final int FAR = Integer.MAX_VALUE;

  private final int[] offsets;
  private final int width;
  private final int height;
  private final int[] left;
  private final int[] right;
  private final int[] nodeOf;
  private final int[] partner;
  private final int[] partnerOfRight;
  private final int[] level;

  private EdgeMatching(boolean[] a, boolean[] b, int width, int height, double reach) {
    this.width = width;
    this.height = height;
    left = indices(a);
    right = indices(b);
    nodeOf = new int[b.length];
    Arrays.fill(nodeOf, FREE);
    for (int j = 0; j < right.length; j++) {
      nodeOf[right[j]] = j;
    }
    offsets = offsets(reach);
    partner = new int[left.length];
    partnerOfRight = new int[right.length];
    level = new int[left.length];
    Arrays.fill(partner, FREE);
    Arrays.fill(partnerOfRight, FREE);
  }

  /**
   * Matches predicted to true pixels.
   *
   * @param matchedPredicted is set true where a predicted pixel found a partner; not cleared
   * @return the number of pairs
   */
  static int match(
      boolean[] predicted,
      boolean[] truth,
      int width,
      int height,
      double reach,
      boolean[] matchedPredicted) {
    EdgeMatching matching = new EdgeMatching(predicted, truth, width, height, reach);
    while (matching.layer()) {
      for (int i = 0; i < matching.left.length; i++) {
        if (matching.partner[i] == FREE) {
          matching.extend(i);
        }
      }
    }
    int pairs = 0;
    for (int i = 0; i < matching.left.length; i++) {
      if (matching.partner[i] != FREE) {
        matchedPredicted[matching.left[i]] = true;
        pairs++;
      }
    }
    return pairs;
  }

  private static int[] indices(boolean[] set) {
    int n = 0;
    for (boolean s : set) {
      n += s ? 1 : 0;
    }
    int[] all = new int[n];
    n = 0;
    for (int i = 0; i < set.length; i++) {
      if (set[i]) {
        all[n++] = i;
      }
    }
    return all;
  }

  /** Offsets within reach as {@code (dy + 128) << 8 | (dx + 128)}, nearest first. */
  private static int[] offsets(double reach) {
    int r = (int) Math.min(100, Math.floor(reach));
    return java.util.stream.IntStream.rangeClosed(-r, r)
        .boxed()
        .flatMap(
            dy ->
                java.util.stream.IntStream.rangeClosed(-r, r)
                    .filter(dx -> dx * dx + dy * dy <= reach * reach)
                    .mapToObj(dx -> new int[] {dx * dx + dy * dy, (dy + 128) << 8 | (dx + 128)}))
        .sorted(java.util.Comparator.comparingInt(o -> o[0]))
        .mapToInt(o -> o[1])
        .toArray();
  }

  /** The truth node at an offset of a predicted pixel, or {@link #FREE}. */
  private int neighbour(int i, int offset) {
    int x = left[i] % width + (offset & 0xff) - 128;
    int y = left[i] / width + (offset >> 8) - 128;
    return x < 0 || y < 0 || x >= width || y >= height ? FREE : nodeOf[y * width + x];
  }

  private boolean layer() {
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    for (int i = 0; i < left.length; i++) {
      level[i] = partner[i] == FREE ? 0 : FAR;
      if (level[i] == 0) {
        queue.add(i);
      }
    }
    boolean reachable = false;
    while (!queue.isEmpty()) {
      int i = queue.remove();
      for (int offset : offsets) {
        int j = neighbour(i, offset);
        if (j == FREE) {
          continue;
        }
        int next = partnerOfRight[j];
        if (next == FREE) {
          reachable = true;
        } else if (level[next] == FAR) {
          level[next] = level[i] + 1;
          queue.add(next);
        }
      }
    }
    return reachable;
  }

  /** Depth-first along the layers, on a stack of its own: paths can be long. */
  private boolean extend(int start) {
    ArrayDeque<int[]> stack = new ArrayDeque<>();
    stack.push(new int[] {start, 0, FREE});
    while (!stack.isEmpty()) {
      int[] top = stack.element();
      int i = top[0];
      boolean deeper = false;
      while (top[1] < offsets.length) {
        int j = neighbour(i, offsets[top[1]++]);
        if (j == FREE) {
          continue;
        }
        int next = partnerOfRight[j];
        if (next == FREE) {
          top[2] = j;
          for (int[] step : stack) {
            partner[step[0]] = step[2];
            partnerOfRight[step[2]] = step[0];
          }
          return true;
        }
        if (level[next] == level[i] + 1) {
          top[2] = j;
          stack.push(new int[] {next, 0, FREE});
          deeper = true;
          break;
        }
      }
      if (!deeper) {
        level[i] = FAR;
        stack.pop();
      }
    }
    return false;
  }
}
