package dev.plantain.core.measure;

import java.util.Arrays;

/** Checks shared by the measurements. */
final class Shapes {
  private Shapes() {}

  static void require(String what, int width, int height, int perPixel, int length) {
    if (width <= 0 || height <= 0 || (long) perPixel * width * height != length) {
      throw new IllegalArgumentException(
          "%s of %d x %d needs %d values, got %d"
              .formatted(what, width, height, (long) perPixel * width * height, length));
    }
  }

  /** Copies confidences and checks that each is in [0, 1]. */
  static float[] confidence(int width, int height, float[] confidence) {
    require("confidence", width, height, 1, confidence.length);
    for (float c : confidence) {
      if (!(c >= 0 && c <= 1)) {
        throw new IllegalArgumentException("a confidence is in [0, 1], got " + c);
      }
    }
    return confidence.clone();
  }

  static float[] certain(int width, int height) {
    float[] ones = new float[Math.multiplyExact(width, height)];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Rows the other way round, of {@code perPixel} values each. */
  static float[] mirrored(int width, int perPixel, float[] values) {
    float[] mirrored = new float[values.length];
    int row = width * perPixel;
    for (int i = 0; i < values.length; i += perPixel) {
      int start = i / row * row;
      System.arraycopy(values, i, mirrored, 2 * start + row - perPixel - i, perPixel);
    }
    return mirrored;
  }

  static float mean(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += v;
    }
    return (float) (sum / values.length);
  }
}
