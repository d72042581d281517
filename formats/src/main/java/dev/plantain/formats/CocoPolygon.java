package dev.plantain.formats;

import java.util.Arrays;

/**
 * A polygon's pixels as COCO's annotations mean them (rleFrPoly in maskApi.c of
 * cocodataset/cocoapi): the outline is walked at five times the resolution, and where it crosses
 * the centre of a column a run begins or ends. Other fill rules differ from it along the border.
 */
final class CocoPolygon {
  private static final int SCALE = 5;

  private CocoPolygon() {}

  /** Lengths of runs down the columns, zeros first. */
  static int[] runs(double[] polygon, int width, int height) {
    if (polygon.length % 2 != 0) {
      throw new IllegalArgumentException("a polygon of %d numbers".formatted(polygon.length));
    }
    int corners = polygon.length / 2;
    int[] x = new int[corners + 1];
    int[] y = new int[corners + 1];
    for (int i = 0; i < corners; i++) {
      x[i] = scaled(polygon[2 * i], width);
      y[i] = scaled(polygon[2 * i + 1], height);
    }
    if (corners < 3) {
      return new int[] {Math.multiplyExact(width, height)}; // a line or a point has no area
    }
    x[corners] = x[0];
    y[corners] = y[0];
    Crossings crossings = new Crossings(width, height);
    for (int i = 0; i < corners; i++) {
      walk(x[i], y[i], x[i + 1], y[i + 1], crossings);
    }
    return crossings.runs();
  }

  private static int scaled(double value, int side) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a polygon with a corner that is no number");
    }
    // Far outside is as good as outside, and bounds the walk.
    return (int) (SCALE * Math.clamp(value, -4.0 * side - 64, 5.0 * side + 64) + .5);
  }

  private static void walk(int fromX, int fromY, int toX, int toY, Crossings crossings) {
    int dx = Math.abs(toX - fromX);
    int dy = Math.abs(toY - fromY);
    boolean flat = dx >= dy;
    boolean flip = flat ? fromX > toX : fromY > toY;
    int x0 = flip ? toX : fromX;
    int y0 = flip ? toY : fromY;
    double slope =
        flat
            ? dx == 0 ? 0 : (double) ((flip ? fromY : toY) - y0) / dx
            : (double) ((flip ? fromX : toX) - x0) / dy;
    int steps = Math.max(dx, dy);
    for (int d = 0; d <= steps; d++) {
      int t = flip ? steps - d : d;
      if (flat) {
        crossings.visit(x0 + t, (int) (y0 + slope * t + .5));
      } else {
        crossings.visit((int) (x0 + slope * t + .5), y0 + t);
      }
    }
  }

  /** Where the outline crosses the centres of columns. */
  private static final class Crossings {
    private final int width;
    private final int height;
    private int[] at = new int[64];
    private int n;
    private boolean begun;
    private int lastX;
    private int lastY;

    Crossings(int width, int height) {
      this.width = width;
      this.height = height;
    }

    void visit(int x, int y) {
      if (begun && x != lastX) {
        double column = ((x < lastX ? x : x - 1) + .5) / SCALE - .5;
        if (Math.floor(column) == column && column >= 0 && column <= width - 1) {
          double row = (Math.min(y, lastY) + .5) / SCALE - .5;
          if (n == at.length) {
            at = Arrays.copyOf(at, 2 * n);
          }
          at[n++] = ((int) column) * height + (int) Math.ceil(Math.clamp(row, 0, height));
        }
      }
      begun = true;
      lastX = x;
      lastY = y;
    }

    int[] runs() {
      int[] ends = Arrays.copyOf(at, n + 1);
      ends[n] = Math.multiplyExact(width, height);
      Arrays.sort(ends);
      int[] lengths = new int[ends.length];
      for (int i = 0; i < ends.length; i++) {
        lengths[i] = ends[i] - (i == 0 ? 0 : ends[i - 1]);
      }
      // Two crossings at one place cancel out.
      int[] runs = new int[lengths.length];
      int m = 0;
      int i = 0;
      runs[m++] = lengths[i++];
      while (i < lengths.length) {
        if (lengths[i] > 0) {
          runs[m++] = lengths[i++];
        } else if (++i < lengths.length) {
          runs[m - 1] += lengths[i++];
        }
      }
      return Arrays.copyOf(runs, m);
    }
  }
}
