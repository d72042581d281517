package dev.plantain.diorama;

/**
 * What the filter of light knows of a frame's surfaces, channel after channel, each in rows that
 * end in a margin without surfaces: no reach across the border need be asked for.
 */
final class LightPlanes {
  /** Pixels that are filtered at once at most; rows have room for a whole number of them. */
  static final int MOST_LANES = 16;

  final int width;
  final int height;

  /** From a pixel to the one below. */
  final int stride;

  /** Where the first row begins. */
  final int margin;

  /** Entries of a plane. */
  final int area;

  /** Smoothed normals, three planes. */
  final float[] normal;

  /** Flat normals, three planes. */
  final float[] flat;

  /** Positions in metres, three planes. */
  final float[] position;

  /** How fast distance from a surface's plane counts, per metre. */
  final float[] slack;

  /** Which entries are pixels of the picture. */
  final boolean[] inside;

  /** Whether there is a surface. */
  final boolean[] solid;

  /** Whether there is a surface on which light was gathered. */
  final boolean[] lit;

  /**
   * @param margin in pixels, the farthest that the filter reaches at once
   */
  LightPlanes(Frame f, int margin) {
    this.margin = margin;
    width = f.width;
    height = f.height;
    stride = Math.ceilDiv(width, MOST_LANES) * MOST_LANES + margin;
    area = margin + stride * height;
    normal = planes(f.normal);
    flat = planes(f.flat);
    position = planes(f.position);
    slack = new float[area];
    inside = new boolean[area];
    solid = new boolean[area];
    lit = new boolean[area];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        int at = row(y) + x;
        inside[at] = true;
        slack[at] = 1 / (0.02f * f.depth[i] + 0.004f);
        solid[at] = f.entity[i] >= 0;
        lit[at] = solid[at] && f.lit[i];
      }
    }
  }

  /** Where a row begins. */
  int row(int y) {
    return margin + y * stride;
  }

  /** One value per pixel as a plane. */
  boolean[] plane(boolean[] values) {
    boolean[] plane = new boolean[area];
    for (int y = 0; y < height; y++) {
      System.arraycopy(values, y * width, plane, row(y), width);
    }
    return plane;
  }

  /** Three values per pixel, plane after plane. */
  float[] planes(float[] mixed) {
    float[] planes = new float[3 * area];
    for (int y = 0; y < height; y++) {
      int to = row(y);
      int from = 3 * y * width;
      for (int x = 0; x < width; x++) {
        planes[to + x] = mixed[from + 3 * x];
        planes[area + to + x] = mixed[from + 3 * x + 1];
        planes[2 * area + to + x] = mixed[from + 3 * x + 2];
      }
    }
    return planes;
  }

  /** The sum of two sets of three planes, three values per pixel again. */
  float[] mixedSum(float[] a, float[] b) {
    float[] mixed = new float[3 * width * height];
    for (int y = 0; y < height; y++) {
      int to = 3 * y * width;
      for (int c = 0; c < 3; c++) {
        int from = c * area + row(y);
        for (int x = 0; x < width; x++) {
          mixed[to + 3 * x + c] = a[from + x] + b[from + x];
        }
      }
    }
    return mixed;
  }
}
