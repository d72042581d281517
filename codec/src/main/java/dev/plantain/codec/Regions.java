package dev.plantain.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Areas, colours and bounding boxes of the numbered regions of a drawing. Region 0 is the
 * background; negative pixels belong to none.
 */
final class Regions {
  /** A pixel this far from its instance's mean colour, in 8-bit levels, speaks against it. */
  private static final double UNLIKE = 28;

  private final byte[] rgb8;
  private final int width;
  private final int height;
  private final int[] region;
  private final int[] area;
  private final long[] sums;
  private final int[] boxes;

  /** Sums of x, y, x², xy, y² per region. */
  private final double[] moments;

  /** Sums of red·x, red·y, green·x … per region. */
  private final double[] slopes;

  /** Added to the variance of positions, in pixels². */
  private static final double FLATNESS = 4;

  /**
   * @param region {@code width * height} region numbers {@code -1..count}
   * @param count the highest region number
   */
  Regions(byte[] rgb8, int width, int height, int[] region, int count) {
    this.rgb8 = rgb8;
    this.width = width;
    this.height = height;
    this.region = region;
    area = new int[count + 1];
    sums = new long[3 * (count + 1)];
    boxes = new int[4 * (count + 1)];
    moments = new double[5 * (count + 1)];
    slopes = new double[6 * (count + 1)];
    for (int id = 0; id <= count; id++) {
      boxes[4 * id] = width;
      boxes[4 * id + 1] = height;
      boxes[4 * id + 2] = -1;
      boxes[4 * id + 3] = -1;
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; ) {
        x = addRun(x, y);
      }
    }
  }

  /** Adds the pixels of one region from {@code x} on; returns where they end. */
  private int addRun(int x, int y) {
    int row = y * width;
    int id = region[row + x];
    int end = x + 1;
    while (end < width && region[row + end] == id) {
      end++;
    }
    if (id < 0) {
      return end;
    }
    long r = 0;
    long g = 0;
    long b = 0;
    long rx = 0;
    long gx = 0;
    long bx = 0;
    for (int k = x, at = 3 * (row + x); k < end; k++, at += 3) {
      int red = rgb8[at] & 0xff;
      int green = rgb8[at + 1] & 0xff;
      int blue = rgb8[at + 2] & 0xff;
      r += red;
      g += green;
      b += blue;
      rx += (long) red * k;
      gx += (long) green * k;
      bx += (long) blue * k;
    }
    long n = (long) end - x;
    long sumX = n * (x + end - 1L) / 2;
    area[id] += (int) n;
    sums[3 * id] += r;
    sums[3 * id + 1] += g;
    sums[3 * id + 2] += b;
    moments[5 * id] += sumX;
    moments[5 * id + 1] += (double) n * y;
    moments[5 * id + 2] += sumOfSquares(end - 1) - sumOfSquares(x - 1);
    moments[5 * id + 3] += (double) sumX * y;
    moments[5 * id + 4] += (double) n * y * y;
    slopes[6 * id] += rx;
    slopes[6 * id + 1] += (double) r * y;
    slopes[6 * id + 2] += gx;
    slopes[6 * id + 3] += (double) g * y;
    slopes[6 * id + 4] += bx;
    slopes[6 * id + 5] += (double) b * y;
    boxes[4 * id] = Math.min(boxes[4 * id], x);
    boxes[4 * id + 1] = Math.min(boxes[4 * id + 1], y);
    boxes[4 * id + 2] = Math.max(boxes[4 * id + 2], end - 1);
    boxes[4 * id + 3] = y;
    return end;
  }

  /** 0² + 1² + … + n². */
  private static double sumOfSquares(int n) {
    return n < 0 ? 0 : n * (n + 1.0) * (2.0 * n + 1) / 6;
  }

  int count() {
    return area.length - 1;
  }

  int area(int id) {
    return area[id];
  }

  int meanColour(int id) {
    double n = Math.max(1, area[id]);
    return Colours.pack(sums[3 * id] / n, sums[3 * id + 1] / n, sums[3 * id + 2] / n);
  }

  /** Area of the bounding box. */
  long box(int id) {
    return boxArea(boxes[4 * id], boxes[4 * id + 1], boxes[4 * id + 2], boxes[4 * id + 3]);
  }

  /** Area of the bounding box of two regions. */
  long jointBox(int a, int b) {
    return boxArea(
        Math.min(boxes[4 * a], boxes[4 * b]),
        Math.min(boxes[4 * a + 1], boxes[4 * b + 1]),
        Math.max(boxes[4 * a + 2], boxes[4 * b + 2]),
        Math.max(boxes[4 * a + 3], boxes[4 * b + 3]));
  }

  private static long boxArea(int left, int top, int right, int bottom) {
    return right < left ? 0 : (right - left + 1L) * (bottom - top + 1L);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The colour of a pixel. */
  int colourAt(int pixel) {
    return Colours.get(rgb8, pixel);
  }

  /** Pixels of each region on the rim of the picture, by another numbering of its pixels. */
  int[] rim(int[] region) {
    int[] pixels = new int[area.length];
    for (int x = 0; x < width; x++) {
      pixels[Math.max(region[x], 0)]++;
      pixels[Math.max(region[(height - 1) * width + x], 0)]++;
    }
    for (int y = 0; y < height; y++) {
      pixels[Math.max(region[y * width], 0)]++;
      pixels[Math.max(region[y * width + width - 1], 0)]++;
    }
    return pixels;
  }

  /**
   * How far the colours of two regions are apart at a point between their centres when both go on
   * as they change across the regions. A plane is fitted to each channel, held flat where a region
   * is too small to show a slope.
   *
   * @param share where: 0 at the centre of {@code a}, 1 at that of {@code b}
   */
  double predictedDifference(int a, int b, double share) {
    double x = centre(a, 0) + share * (centre(b, 0) - centre(a, 0));
    double y = centre(a, 1) + share * (centre(b, 1) - centre(a, 1));
    double sum2 = 0;
    for (int channel = 0; channel < 3; channel++) {
      double difference = predicted(a, channel, x, y) - predicted(b, channel, x, y);
      sum2 += difference * difference;
    }
    return Math.sqrt(sum2);
  }

  private double centre(int id, int axis) {
    return moments[5 * id + axis] / area[id];
  }

  private double predicted(int id, int channel, double atX, double atY) {
    double n = area[id];
    double x = centre(id, 0);
    double y = centre(id, 1);
    double xx = moments[5 * id + 2] / n - x * x + FLATNESS;
    double xy = moments[5 * id + 3] / n - x * y;
    double yy = moments[5 * id + 4] / n - y * y + FLATNESS;
    double mean = sums[3 * id + channel] / n;
    double cx = slopes[6 * id + 2 * channel] / n - mean * x;
    double cy = slopes[6 * id + 2 * channel + 1] / n - mean * y;
    double determinant = xx * yy - xy * xy;
    double slopeX = (cx * yy - cy * xy) / determinant;
    double slopeY = (cy * xx - cx * xy) / determinant;
    return mean + slopeX * (atX - x) + slopeY * (atY - y);
  }

  /** Adds region {@code b} to {@code a}; the pixels keep their numbers. */
  void absorb(int a, int b) {
    area[a] += area[b];
    for (int k = 0; k < 5; k++) {
      moments[5 * a + k] += moments[5 * b + k];
    }
    for (int k = 0; k < 6; k++) {
      slopes[6 * a + k] += slopes[6 * b + k];
    }
    for (int k = 0; k < 3; k++) {
      sums[3 * a + k] += sums[3 * b + k];
    }
    boxes[4 * a] = Math.min(boxes[4 * a], boxes[4 * b]);
    boxes[4 * a + 1] = Math.min(boxes[4 * a + 1], boxes[4 * b + 1]);
    boxes[4 * a + 2] = Math.max(boxes[4 * a + 2], boxes[4 * b + 2]);
    boxes[4 * a + 3] = Math.max(boxes[4 * a + 3], boxes[4 * b + 3]);
  }

  /** Pixels of each region whose 3×3 neighbourhood, inside the picture, is all of that region. */
  int[] coreAreas() {
    int[] cores = new int[area.length];
    for (int y = 0, i = 0; y < height; y++) {
      int up = y == 0 ? 0 : -width;
      int down = y == height - 1 ? 0 : width;
      for (int x = 0; x < width; x++, i++) {
        int id = region[i];
        if (id < 0) {
          continue;
        }
        int left = x == 0 ? 0 : -1;
        int right = x == width - 1 ? 0 : 1;
        if (region[i + left] == id
            && region[i + right] == id
            && region[i + up] == id
            && region[i + down] == id
            && region[i + up + left] == id
            && region[i + up + right] == id
            && region[i + down + left] == id
            && region[i + down + right] == id) {
          cores[id]++;
        }
      }
    }
    return cores;
  }

  /**
   * The instances after merging.
   *
   * @param target for each region the region it ends in, 0 for background or −1 for none
   */
  InstanceMap result(int[] target) {
    List<Integer> survivors = new ArrayList<>();
    for (int id = 1; id < target.length; id++) {
      if (target[id] == id) {
        survivors.add(id);
      }
    }
    survivors.sort(Comparator.comparingInt((Integer id) -> -area[id]));
    int[] number = new int[target.length];
    Arrays.fill(number, InstanceMap.UNASSIGNED);
    int[] colours = new int[survivors.size() + 1];
    for (int k = 0; k < survivors.size(); k++) {
      number[survivors.get(k)] = k + 1;
      colours[k + 1] = meanColour(survivors.get(k));
    }
    int[] byRegion = new int[target.length];
    for (int id = 0; id < target.length; id++) {
      byRegion[id] = target[id] > 0 ? number[target[id]] : target[id];
    }
    int[] ids = new int[region.length];
    double[] spread = new double[colours.length];
    int[] areas = new int[colours.length];
    int lastId = 0;
    int lastColour = 0;
    double lastDistance = 0;
    for (int i = 0; i < ids.length; i++) {
      int id = region[i] < 0 ? InstanceMap.UNASSIGNED : byRegion[region[i]];
      ids[i] = id;
      if (id > 0) {
        int colour = Colours.get(rgb8, i);
        if (id != lastId || colour != lastColour) {
          lastId = id;
          lastColour = colour;
          lastDistance = Colours.distance(colour, colours[id]);
        }
        areas[id]++;
        spread[id] += lastDistance;
      }
    }
    List<InstanceMap.Instance> instances = new ArrayList<>();
    for (int id = 1; id < colours.length; id++) {
      double confidence = Math.max(0, 1 - spread[id] / Math.max(1, areas[id]) / UNLIKE);
      instances.add(new InstanceMap.Instance(id, colours[id], areas[id], (float) confidence));
    }
    return new InstanceMap(width, height, ids, instances);
  }
}
