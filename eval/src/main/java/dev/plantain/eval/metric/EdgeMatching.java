package dev.plantain.eval.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * The one-to-one matching of two sets of pixels within a distance that has most pairs and, of
 * those, the least sum of distances, in hundredths of a pixel as the BSDS benchmark counts them.
 * Shortest augmenting paths with potentials (Jonker and Volgenant, 1987) on the sparse graph; a
 * pixel may stay alone at a price above that of any path.
 */
final class EdgeMatching {
  private static final int FREE = -1;

  private final int width;
  private final int height;
  private final int[] left;
  private final int[] right;
  private final int[] nodeOf;

  /** Offsets within reach, nearest first. */
  private final int[] dx;

  private final int[] dy;
  private final int[] cost;

  /** What a pixel pays to stay alone. */
  private final long alone;

  /** Partners: of a left pixel a right one, or {@code right.length} plus itself for nobody. */
  private final int[] partner;

  private final int[] partnerOfRight;
  private final long[] leftPrice;
  private final long[] rightPrice;
  private final long[] distance;
  private final int[] from;
  private final int[] seenIn;
  private final int[] finalIn;
  private int round;

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
    int r = (int) Math.floor(reach);
    int[] offsets =
        IntStream.range(0, (2 * r + 1) * (2 * r + 1))
            .filter(k -> square(k, r) <= reach * reach)
            .boxed()
            .sorted(Comparator.comparingInt(k -> square(k, r)))
            .mapToInt(k -> k)
            .toArray();
    dx = Arrays.stream(offsets).map(k -> k % (2 * r + 1) - r).toArray();
    dy = Arrays.stream(offsets).map(k -> k / (2 * r + 1) - r).toArray();
    cost =
        Arrays.stream(offsets).map(k -> (int) Math.round(100 * Math.sqrt(square(k, r)))).toArray();
    alone = 1_000_000L * (r + 1);
    partner = new int[left.length];
    Arrays.fill(partner, FREE);
    partnerOfRight = new int[right.length];
    Arrays.fill(partnerOfRight, FREE);
    leftPrice = new long[left.length];
    int nodes = right.length + left.length;
    rightPrice = new long[nodes];
    distance = new long[nodes];
    from = new int[nodes];
    seenIn = new int[nodes];
    finalIn = new int[nodes];
  }

  private static int square(int offset, int r) {
    int x = offset % (2 * r + 1) - r;
    int y = offset / (2 * r + 1) - r;
    return x * x + y * y;
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
    matching.takeNearest();
    for (int i = 0; i < matching.left.length; i++) {
      if (matching.partner[i] == FREE) {
        matching.augment(i);
      }
    }
    int pairs = 0;
    for (int i = 0; i < matching.left.length; i++) {
      if (matching.partner[i] < matching.right.length) {
        matchedPredicted[matching.left[i]] = true;
        pairs++;
      }
    }
    return pairs;
  }

  private static int[] indices(boolean[] set) {
    return IntStream.range(0, set.length).filter(i -> set[i]).toArray();
  }

  /** The true pixel at an offset of a predicted one, or {@link #FREE}. */
  private int neighbour(int i, int offset) {
    int x = left[i] % width + dx[offset];
    int y = left[i] / width + dy[offset];
    return x < 0 || y < 0 || x >= width || y >= height ? FREE : nodeOf[y * width + x];
  }

  /** Prices that let everyone have the nearest partner for nothing, and those partners, if free. */
  private void takeNearest() {
    for (int i = 0; i < left.length; i++) {
      leftPrice[i] = alone;
      for (int k = 0; k < cost.length; k++) {
        int j = neighbour(i, k);
        if (j == FREE) {
          continue;
        }
        if (leftPrice[i] == alone) {
          leftPrice[i] = cost[k];
        } else if (cost[k] > leftPrice[i]) {
          break;
        }
        if (partnerOfRight[j] == FREE) {
          partner[i] = j;
          partnerOfRight[j] = i;
          break;
        }
      }
    }
  }

  private record Step(long distance, int node) implements Comparable<Step> {
    @Override
    public int compareTo(Step other) {
      int byDistance = Long.compare(distance, other.distance);
      return byDistance != 0 ? byDistance : Integer.compare(node, other.node);
    }
  }

  /** Gives a pixel a partner, or nobody, along the cheapest path of exchanges. */
  private void augment(int start) {
    round++;
    PriorityQueue<Step> queue = new PriorityQueue<>();
    int[] done = new int[16];
    int finished = 0;
    scan(start, 0, queue);
    int end;
    while (true) {
      Step step = queue.remove(); // never empty: everyone may stay alone
      int j = step.node;
      if (finalIn[j] == round) {
        continue;
      }
      finalIn[j] = round;
      if (j >= right.length || partnerOfRight[j] == FREE) {
        end = j;
        break;
      }
      if (finished == done.length) {
        done = Arrays.copyOf(done, 2 * finished);
      }
      done[finished++] = j;
      scan(partnerOfRight[j], step.distance, queue);
    }
    long total = distance[end];
    leftPrice[start] += total;
    for (int k = 0; k < finished; k++) {
      long rise = total - distance[done[k]];
      leftPrice[partnerOfRight[done[k]]] += rise;
      rightPrice[done[k]] -= rise;
    }
    int j = end;
    while (true) {
      int i = from[j];
      int before = partner[i];
      partner[i] = j;
      if (j < right.length) {
        partnerOfRight[j] = i;
      }
      if (i == start) {
        return;
      }
      j = before;
    }
  }

  private void scan(int i, long base, PriorityQueue<Step> queue) {
    reach(i, right.length + i, base + alone - leftPrice[i] - rightPrice[right.length + i], queue);
    for (int k = 0; k < cost.length; k++) {
      int j = neighbour(i, k);
      if (j != FREE) {
        reach(i, j, base + cost[k] - leftPrice[i] - rightPrice[j], queue);
      }
    }
  }

  private void reach(int i, int node, long along, PriorityQueue<Step> queue) {
    if (finalIn[node] != round && (seenIn[node] != round || along < distance[node])) {
      seenIn[node] = round;
      distance[node] = along;
      from[node] = i;
      queue.add(new Step(along, node));
    }
  }
}
