package dev.plantain.codec;

import java.util.Arrays;

/**
 * What the sound pixels around a marked one tell about its position on the colour map: that of the
 * surface around it or, at a border, of the one of two surfaces to which it belongs.
 */
final class Surroundings {
  /** Sound pixels are looked for in ever larger squares, up to this far. */
  private static final int[] REACHES = {2, 3, 5};

  /** This many sound pixels tell a surface. */
  private static final int ENOUGH = 8;

  /** A plane through the positions of one surface leaves no more than this, in steps. */
  private static final double FLAT = 2.5;

  /** Within this many levels brightness is the same. */
  private static final double AS_BRIGHT = 4;

  /** One pixel of distance weighs as much as this many levels of brightness. */
  private static final double LEVELS_PER_PIXEL = 4;

  /** Of two surfaces a pixel is taken for the one at most this share as far. */
  private static final double CLEARLY_NEARER = 0.2;

  private static final int MOST = 121;

  private final byte[] rgb8;
  private final int width;
  private final int height;
  private final float[] steps;
  private final boolean[] marked;
  private final float[] lumaOfStep;
  private final int[] dx = new int[MOST];
  private final int[] dy = new int[MOST];
  private final float[] position = new float[MOST];
  private int count;

  Surroundings(
      byte[] rgb8, int width, int height, float[] steps, boolean[] marked, float[] lumaOfStep) {
    this.lumaOfStep = lumaOfStep;
    this.rgb8 = rgb8;
    this.width = width;
    this.height = height;
    this.steps = steps;
    this.marked = marked;
  }

  /** The position of the pixel at {@code (x, y)}, in steps, or NaN if it is not clear. */
  float position(int x, int y) {
    for (int reach : REACHES) {
      collect(x, y, reach);
      if (count >= ENOUGH) {
        float flat = plane(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, FLAT);
        if (!Float.isNaN(flat) && isAsBright(x, y)) {
          return flat;
        }
      }
    }
    return count == 0 ? Float.NaN : ofTwoSurfaces(x, y);
  }

  /**
   * Whether the pixel is about as bright as one of the sound ones: colour bleeds, light does not.
   */
  private boolean isAsBright(int x, int y) {
    double own = luma(y * width + x);
    for (int k = 0; k < count; k++) {
      if (Math.abs(luma((y + dy[k]) * width + x + dx[k]) - own) <= AS_BRIGHT) {
        return true;
      }
    }
    return false;
  }

  private void collect(int x, int y, int reach) {
    count = 0;
    for (int ny = Math.max(y - reach, 0); ny <= Math.min(y + reach, height - 1); ny++) {
      for (int nx = Math.max(x - reach, 0); nx <= Math.min(x + reach, width - 1); nx++) {
        int there = ny * width + nx;
        if (!marked[there]) {
          dx[count] = nx - x;
          dy[count] = ny - y;
          position[count++] = steps[there];
        }
      }
    }
  }

  /**
   * The value here of the plane through the positions in {@code [from, to)}, held within their
   * range; NaN if they leave more than {@code residual} (root mean square) or are none.
   */
  private float plane(float from, float to, double residual) {
    double n = 0;
    double mx = 0;
    double my = 0;
    double mp = 0;
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < count; k++) {
      if (position[k] >= from && position[k] < to) {
        n++;
        mx += dx[k];
        my += dy[k];
        mp += position[k];
        least = Math.min(least, position[k]);
        most = Math.max(most, position[k]);
      }
    }
    if (n == 0) {
      return Float.NaN;
    }
    mx /= n;
    my /= n;
    mp /= n;
    // A little flatness keeps few pixels in a row from tilting the plane.
    double xx = 1;
    double xy = 0;
    double yy = 1;
    double xp = 0;
    double yp = 0;
    double pp = 0;
    for (int k = 0; k < count; k++) {
      if (position[k] >= from && position[k] < to) {
        double ux = dx[k] - mx;
        double uy = dy[k] - my;
        double up = position[k] - mp;
        xx += ux * ux;
        xy += ux * uy;
        yy += uy * uy;
        xp += ux * up;
        yp += uy * up;
        pp += up * up;
      }
    }
    double determinant = xx * yy - xy * xy;
    double slopeX = (xp * yy - yp * xy) / determinant;
    double slopeY = (yp * xx - xp * xy) / determinant;
    double left = pp - slopeX * xp - slopeY * yp;
    if (left > residual * residual * n) {
      return Float.NaN;
    }
    return (float) Math.clamp(mp - slopeX * mx - slopeY * my, least, most);
  }

  /**
   * Splits at the widest gap and takes the side that is clearly nearer in place, and in brightness
   * where its surface would go on here.
   */
  private float ofTwoSurfaces(int x, int y) {
    float[] sorted = Arrays.copyOf(position, count);
    Arrays.sort(sorted);
    float split = sorted[0];
    float widest = 0;
    for (int k = 1; k < count; k++) {
      if (sorted[k] - sorted[k - 1] > widest) {
        widest = sorted[k] - sorted[k - 1];
        split = sorted[k];
      }
    }
    double own = luma(y * width + x);
    double below = Double.POSITIVE_INFINITY;
    double above = Double.POSITIVE_INFINITY;
    for (int k = 0; k < count; k++) {
      double distance = Math.hypot(dx[k], dy[k]);
      if (position[k] < split) {
        below = Math.min(below, distance);
      } else {
        above = Math.min(above, distance);
      }
    }
    float low = plane(Float.NEGATIVE_INFINITY, split, Double.POSITIVE_INFINITY);
    float high = plane(split, Float.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    below += misfit(low, own) / LEVELS_PER_PIXEL;
    above += misfit(high, own) / LEVELS_PER_PIXEL;
    if (below <= CLEARLY_NEARER * above) {
      return low;
    }
    return above <= CLEARLY_NEARER * below ? high : Float.NaN;
  }

  /** How much brighter or darker the map is at a position. */
  private double misfit(float at, double own) {
    return Float.isNaN(at)
        ? Double.POSITIVE_INFINITY
        : Math.abs(lumaOfStep[Math.clamp(Math.round(at), 0, lumaOfStep.length - 1)] - own);
  }

  private double luma(int i) {
    return luma(rgb8, i);
  }

  static double luma(byte[] rgb8, int i) {
    return 0.299 * (rgb8[3 * i] & 0xff)
        + 0.587 * (rgb8[3 * i + 1] & 0xff)
        + 0.114 * (rgb8[3 * i + 2] & 0xff);
  }
}
