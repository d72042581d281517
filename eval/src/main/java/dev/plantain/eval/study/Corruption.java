package dev.plantain.eval.study;

import dev.plantain.formats.InputException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;

/** What generators and file formats do to a drawing. */
enum Corruption {
  /** Gaussian noise of 6 to 16 levels per channel. */
  NOISE,
  /** Gaussian blur of 0.8 to 2.5 pixels. */
  BLUR,
  /** Each instance, and the background, shaded by up to ±25 levels along each axis. */
  DRIFT,
  /** Saved as JPEG of quality 0.3 to 0.85, chroma subsampled. */
  JPEG,
  /** A rim of 1 to 3 pixels in another colour around every instance. */
  HALO,
  /** Touching instances in colours 18 to 36 levels apart, with noise of 3 levels. */
  NEAR_NEIGHBOURS,
  /** A little of all of them. */
  TOGETHER;

  InstanceDrawing apply(InstanceDrawing clean, Random random) {
    byte[] rgb8 = clean.rgb8().clone();
    int width = clean.width();
    int height = clean.height();
    switch (this) {
      case NOISE -> noise(rgb8, 6 + 10 * random.nextDouble(), random);
      case BLUR -> rgb8 = blur(rgb8, width, height, 0.8 + 1.7 * random.nextDouble());
      case DRIFT -> drift(rgb8, clean, 10 + 15 * random.nextDouble(), random);
      case JPEG -> rgb8 = jpeg(rgb8, width, height, 0.3f + 0.55f * random.nextFloat());
      case HALO -> halo(rgb8, clean, 1 + random.nextInt(3), random);
      case NEAR_NEIGHBOURS -> noise(rgb8, 3, random);
      case TOGETHER -> {
        drift(rgb8, clean, 8, random);
        halo(rgb8, clean, 1, random);
        rgb8 = blur(rgb8, width, height, 0.8);
        noise(rgb8, 4, random);
        rgb8 = jpeg(rgb8, width, height, 0.8f);
      }
    }
    return clean.withRgb8(rgb8);
  }

  private static byte[] jpeg(byte[] rgb8, int width, int height, double quality) {
    try {
      return JpegDepthStudy.recompress(rgb8, width, height, quality);
    } catch (InputException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void noise(byte[] rgb8, double sigma, Random random) {
    for (int i = 0; i < rgb8.length; i++) {
      rgb8[i] = level((rgb8[i] & 0xff) + sigma * random.nextGaussian());
    }
  }

  private static byte[] blur(byte[] rgb8, int width, int height, double sigma) {
    int radius = (int) Math.ceil(3 * sigma);
    double[] kernel = new double[2 * radius + 1];
    double sum = 0;
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] = Math.exp(-(k - radius) * (k - radius) / (2 * sigma * sigma));
      sum += kernel[k];
    }
    byte[] out = rgb8;
    for (boolean vertical : new boolean[] {false, true}) {
      byte[] in = out;
      out = new byte[in.length];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          for (int channel = 0; channel < 3; channel++) {
            double value = 0;
            for (int k = -radius; k <= radius; k++) {
              int nx = vertical ? x : Math.clamp(x + k, 0, width - 1);
              int ny = vertical ? Math.clamp(y + k, 0, height - 1) : y;
              value += kernel[k + radius] * (in[3 * (ny * width + nx) + channel] & 0xff);
            }
            out[3 * (y * width + x) + channel] = level(value / sum);
          }
        }
      }
    }
    return out;
  }

  private static void drift(byte[] rgb8, InstanceDrawing clean, double most, Random random) {
    int count = Arrays.stream(clean.truth()).max().orElse(0) + 1;
    int[] boxes = new int[4 * count];
    for (int id = 0; id < count; id++) {
      boxes[4 * id] = clean.width();
      boxes[4 * id + 1] = clean.height();
    }
    for (int i = 0; i < clean.truth().length; i++) {
      int at = 4 * clean.truth()[i];
      boxes[at] = Math.min(boxes[at], i % clean.width());
      boxes[at + 1] = Math.min(boxes[at + 1], i / clean.width());
      boxes[at + 2] = Math.max(boxes[at + 2], i % clean.width());
      boxes[at + 3] = Math.max(boxes[at + 3], i / clean.width());
    }
    double[] slopes = new double[6 * count];
    for (int k = 0; k < slopes.length; k++) {
      // Half of it from left to right, half from top to bottom.
      slopes[k] = most * (random.nextDouble() - 0.5);
    }
    for (int i = 0; i < clean.truth().length; i++) {
      int id = clean.truth()[i];
      double u = part(i % clean.width(), boxes[4 * id], boxes[4 * id + 2]);
      double v = part(i / clean.width(), boxes[4 * id + 1], boxes[4 * id + 3]);
      for (int channel = 0; channel < 3; channel++) {
        double shade = 2 * (u * slopes[6 * id + channel] + v * slopes[6 * id + 3 + channel]);
        rgb8[3 * i + channel] = level((rgb8[3 * i + channel] & 0xff) + shade);
      }
    }
  }

  /** From −1 to 1 between two ends. */
  private static double part(int at, int from, int to) {
    return to > from ? 2.0 * (at - from) / (to - from) - 1 : 0;
  }

  private static void halo(byte[] rgb8, InstanceDrawing clean, int rim, Random random) {
    byte[] before = rgb8.clone();
    int tint = random.nextInt(1 << 24);
    double share = 0.3 + 0.4 * random.nextDouble();
    for (int i = 0; i < clean.truth().length; i++) {
      int inside = clean.truth()[i] == 0 ? neighbour(clean, i, rim) : -1;
      if (inside < 0) {
        continue;
      }
      for (int channel = 0; channel < 3; channel++) {
        int target = tint >> (16 - 8 * channel) & 0xff;
        double own = before[3 * inside + channel] & 0xff;
        rgb8[3 * i + channel] = level(own + share * (target - own));
      }
    }
  }

  /** A pixel of an instance within {@code rim} of a background pixel, or −1. */
  private static int neighbour(InstanceDrawing drawing, int pixel, int rim) {
    int x = pixel % drawing.width();
    int y = pixel / drawing.width();
    for (int dy = -rim; dy <= rim; dy++) {
      for (int dx = -rim; dx <= rim; dx++) {
        int nx = x + dx;
        int ny = y + dy;
        boolean inside = nx >= 0 && ny >= 0 && nx < drawing.width() && ny < drawing.height();
        if (inside
            && dx * dx + dy * dy <= rim * rim
            && drawing.truth()[ny * drawing.width() + nx] > 0) {
          return ny * drawing.width() + nx;
        }
      }
    }
    return -1;
  }

  private static byte level(double value) {
    return (byte) Math.clamp(Math.round(value), 0, 255);
  }
}
