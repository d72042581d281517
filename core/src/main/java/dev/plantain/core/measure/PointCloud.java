package dev.plantain.core.measure;

import java.util.Arrays;

/** Points in metres in OpenCV's camera axes: x right, y down, z forward. */
public final class PointCloud {
  private final float[] xyz;
  private final int[] pixels;

  PointCloud(float[] xyz, int[] pixels) {
    this.xyz = xyz;
    this.pixels = pixels;
  }

  /** How many points there are. */
  public int size() {
    return pixels.length;
  }

  /** A copy: {@code x y z} of each point, metres. */
  public float[] xyz() {
    return xyz.clone();
  }

  /** A copy: the index {@code y * width + x} of the pixel each point is seen in, ascending. */
  public int[] pixels() {
    return pixels.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PointCloud that
        && Arrays.equals(xyz, that.xyz)
        && Arrays.equals(pixels, that.pixels);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(xyz);
  }

  @Override
  public String toString() {
    return "PointCloud[" + size() + " points]";
  }
}
