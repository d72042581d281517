package dev.plantain.core.measure;

import java.util.Arrays;

/** A measurement with a confidence for every pixel: its size, and how sure each pixel is. */
abstract sealed class ConfidentMap permits DepthMap, RelativeDepth, NormalMap, LabelMap {
  final int width;
  final int height;
  final float[] confidence;

  /** Keeps the array. */
  ConfidentMap(int width, int height, float[] confidence) {
    this.width = width;
    this.height = height;
    this.confidence = confidence;
  }

  /** Columns. */
  public final int width() {
    return width;
  }

  /** Rows. */
  public final int height() {
    return height;
  }

  /** A copy, {@code width * height}, each in [0, 1]. */
  public final float[] confidence() {
    return confidence.clone();
  }

  /** Mean of the confidences. */
  public final float meanConfidence() {
    return Shapes.mean(confidence);
  }

  final float[] mirroredConfidence() {
    return Shapes.mirrored(width, 1, confidence);
  }

  final boolean asSureAs(ConfidentMap that) {
    return width == that.width
        && height == that.height
        && Arrays.equals(confidence, that.confidence);
  }
}
