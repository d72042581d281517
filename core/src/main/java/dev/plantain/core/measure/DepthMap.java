package dev.plantain.core.measure;

import java.util.Arrays;

/**
 * Planar depth: distance to the camera plane in metres.
 *
 * <p>NaN is invalid (nothing is known there), +∞ is sky or beyond what the drawing can tell; all
 * else is at least 0.
 */
public final class DepthMap extends ConfidentMap implements Measurement {
  private final float[] metres;

  private DepthMap(int width, int height, float[] metres, float[] confidence) {
    super(width, height, confidence);
    this.metres = metres;
  }

  /**
   * Copies its arguments.
   *
   * @param metres {@code width * height} distances, NaN, +∞ or at least 0
   * @param confidence {@code width * height} values in [0, 1]
   * @throws IllegalArgumentException if an array has another length, or a value is out of its range
   */
  public static DepthMap of(int width, int height, float[] metres, float[] confidence) {
    Shapes.require("a depth map", width, height, 1, metres.length);
    for (float m : metres) {
      if (m < 0) {
        throw new IllegalArgumentException("a distance is at least 0 metres, got " + m);
      }
    }
    return new DepthMap(
        width, height, metres.clone(), Shapes.confidence(width, height, confidence));
  }

  /**
   * Exact depth, as of a renderer or a sensor: confidence 1 throughout.
   *
   * @throws IllegalArgumentException as {@link #of(int, int, float[], float[])} does
   */
  public static DepthMap of(int width, int height, float[] metres) {
    return of(width, height, metres, Shapes.certain(width, height));
  }

  /** Metres at column {@code x}, row {@code y}. */
  public float metres(int x, int y) {
    return metres[y * width + x];
  }

  /** A copy, {@code width * height}. */
  public float[] metres() {
    return metres.clone();
  }

  @Override
  public DepthMap mirrored() {
    return new DepthMap(width, height, Shapes.mirrored(width, 1, metres), mirroredConfidence());
  }

  /** Whether each pixel is sky or out of range (+∞). */
  public boolean[] sky() {
    boolean[] sky = new boolean[metres.length];
    for (int i = 0; i < sky.length; i++) {
      sky[i] = metres[i] == Float.POSITIVE_INFINITY;
    }
    return sky;
  }

  /** Share of pixels with a finite distance. */
  public double finiteShare() {
    int finite = 0;
    for (float m : metres) {
      finite += Float.isFinite(m) ? 1 : 0;
    }
    return (double) finite / metres.length;
  }

  /**
   * The distance that this share of the finite pixels does not exceed; NaN if none is finite.
   *
   * @param share in [0, 1]; 0.5 is the median
   */
  public float quantile(double share) {
    float[] finite = new float[metres.length];
    int n = 0;
    for (float m : metres) {
      if (Float.isFinite(m)) {
        finite[n++] = m;
      }
    }
    if (n == 0) {
      return Float.NaN;
    }
    Arrays.sort(finite, 0, n);
    return finite[(int) Math.round(Math.clamp(share, 0, 1) * (n - 1))];
  }

  /**
   * All distances times a factor, as where a true distance is known.
   *
   * @throws IllegalArgumentException if the factor is not positive and finite
   */
  public DepthMap scaled(double factor) {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("a scale is positive and finite, got " + factor);
    }
    float[] scaled = new float[metres.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (metres[i] * factor);
    }
    return new DepthMap(width, height, scaled, confidence);
  }

  /** The points of all pixels with a finite distance above 0, in reading order. */
  public PointCloud unproject(Camera camera) {
    float[] xyz = new float[3 * metres.length];
    int[] pixels = new int[metres.length];
    int n = 0;
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        float z = metres[i];
        if (Float.isFinite(z) && z > 0) {
          xyz[3 * n] = (float) (z * (x + 0.5 - camera.cx()) / camera.fx());
          xyz[3 * n + 1] = (float) (z * (y + 0.5 - camera.cy()) / camera.fy());
          xyz[3 * n + 2] = z;
          pixels[n++] = i;
        }
      }
    }
    return new PointCloud(Arrays.copyOf(xyz, 3 * n), Arrays.copyOf(pixels, n));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DepthMap that && asSureAs(that) && Arrays.equals(metres, that.metres);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(metres);
  }

  @Override
  public String toString() {
    return "DepthMap[%d x %d, median %.2f m]".formatted(width, height, quantile(0.5));
  }
}
