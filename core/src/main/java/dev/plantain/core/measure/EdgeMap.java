package dev.plantain.core.measure;

import java.util.Arrays;

/** The probability of an object boundary at every pixel. */
public final class EdgeMap implements Measurement {
  private final int width;
  private final int height;
  private final float[] probability;
  private final float[] thin;

  private EdgeMap(int width, int height, float[] probability, float[] thin) {
    this.width = width;
    this.height = height;
    this.probability = probability;
    this.thin = thin;
  }

  /**
   * Copies its arguments.
   *
   * @param probability {@code width * height} values in [0, 1], soft lines as drawn
   * @param thin the same where a pixel is the crest of a line, 0 elsewhere
   * @throws IllegalArgumentException if an array has another length, or a value is out of its range
   */
  public static EdgeMap of(int width, int height, float[] probability, float[] thin) {
    return new EdgeMap(
        width,
        height,
        Shapes.confidence(width, height, probability),
        Shapes.confidence(width, height, thin));
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public EdgeMap mirrored() {
    return new EdgeMap(
        width, height, Shapes.mirrored(width, 1, probability), Shapes.mirrored(width, 1, thin));
  }

  /** A copy of the soft lines, {@code width * height}, each in [0, 1]. */
  public float[] probability() {
    return probability.clone();
  }

  /** A copy of the lines thinned to their crests, {@code width * height}, each in [0, 1]. */
  public float[] thin() {
    return thin.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EdgeMap that
        && width == that.width
        && height == that.height
        && Arrays.equals(probability, that.probability)
        && Arrays.equals(thin, that.thin);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(probability);
  }

  @Override
  public String toString() {
    return "EdgeMap[%d x %d]".formatted(width, height);
  }
}
