package dev.plantain.core.measure;

import java.util.Arrays;

/**
 * Surface normals in camera space, right-handed as in OpenGL: +x right, +y up, +z towards the
 * viewer. Each is a unit vector, or three NaN where invalid.
 */
public final class NormalMap extends ConfidentMap implements Measurement {
  private final float[] xyz;

  private NormalMap(int width, int height, float[] xyz, float[] confidence) {
    super(width, height, confidence);
    this.xyz = xyz;
  }

  /**
   * Copies its arguments.
   *
   * @param xyz {@code 3 * width * height}, interleaved; of length 1 within 1 %, or NaN
   * @param confidence {@code width * height} values in [0, 1]
   * @throws IllegalArgumentException if an array has another length, or a value is out of its range
   */
  public static NormalMap of(int width, int height, float[] xyz, float[] confidence) {
    Shapes.require("a normal map", width, height, 3, xyz.length);
    for (int i = 0; i < xyz.length; i += 3) {
      float length2 = xyz[i] * xyz[i] + xyz[i + 1] * xyz[i + 1] + xyz[i + 2] * xyz[i + 2];
      if (Math.abs(length2 - 1) > 0.02f) {
        throw new IllegalArgumentException(
            "a normal has length 1, got (%s, %s, %s)".formatted(xyz[i], xyz[i + 1], xyz[i + 2]));
      }
    }
    return new NormalMap(width, height, xyz.clone(), Shapes.confidence(width, height, confidence));
  }

  /**
   * Exact normals: confidence 1 throughout.
   *
   * @throws IllegalArgumentException as {@link #of(int, int, float[], float[])} does
   */
  public static NormalMap of(int width, int height, float[] xyz) {
    return of(width, height, xyz, Shapes.certain(width, height));
  }

  /** A copy, {@code 3 * width * height}, interleaved. */
  public float[] xyz() {
    return xyz.clone();
  }

  @Override
  public NormalMap mirrored() {
    float[] mirrored = Shapes.mirrored(width, 3, xyz);
    for (int i = 0; i < mirrored.length; i += 3) {
      mirrored[i] = -mirrored[i];
    }
    return new NormalMap(width, height, mirrored, mirroredConfidence());
  }

  /** The same in OpenCV's axes, x right, y down, z forward: {@code (x, −y, −z)}. */
  public float[] xyzOpenCv() {
    float[] flipped = xyz.clone();
    for (int i = 0; i < flipped.length; i += 3) {
      flipped[i + 1] = -flipped[i + 1];
      flipped[i + 2] = -flipped[i + 2];
    }
    return flipped;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NormalMap that && asSureAs(that) && Arrays.equals(xyz, that.xyz);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(xyz);
  }

  @Override
  public String toString() {
    return "NormalMap[%d x %d]".formatted(width, height);
  }
}
