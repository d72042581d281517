package dev.plantain.eval.study;

import java.util.Random;

/**
 * An instance drawing made up from a seed: overlapping shapes, some in two parts or with a hole,
 * each in a colour of its own, and which pixel is whose.
 *
 * @param truth 0 background, instances from 1, some of which may be hidden
 */
@SuppressWarnings("ArrayRecordComponent")
record InstanceDrawing(int width, int height, int background, byte[] rgb8, int[] truth) {
  /** Instances smaller than this, in pixels, are painted over: their truth would be noise. */
  private static final int LEAST_AREA = 60;

  /** Least distance between two colours of a drawing, except where near ones are asked for. */
  private static final double APART = 60;

  /**
   * @param near paint some touching pairs in colours only 18 to 36 levels apart
   */
  static InstanceDrawing random(int side, int instances, boolean near, Random random) {
    int[] colours = new int[instances + 1];
    colours[0] =
        switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> 0xffffff;
          case 2 -> 0x808080;
          default -> random.nextInt(1 << 24);
        };
    for (int k = 1; k <= instances; k++) {
      colours[k] = apart(colours, k, random);
    }
    int[] truth = new int[side * side];
    for (int k = 1; k <= instances; k++) {
      double radius = side * (0.04 + 0.11 * random.nextDouble());
      double x = side * random.nextDouble();
      double y = side * random.nextDouble();
      add(truth, side, k, x, y, radius, random);
      if (near && k < instances) {
        // The next one beside it, overlapping a little, in almost the same colour.
        double angle = 2 * Math.PI * random.nextDouble();
        double shift = radius * (1.1 + 0.5 * random.nextDouble());
        colours[k + 1] = nearTo(colours, k, random);
        k++;
        add(
            truth,
            side,
            k,
            x + shift * Math.cos(angle),
            y + shift * Math.sin(angle),
            radius,
            random);
      } else if (random.nextInt(6) == 0) {
        double angle = 2 * Math.PI * random.nextDouble();
        add(
            truth,
            side,
            k,
            x + 2 * radius * Math.cos(angle),
            y + 2 * radius * Math.sin(angle),
            radius * 0.7,
            random);
      }
    }
    int[] area = new int[instances + 1];
    for (int id : truth) {
      area[id]++;
    }
    byte[] rgb8 = new byte[3 * side * side];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = area[truth[i]] < LEAST_AREA ? 0 : truth[i];
      put(colours[truth[i]], rgb8, i);
    }
    return new InstanceDrawing(side, side, colours[0], rgb8, truth);
  }

  private static void put(int rgb, byte[] rgb8, int pixel) {
    rgb8[3 * pixel] = (byte) (rgb >> 16);
    rgb8[3 * pixel + 1] = (byte) (rgb >> 8);
    rgb8[3 * pixel + 2] = (byte) rgb;
  }

  private static double distance(int a, int b) {
    return Math.hypot(
        Math.hypot((a >> 16) - (b >> 16), (a >> 8 & 0xff) - (b >> 8 & 0xff)),
        (a & 0xff) - (b & 0xff));
  }

  InstanceDrawing withRgb8(byte[] changed) {
    return new InstanceDrawing(width, height, background, changed, truth);
  }

  private static int apart(int[] colours, int count, Random random) {
    for (double least = APART; ; least *= 0.98) {
      int colour = random.nextInt(1 << 24);
      boolean free = true;
      for (int k = 0; k < count; k++) {
        free &= distance(colour, colours[k]) >= least;
      }
      if (free) {
        return colour;
      }
    }
  }

  private static int nearTo(int[] colours, int k, Random random) {
    while (true) {
      int colour = random.nextInt(1 << 24);
      double distance = distance(colour, colours[k]);
      if (distance >= 18 && distance <= 36 && distance(colour, colours[0]) >= 40) {
        return colour;
      }
    }
  }

  private static void add(
      int[] truth, int side, int id, double x, double y, double radius, Random random) {
    double angle = Math.PI * random.nextDouble();
    double squeeze = 0.4 + 0.6 * random.nextDouble();
    double hole = random.nextInt(8) == 0 ? 0.45 : 0;
    int kind = random.nextInt(3);
    int lobes = 2 + random.nextInt(4);
    double phase = 2 * Math.PI * random.nextDouble();
    for (int py = 0; py < side; py++) {
      for (int px = 0; px < side; px++) {
        double dx = (px - x) * Math.cos(angle) + (py - y) * Math.sin(angle);
        double dy = (py - y) * Math.cos(angle) - (px - x) * Math.sin(angle);
        double u = dx / radius;
        double v = dy / (radius * squeeze);
        double r =
            switch (kind) {
              case 0 -> Math.hypot(u, v);
              case 1 -> Math.max(Math.abs(u), Math.abs(v));
              default ->
                  Math.hypot(u, v) / (0.8 + 0.2 * Math.sin(lobes * Math.atan2(v, u) + phase));
            };
        if (r <= 1 && r >= hole) {
          truth[py * side + px] = id;
        }
      }
    }
  }
}
