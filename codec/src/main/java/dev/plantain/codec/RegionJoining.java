package dev.plantain.codec;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Joins regions to instances and finds the background among them. */
final class RegionJoining {
  /** Touching regions with a smaller step of colour between them, in levels, are one. */
  private static final double STEP = 9;

  /** Fewer pixels of common border than this say nothing about the step. */
  private static final int LEAST_BORDER = 3;

  /** Regions that do not touch are parts of one instance when their colours agree to this. */
  private static final double SAME = 16;

  /** And when they touch, with a step between them that may be nothing but noise, to this. */
  private static final double SAME_TOUCHING = 10;

  /** More change than this within an instance, in levels, is not drift. */
  private static final double MOST_DRIFT = 100;

  /** Regions of at least this many pixels show a slope of their own. */
  private static final int SLOPED = 100;

  /** Regions with less area than this per pixel of border are thin. */
  private static final double THIN = 1.2;

  /** A colour this near to the line between two others may be a blend of them. */
  private static final double BLEND = 14;

  /** Parts of one instance: their joint bounding box over the sum of their own, at most. */
  private static final double MOST_BOX_GROWTH = 5;

  /** How far the background may be from the prompted colour. */
  private static final double GROUND_DRIFT = 45;

  /** How far other parts of the background may be from the prompted colour or its main part. */
  private static final double GROUND_SPREAD = 28;

  private final Regions regions;
  private final int count;
  private final int[] region;
  private final OptionalInt background;
  private final double softness;
  private final Map<Long, int[]> borders = new HashMap<>();
  private final int[] target;

  /**
   * @param regions the cores of the regions: borders are blended and would bias their colours
   * @param region {@code width * height} region numbers, borders included
   * @param softness see {@link Borders#softness()}
   */
  RegionJoining(Regions regions, int[] region, OptionalInt background, double softness) {
    this.regions = regions;
    this.count = regions.count();
    this.region = region;
    this.background = background;
    this.softness = softness;
    target = new int[count + 1];
  }

  /** For each region the region it is part of, 0 for the background. */
  int[] join() {
    for (int id = 0; id <= count; id++) {
      target[id] = id;
    }
    measureBorders();
    borders.forEach(
        (pair, sums) -> {
          int a = find((int) (pair >> 32));
          int b = find(pair.intValue());
          if (a != b
              && sums[0] >= LEAST_BORDER
              && step(sums) <= STEP + softness
              && difference(larger(a, b), a + b - larger(a, b)) <= SAME) {
            unite(a, b);
          }
        });
    int ground = ground();
    for (int id = 1; id <= count; id++) {
      if (target[id] == id && isGround(id, ground)) {
        target[id] = 0;
      }
    }
    for (int id = 1; id <= count; id++) {
      if (target[id] == 0) {
        regions.absorb(0, id);
      }
    }
    joinParts();
    dissolveBlends();
    int[] result = new int[count + 1];
    for (int id = 1; id <= count; id++) {
      result[id] = find(id);
    }
    return result;
  }

  /** Two pixels on each side: the border itself is blended. */
  private void measureBorders() {
    int width = regions.width();
    int height = regions.height();
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        if (x + 1 < width && region[i] != region[i + 1]) {
          addBorder(i, i + 1, Math.max(x - 2, 0) - x, Math.min(x + 3, width - 1) - x);
        }
        if (y + 1 < height && region[i] != region[i + width]) {
          addBorder(
              i,
              i + width,
              (Math.max(y - 2, 0) - y) * width,
              (Math.min(y + 3, height - 1) - y) * width);
        }
      }
    }
  }

  private void addBorder(int i, int next, int back, int ahead) {
    int a = region[i];
    int b = region[next];
    if (a <= 0 || b <= 0) {
      return;
    }
    int inA = region[i + back] == a ? i + back : i;
    int inB = region[i + ahead] == b ? i + ahead : next;
    long pair = a < b ? (long) a << 32 | b : (long) b << 32 | a;
    int sign = a < b ? 1 : -1;
    int[] sums = borders.computeIfAbsent(pair, key -> new int[4]);
    sums[0]++;
    int colourA = regions.colourAt(inA);
    int colourB = regions.colourAt(inB);
    sums[1] += sign * ((colourB >> 16) - (colourA >> 16));
    sums[2] += sign * ((colourB >> 8 & 0xff) - (colourA >> 8 & 0xff));
    sums[3] += sign * ((colourB & 0xff) - (colourA & 0xff));
  }

  private static double step(int[] sums) {
    return Math.sqrt(
            (double) sums[1] * sums[1] + (double) sums[2] * sums[2] + (double) sums[3] * sums[3])
        / sums[0];
  }

  private int larger(int a, int b) {
    return regions.area(a) >= regions.area(b) ? a : b;
  }

  private void unite(int a, int b) {
    int keep = larger(a, b);
    target[a + b - keep] = keep;
    regions.absorb(keep, a + b - keep);
  }

  private int find(int id) {
    int root = id;
    while (target[root] != root) {
      root = target[root];
    }
    return root;
  }

  /** The background's main region, or 0 if none is. */
  private int ground() {
    int best = 0;
    long most = 0;
    int[] rim = regions.rim(region);
    for (int id = 1; id <= count; id++) {
      rim[find(id)] += find(id) == id ? 0 : rim[id];
    }
    for (int id = 1; id <= count; id++) {
      if (find(id) != id) {
        continue;
      }
      boolean fits =
          background.isEmpty()
              || Colours.distance(regions.meanColour(id), background.getAsInt()) <= GROUND_DRIFT;
      // Of an unknown background only the picture's rim can tell.
      long size = background.isPresent() ? regions.area(id) : rim[id];
      if (fits && size > most) {
        most = size;
        best = id;
      }
    }
    return best;
  }

  private boolean isGround(int id, int ground) {
    int colour = regions.meanColour(id);
    return ground != 0
        && (id == ground
            || Colours.distance(colour, regions.meanColour(ground)) <= SAME
            || Colours.distance(colour, background.orElse(regions.meanColour(ground)))
                <= GROUND_SPREAD);
  }

  /** Largest first: a region joins the largest one it fits, whose colours are the most certain. */
  private void joinParts() {
    int[] order = new int[count];
    int roots = 0;
    for (int id = 1; id <= count; id++) {
      if (target[id] == id) {
        order[roots++] = id;
      }
    }
    int[] sorted =
        Arrays.stream(order, 0, roots)
            .boxed()
            .sorted((a, b) -> Integer.compare(regions.area(b), regions.area(a)))
            .mapToInt(Integer::intValue)
            .toArray();
    int heads = 0;
    for (int id : sorted) {
      int best = id;
      double nearest = Double.POSITIVE_INFINITY;
      for (int k = 0; k < heads; k++) {
        int head = sorted[k];
        double difference = difference(head, id);
        if (difference <= nearest
            && difference <= (touch(head, id) ? SAME_TOUCHING + 1.5 * softness : SAME + softness)
            && regions.jointBox(id, head)
                <= MOST_BOX_GROWTH * (regions.box(id) + regions.box(head))) {
          best = head;
          nearest = difference;
        }
      }
      if (best == id) {
        sorted[heads++] = id;
      } else {
        target[id] = best;
        regions.absorb(best, id);
      }
    }
  }

  /**
   * A thin region between two larger ones whose colour is a blend of theirs is no instance: it goes
   * to the nearer of the two.
   */
  private void dissolveBlends() {
    int[] areas = new int[count + 1];
    for (int id : region) {
      areas[id < 0 ? 0 : find(id)]++;
    }
    Map<Integer, Map<Integer, Integer>> contacts = new HashMap<>();
    borders.forEach(
        (pair, sums) -> {
          int a = find((int) (pair >> 32));
          int b = find(pair.intValue());
          if (a != b) {
            contacts.computeIfAbsent(a, key -> new HashMap<>()).merge(b, sums[0], Integer::sum);
            contacts.computeIfAbsent(b, key -> new HashMap<>()).merge(a, sums[0], Integer::sum);
          }
        });
    Map<Integer, Integer> moves = new HashMap<>();
    contacts.forEach(
        (id, around) -> {
          int length = around.values().stream().mapToInt(Integer::intValue).sum();
          if (id == 0 || areas[id] > length * (THIN + softness / 4)) {
            return;
          }
          int colour = regions.meanColour(id);
          for (int a : around.keySet()) {
            for (int b : around.keySet()) {
              boolean larger =
                  regions.area(a) > regions.area(id) && regions.area(b) > regions.area(id);
              int first = regions.meanColour(a);
              int second = regions.meanColour(b);
              if (a != b
                  && larger
                  && Colours.distanceFromLine(colour, first, second) <= BLEND + 2 * softness) {
                boolean toFirst =
                    Colours.distance2(colour, first) <= Colours.distance2(colour, second);
                moves.put(id, toFirst ? a : b);
              }
            }
          }
        });
    moves.forEach(
        (id, to) -> {
          if (find(to) != id) {
            target[id] = find(to);
          }
        });
  }

  /** Of two mean colours, or, if less, of what the larger's drift predicts at the smaller. */
  private double difference(int large, int small) {
    double plain = Colours.distance(regions.meanColour(large), regions.meanColour(small));
    if (plain > MOST_DRIFT) {
      return plain;
    }
    double predicted = regions.predictedDifference(large, small, 1);
    if (regions.area(small) >= SLOPED) {
      predicted = Math.min(predicted, regions.predictedDifference(large, small, 0.5));
    }
    return Math.min(plain, predicted);
  }

  private boolean touch(int a, int b) {
    int[] sums = borders.get(a < b ? (long) a << 32 | b : (long) b << 32 | a);
    return sums != null && sums[0] >= LEAST_BORDER;
  }
}
