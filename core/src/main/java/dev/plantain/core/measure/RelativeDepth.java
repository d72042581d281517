package dev.plantain.core.measure;

import dev.plantain.codec.InverseDepthCodec;
import java.util.Arrays;

/**
 * Inverse depth up to an unknown scale and shift: 1 is nearest, 0 farthest. Not metres, nor
 * convertible without two known distances.
 */
public final class RelativeDepth extends ConfidentMap implements Measurement {
  private final float[] nearness;

  private RelativeDepth(int width, int height, float[] nearness, float[] confidence) {
    super(width, height, confidence);
    this.nearness = nearness;
  }

  /**
   * Copies its arguments.
   *
   * @param nearness {@code width * height} values in [0, 1], or NaN for invalid
   * @param confidence {@code width * height} values in [0, 1]
   * @throws IllegalArgumentException if an array has another length, or a value is out of its range
   */
  public static RelativeDepth of(int width, int height, float[] nearness, float[] confidence) {
    Shapes.require("relative depth", width, height, 1, nearness.length);
    for (float n : nearness) {
      if (n < 0 || n > 1) {
        throw new IllegalArgumentException("nearness is in [0, 1], got " + n);
      }
    }
    return new RelativeDepth(
        width, height, nearness.clone(), Shapes.confidence(width, height, confidence));
  }

  /** Inverse distance, stretched so that the finite part fills [0, 1]. */
  public static RelativeDepth of(DepthMap depth) {
    float[] inverse = new float[depth.width() * depth.height()];
    InverseDepthCodec.grey().normalise(depth.metres(), inverse);
    return new RelativeDepth(depth.width(), depth.height(), inverse, depth.confidence());
  }

  @Override
  public RelativeDepth mirrored() {
    return new RelativeDepth(
        width, height, Shapes.mirrored(width, 1, nearness), mirroredConfidence());
  }

  /** Nearness at column {@code x}, row {@code y}. */
  public float nearness(int x, int y) {
    return nearness[y * width + x];
  }

  /** A copy, {@code width * height}. */
  public float[] nearness() {
    return nearness.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RelativeDepth that
        && asSureAs(that)
        && Arrays.equals(nearness, that.nearness);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(nearness);
  }

  @Override
  public String toString() {
    return "RelativeDepth[%d x %d]".formatted(width, height);
  }
}
