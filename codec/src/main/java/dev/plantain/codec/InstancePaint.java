package dev.plantain.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Paints instances so that there is one right drawing: an instance's colour is a smooth function of
 * where its centre is (as in Painter, arXiv 2212.02499), not of an arbitrary number.
 *
 * <p>Hue follows the centre around the picture's middle line and lightness its height: with the
 * centre at {@code (u, v)}, both 0..1, hue is {@code 300° u} (red at the left edge to magenta at
 * the right, so that the ends differ) and the colour runs from its dark shade at the bottom through
 * the pure hue to a pale tint at the top.
 *
 * <p>Instances of one picture stay distinguishable: they are coloured largest first (then by
 * centre, top to bottom, left to right), and one whose colour is nearer than {@link
 * #LEAST_DISTANCE} levels to one already used, or to the background, takes the nearest colour of a
 * fixed grid that is not. With more instances than such colours the distance is halved, until
 * colours only differ; more instances than the grid has colours are refused.
 */
public final class InstancePaint {
  /** Least Euclidean distance between the colours of two instances, in 8-bit levels. */
  public static final double LEAST_DISTANCE = 48;

  private static final int GRID_STEP = 17;
  private static final int GRID_SIDE = 16;

  /** One colour of the grid is left to the background. */
  private static final int MOST = GRID_SIDE * GRID_SIDE * GRID_SIDE - 1;

  private static final double HUE_RANGE = 300;

  private InstancePaint() {}

  /** The colour for a centre at {@code (u, v)}, 0..1 from the left and from the top. */
  static int colourAt(double u, double v) {
    double hue = Math.clamp(u, 0.0, 1.0) * HUE_RANGE / 60;
    double height = Math.clamp(v, 0.0, 1.0);
    double white = Math.max(0, 1 - 2 * height) * 0.7;
    double value = valueAt(v);
    return Colours.pack(
        255 * value * (white + (1 - white) * ramp(hue, 0)),
        255 * value * (white + (1 - white) * ramp(hue, 4)),
        255 * value * (white + (1 - white) * ramp(hue, 2)));
  }

  /** Brightness of the colour, its strongest channel, for a height: 0..1. */
  static double valueAt(double v) {
    return 1 - Math.max(0, 2 * Math.clamp(v, 0.0, 1.0) - 1) * 0.6;
  }

  /** A channel of the pure hue (in sixths of the circle); {@code shift} picks the channel. */
  private static double ramp(double hue, int shift) {
    double at = (hue + shift) % 6;
    return Math.clamp(Math.abs(at - 3) - 1, 0.0, 1.0);
  }

  /**
   * Paints a picture of instances.
   *
   * @param ids {@code width * height}; 0 and below is background, other values name instances and
   *     need not be consecutive
   * @param background {@code 0xRRGGBB}
   * @param rgb8 receives {@code 3 * width * height} bytes
   * @throws IllegalArgumentException if there are more than 4,095 instances
   */
  public static void paint(int[] ids, int width, int height, int background, byte[] rgb8) {
    int pixels = Lengths.requireShape(width, height);
    Lengths.requirePixels("ids", ids.length, pixels);
    Lengths.requireRgb(rgb8.length, pixels);
    Colours.require(background);
    Map<Integer, Centre> centres = new HashMap<>();
    Centre current = null;
    for (int i = 0; i < pixels; i++) {
      if (ids[i] <= 0) {
        continue;
      }
      if (current == null || current.id != ids[i]) {
        current = centres.computeIfAbsent(ids[i], Centre::new);
      }
      current.area++;
      current.x += i % width;
      current.y += i / width;
    }
    if (centres.size() > MOST) {
      throw new IllegalArgumentException(
          "%d instances are too many for a colour each; at most %d are painted"
              .formatted(centres.size(), MOST));
    }
    List<Centre> order = new ArrayList<>(centres.values());
    order.sort(
        Comparator.comparingLong((Centre c) -> -c.area)
            .thenComparingLong(c -> c.y)
            .thenComparingLong(c -> c.x));
    List<Integer> used = new ArrayList<>(List.of(background));
    Map<Integer, Integer> colours = new HashMap<>();
    double least = LEAST_DISTANCE;
    for (Centre c : order) {
      int wanted =
          colourAt((c.x / (double) c.area + 0.5) / width, (c.y / (double) c.area + 0.5) / height);
      int colour = free(wanted, used, least);
      while (colour < 0) {
        least /= 2;
        colour = free(wanted, used, least);
      }
      used.add(colour);
      colours.put(c.id, colour);
    }
    int lastId = 0;
    int lastColour = background;
    for (int i = 0; i < pixels; i++) {
      int id = Math.max(ids[i], 0);
      if (id != lastId) {
        lastId = id;
        lastColour = id == 0 ? background : colours.getOrDefault(id, background);
      }
      Colours.put(lastColour, rgb8, i);
    }
  }

  private static int free(int wanted, List<Integer> used, double least) {
    if (isFree(wanted, used, least)) {
      return wanted;
    }
    int best = -1;
    int best2 = Integer.MAX_VALUE;
    for (int r = 0; r < 256; r += GRID_STEP) {
      for (int g = 0; g < 256; g += GRID_STEP) {
        for (int b = 0; b < 256; b += GRID_STEP) {
          int colour = r << 16 | g << 8 | b;
          int distance2 = Colours.distance2(colour, wanted);
          if (distance2 < best2 && isFree(colour, used, least)) {
            best = colour;
            best2 = distance2;
          }
        }
      }
    }
    return best;
  }

  private static boolean isFree(int colour, List<Integer> used, double least) {
    for (int other : used) {
      if (Colours.distance2(colour, other) < least * least) {
        return false;
      }
    }
    return true;
  }

  private static final class Centre {
    private final int id;
    private long area;
    private long x;
    private long y;

    Centre(int id) {
      this.id = id;
    }
  }
}
