package dev.plantain.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads a soft drawing whose colours say where each instance is, as {@link InstancePaint} paints
 * them on black. A generator that draws in one step and is not sure draws the mean of what could be
 * there: a pixel is as bright as it is likely to be of an instance, and its hue runs from one
 * instance's to the next's instead of stepping. There are no flat places to begin from; but as the
 * hue is a known function of the instance's column, every pixel votes for a column:
 *
 * <ol>
 *   <li>What is less bright than a share of the paint at this height is background.
 *   <li>Votes pile up at the instances' columns; between two piles there is a valley.
 *   <li>The pixels of a pile are its connected parts, but for scraps.
 * </ol>
 */
final class PlacedInstances {
  /** How bright a pixel is at least, of the paint at its height. */
  private static final double LIKELY = 0.6;

  /** Darker pixels do not tell whether colours are placed. */
  private static final int BRIGHT = 51;

  /** Hues of placed colours are this far from the pixel's own column at the most, on average. */
  private static final double MOST_OFF = 0.12;

  /** Share of the bright pixels outside of flat places from which on a drawing is soft. */
  private static final double SOFT = 0.6;

  /** An exact drawing has less noise, in levels. */
  private static final double EXACT = 0.5;

  private static final int COLUMNS = 128;
  private static final double VOTE_DEVIATION = 0.03 * COLUMNS;
  private static final int VOTE_REACH = (int) Math.ceil(4 * VOTE_DEVIATION);

  /** A pile is at least so high, of the highest. */
  private static final double LEAST_PILE = 0.15;

  /** And its valley to the next no higher than this share of the lower of the two. */
  private static final double VALLEY = 0.8;

  /** Parts of a pile smaller than this, of its largest, are scraps. */
  private static final double LEAST_PART = 0.3;

  private static final double HUES = 5;

  private final byte[] rgb8;
  private final int width;
  private final int height;

  PlacedInstances(byte[] rgb8, int width, int height) {
    this.rgb8 = rgb8;
    this.width = width;
    this.height = height;
  }

  /**
   * Whether this is such a drawing.
   *
   * @param cores its flat places
   * @param noise of its pixels, in levels
   */
  boolean reads(OptionalInt background, FlatCores cores, double noise) {
    if (noise <= EXACT || background.isEmpty() || background.getAsInt() != 0) {
      return false;
    }
    double off = 0;
    double weight = 0;
    int bright = 0;
    int soft = 0;
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        int most = most(i);
        if (most >= BRIGHT) {
          double coloured = most - least(i);
          off += coloured * Math.abs(column(i) - (x + 0.5) / width);
          weight += coloured;
          bright++;
          soft += cores.region()[i] < 0 ? 1 : 0;
        }
      }
    }
    return bright > 0 && soft >= SOFT * bright && off <= MOST_OFF * weight;
  }

  /**
   * Reads it.
   *
   * @param leastArea smaller instances are dropped, pixels
   */
  InstanceMap decode(int leastArea) {
    int[] vote = new int[width * height];
    double[] votes = new double[COLUMNS];
    for (int y = 0, i = 0; y < height; y++) {
      double paint = 255 * InstancePaint.valueAt((y + 0.5) / height);
      for (int x = 0; x < width; x++, i++) {
        vote[i] = -1;
        if (most(i) >= LIKELY * paint) {
          vote[i] = Math.min(COLUMNS - 1, (int) (column(i) * COLUMNS));
          votes[vote[i]]++;
        }
      }
    }
    int[] pileOf = piles(smooth(votes));
    int[] pile = new int[vote.length];
    for (int i = 0; i < vote.length; i++) {
      pile[i] = vote[i] < 0 ? 0 : pileOf[vote[i]];
    }
    return instances(pile, leastArea);
  }

  private int most(int i) {
    return Math.max(channel(i, 0), Math.max(channel(i, 1), channel(i, 2)));
  }

  private int least(int i) {
    return Math.min(channel(i, 0), Math.min(channel(i, 1), channel(i, 2)));
  }

  private int channel(int i, int c) {
    return rgb8[3 * i + c] & 0xff;
  }

  /** The centre's column that a pixel's hue stands for, 0..1. */
  private double column(int i) {
    int r = channel(i, 0);
    int g = channel(i, 1);
    int b = channel(i, 2);
    int most = most(i);
    double span = most - least(i) + 1e-6;
    double hue = most == r ? (g - b) / span : most == g ? (b - r) / span + 2 : (r - g) / span + 4;
    // Magenta is the last hue of paint, red the first: what lies between them is of the nearer.
    return hue < -0.5 ? 1 : Math.clamp(hue, 0, HUES) / HUES;
  }

  private static double[] smooth(double[] votes) {
    double[] smooth = new double[COLUMNS];
    for (int at = 0; at < COLUMNS; at++) {
      for (int d = -VOTE_REACH; d <= VOTE_REACH; d++) {
        int from = at + d;
        // Mirrored at both ends, or piles there would be halved.
        from = from < 0 ? -1 - from : from >= COLUMNS ? 2 * COLUMNS - 1 - from : from;
        double sigmas = d / VOTE_DEVIATION;
        smooth[at] += votes[from] * Math.exp(-0.5 * sigmas * sigmas);
      }
    }
    return smooth;
  }

  /** The number of the pile that each column belongs to, from 1. */
  private static int[] piles(double[] votes) {
    double most = Arrays.stream(votes).max().orElse(0);
    List<Integer> tops = new ArrayList<>();
    for (int at = 0; at < COLUMNS; at++) {
      double before = votes[Math.max(0, at - 1)];
      double after = votes[Math.min(COLUMNS - 1, at + 1)];
      boolean top = votes[at] >= before && (votes[at] > after || at == COLUMNS - 1);
      if (top && votes[at] > 0 && votes[at] >= LEAST_PILE * most) {
        tops.add(at);
      }
    }
    joinAcrossShallowValleys(tops, votes);
    int[] pile = new int[COLUMNS];
    Arrays.fill(pile, 1);
    for (int k = 1; k < tops.size(); k++) {
      Arrays.fill(pile, lowest(votes, tops.get(k - 1), tops.get(k)), COLUMNS, k + 1);
    }
    return pile;
  }

  private static void joinAcrossShallowValleys(List<Integer> tops, double[] votes) {
    for (int k = 1; k < tops.size(); ) {
      double left = votes[tops.get(k - 1)];
      double right = votes[tops.get(k)];
      double valley = votes[lowest(votes, tops.get(k - 1), tops.get(k))];
      if (valley > VALLEY * Math.min(left, right)) {
        int lower = left < right ? k - 1 : k;
        tops.subList(lower, lower + 1).clear();
        k = Math.max(1, k - 1);
      } else {
        k++;
      }
    }
  }

  private static int lowest(double[] votes, int from, int to) {
    int lowest = from;
    for (int at = from; at <= to; at++) {
      lowest = votes[at] < votes[lowest] ? at : lowest;
    }
    return lowest;
  }

  /**
   * Makes every large part of a pile an instance.
   *
   * @param pile for each pixel its pile, 0 for background
   */
  private InstanceMap instances(int[] pile, int leastArea) {
    int[] part = new int[pile.length];
    List<Integer> areas = new ArrayList<>(List.of(0));
    List<Integer> pileOfPart = new ArrayList<>(List.of(0));
    int[] queue = new int[pile.length];
    for (int i = 0; i < pile.length; i++) {
      if (pile[i] > 0 && part[i] == 0) {
        pileOfPart.add(pile[i]);
        areas.add(flood(i, areas.size(), pile, part, queue));
      }
    }
    int[] largest = new int[Arrays.stream(pile).max().orElse(0) + 1];
    for (int k = 1; k < areas.size(); k++) {
      largest[pileOfPart.get(k)] = Math.max(largest[pileOfPart.get(k)], areas.get(k));
    }
    int[] target = new int[areas.size()];
    for (int k = 1; k < target.length; k++) {
      boolean whole = areas.get(k) >= LEAST_PART * largest[pileOfPart.get(k)];
      target[k] = whole && areas.get(k) >= leastArea ? k : InstanceMap.UNASSIGNED;
    }
    return new Regions(rgb8, width, height, part, areas.size() - 1).result(target);
  }

  /** Numbers the pixels of a pile that touch a pixel, corners included; their number. */
  private int flood(int start, int number, int[] pile, int[] part, int[] queue) {
    int end = 0;
    queue[end++] = start;
    part[start] = number;
    for (int next = 0; next < end; next++) {
      int x = queue[next] % width;
      int y = queue[next] / width;
      for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          int there = ny * width + nx;
          if (part[there] == 0 && pile[there] == pile[start]) {
            part[there] = number;
            queue[end++] = there;
          }
        }
      }
    }
    return end;
  }
}
