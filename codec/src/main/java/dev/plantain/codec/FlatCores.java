package dev.plantain.codec;

import java.util.Arrays;

/**
 * Connected flat places. A pixel is flat when it, the pixels two to its left and right, and those
 * two above and below differ by no more than a tolerance (Euclidean, 8-bit levels), beyond the
 * picture's rim taking the rim's pixels.
 *
 * @param region for each pixel the number of its place, from 1, or −1 outside of all
 * @param count how many places there are
 */
@SuppressWarnings("ArrayRecordComponent")
record FlatCores(int[] region, int count) {
  private static final int REACH = 2;

  /**
   * Finds the four-connected flat places of at least {@code least} pixels.
   *
   * @param least smaller ones are chance
   */
  static FlatCores find(byte[] rgb8, int width, int height, double tolerance, int least) {
    int[] region = new int[width * height];
    int limit = (int) (tolerance * tolerance);
    int[] rgb = new int[region.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = Colours.get(rgb8, i);
    }
    // Union-find over provisional numbers; parent[0] is unused.
    int[] parent = new int[1024];
    int[] area = new int[1024];
    int count = 0;
    for (int y = 0, i = 0; y < height; y++) {
      int up = width * (y - Math.max(y - REACH, 0));
      int down = width * (Math.min(y + REACH, height - 1) - y);
      for (int x = 0; x < width; x++, i++) {
        int left = Math.min(x, REACH);
        int right = Math.min(width - 1 - x, REACH);
        int own = rgb[i];
        int west2 = rgb[i - left];
        int north2 = rgb[i - up];
        if (differ(west2, rgb[i + right], limit)
            || differ(north2, rgb[i + down], limit)
            || differ(west2, own, limit)
            || differ(north2, own, limit)) {
          region[i] = InstanceMap.UNASSIGNED;
          continue;
        }
        int west = x > 0 ? region[i - 1] : InstanceMap.UNASSIGNED;
        int north = y > 0 ? region[i - width] : InstanceMap.UNASSIGNED;
        if (west > 0) {
          region[i] = west;
          if (north > 0 && north != west) {
            union(parent, west, north);
          }
        } else if (north > 0) {
          region[i] = north;
        } else {
          if (++count == parent.length) {
            parent = Arrays.copyOf(parent, 2 * count);
            area = Arrays.copyOf(area, 2 * count);
          }
          parent[count] = count;
          region[i] = count;
        }
        area[region[i]]++;
      }
    }
    for (int id = 1; id <= count; id++) {
      int root = find(parent, id);
      area[root] += root == id ? 0 : area[id];
    }
    int[] number = new int[count + 1];
    int kept = 0;
    for (int id = 1; id <= count; id++) {
      int root = find(parent, id);
      if (root == id) {
        number[id] = area[id] >= least ? ++kept : InstanceMap.UNASSIGNED;
      } else {
        number[id] = number[root];
      }
    }
    for (int i = 0; i < region.length; i++) {
      if (region[i] > 0) {
        region[i] = number[region[i]];
      }
    }
    return new FlatCores(region, kept);
  }

  /** Roots are the least of their set, so that they are met before the others. */
  private static void union(int[] parent, int a, int b) {
    int first = find(parent, a);
    int second = find(parent, b);
    parent[Math.max(first, second)] = Math.min(first, second);
  }

  private static int find(int[] parent, int id) {
    int root = id;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  private static boolean differ(int a, int b, int limit) {
    return a != b && Colours.distance2(a, b) > limit;
  }
}
