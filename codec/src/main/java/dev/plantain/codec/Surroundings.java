package dev.plantain.codec;

import java.util.Arrays;

/**
 * What the sound pixels around a marked one tell about its position on the colour map: that of the
 * surface around it or, at a border, of the one of two surfaces to which it belongs.
 */
final class Surroundings {
  /** Sound pixels are looked for in ever larger squares, up to this far. */
  private static final int[] REACHES = {2, 3, 5};

  /** Where quantisation is coarse even farther: borders are marked more broadly. */
  private static final int[] COARSE_REACHES = {2, 3, 5, 8};

  /** This many sound pixels tell a surface. */
  private static final int ENOUGH = 8;

  /** A plane through the positions of one surface leaves no more than this, in steps. */
  private static final double FLAT = 2.5;

  /** Within this many levels brightness is the same. */
  private static final double AS_BRIGHT = 4;

  /** Positions less than this apart, in steps, are of one surface, if no flat one. */
  private static final float GAP = 20;

  /**
   * What speaks for one of two surfaces, as the logarithm of odds: brightness, which a file keeps
   * pixel by pixel, up to {@link #LUMA_ODDS}; colour, which bleeds; and how near the surface is.
   * From a logistic regression on drawings of Diorama's training split, saved as JPEG.
   */
  private static final double LUMA_ODDS = 3;

  private static final double LUMA_LEVELS = 8;
  private static final double CHROMA_LEVELS = 12;
  private static final double MOST_CHROMA = 80;
  private static final double DISTANCE_PIXELS = 10;

  /** Odds of e to one are needed at least. */
  private static final double CLEAR = 1;

  /** The relative error of depth to be expected from taking the wrong one, at most. */
  private static final double RISK = 0.012;

  /** And so much more for each unit of coarseness. */
  private static final double COARSE_RISK = 0.055;

  /** Chroma this many levels off, of one surface or of all blends of two, is of yet another. */
  private static final double FOREIGN = 12;

  /** And so much farther for each unit of coarseness. */
  private static final double COARSE_FOREIGN = 70;

  /** Nearer than this many steps relative errors mean nothing. */
  private static final int NEAREST = 4;

  /** Pixels in the largest of the squares. */
  private static final int MOST = 17 * 17;

  private final byte[] rgb8;
  private final int width;
  private final int height;
  private final float[] steps;
  private final boolean[] marked;
  private final StepColours colours;
  private final double[] metresOfStep;

  /** Whether colours are off everywhere, so that neither chroma nor odds can be trusted. */
  private final boolean unsteady;

  private final int[] reaches;
  private final double mostRisk;
  private final double foreign;
  private final int[] dx = new int[MOST];
  private final int[] dy = new int[MOST];
  private final float[] position = new float[MOST];
  private int count;

  /**
   * @param coarseness of the file's quantisation; 0 if it is fine
   */
  Surroundings(
      byte[] rgb8,
      int width,
      int height,
      float[] steps,
      boolean[] marked,
      StepColours colours,
      double[] metresOfStep,
      boolean unsteady,
      double coarseness) {
    reaches = coarseness > 0 ? COARSE_REACHES : REACHES;
    mostRisk = RISK + COARSE_RISK * coarseness;
    foreign = FOREIGN + COARSE_FOREIGN * coarseness;
    this.unsteady = unsteady;
    this.metresOfStep = metresOfStep;
    this.colours = colours;
    this.rgb8 = rgb8;
    this.width = width;
    this.height = height;
    this.steps = steps;
    this.marked = marked;
  }

  /** The position of the pixel at {@code (x, y)}, in steps, or NaN if it is not clear. */
  float position(int x, int y) {
    for (int reach : reaches) {
      collect(x, y, reach);
      if (count >= ENOUGH) {
        float flat = plane(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, FLAT);
        if (!Float.isNaN(flat) && isAsBright(x, y) && isNative(flat, flat, y * width + x)) {
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

  /** Splits at the widest gap and takes the side that brightness, colour and place speak for. */
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
    int i = y * width + x;
    float high = plane(split, Float.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    float low = plane(Float.NEGATIVE_INFINITY, split, Double.POSITIVE_INFINITY);
    if (Float.isNaN(low)) {
      return isNative(high, high, i) ? high : Float.NaN;
    }
    if (!isNative(low, high, i)) {
      return Float.NaN;
    }
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
    double forHigh =
        LUMA_ODDS
                * Math.tanh(
                    (colours.lumaMisfit(low, rgb8, i) - colours.lumaMisfit(high, rgb8, i))
                        / LUMA_LEVELS)
            + (chromaMisfit(low, i) - chromaMisfit(high, i)) / CHROMA_LEVELS
            + (below - above) / DISTANCE_PIXELS;
    float likely = forHigh > 0 ? high : low;
    float other = forHigh > 0 ? low : high;
    boolean clear = widest <= GAP || Math.abs(forHigh) >= CLEAR;
    return clear && (unsteady || risk(likely, other, Math.abs(forHigh)) <= mostRisk)
        ? likely
        : Float.NaN;
  }

  /** Expected relative error of taking a depth for another, given the logarithm of its odds. */
  private double risk(float likely, float other, double odds) {
    double taken = metresOfStep[step(likely)];
    double instead = metresOfStep[step(other)];
    return Math.abs(taken - instead) / instead / (1 + Math.exp(odds));
  }

  private int step(float position) {
    return Math.clamp(Math.round(position), NEAREST, metresOfStep.length - 1);
  }

  private boolean isNative(float low, float high, int i) {
    return unsteady || colours.offBlend(low, high, rgb8, i) <= foreign;
  }

  private double chromaMisfit(float at, int i) {
    return Math.min(MOST_CHROMA, colours.chromaMisfit(at, rgb8, i));
  }

  private double luma(int i) {
    return StepColours.luma(rgb8, i);
  }
}
