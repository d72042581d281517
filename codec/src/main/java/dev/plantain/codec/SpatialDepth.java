package dev.plantain.codec;

/**
 * Finds the pixels of a depth drawing that cannot be taken at their colour, and repairs those that
 * their surroundings explain; see {@link DepthCodec#decode(byte[], int, int, float[], float[])}.
 *
 * <p>Distances from the map are in 8-bit levels, positions on it in <em>steps</em> of one level.
 */
final class SpatialDepth {
  /** A pixel farther from the map than this, and three times what is usual here, is marked. */
  private static final double OFF_MAP = 3;

  private static final double TIMES_USUAL = 3;

  /** Neighbours within this many steps, and a few times the noise, support a pixel. */
  private static final double ALIKE = 4;

  private static final double TIMES_NOISE = 3;

  /** Of the 24 pixels around it this many must support a pixel that is between two depths. */
  private static final int LEAST_SUPPORT = 9;

  /**
   * The same in a drawing that lies on the map almost everywhere: there even thin things are drawn
   * as they are, and only a line of blended pixels, one wide, remains to be caught.
   */
  private static final int LEAST_SUPPORT_IF_EXACT = 5;

  /** Share of pixels off the map from which on a drawing is not exact. */
  private static final double INEXACT_SHARE = 1e-3;

  /** Positions clearly below and above, on this many neighbours each, make a pixel "between". */
  private static final int LEAST_SIDE = 3;

  private static final int REACH = 2;

  /** Sound pixels are looked for this far around a marked one. */
  private static final int REPAIR_REACH = 5;

  /** Sound surroundings whose positions differ by less than this tell one depth. */
  private static final double ONE_SURFACE = 16;

  /** Of two surfaces a pixel is taken for the one at most this share as far in brightness. */
  private static final double CLEARLY_NEARER = 0.2;

  /** Confidence of a repaired pixel. */
  static final float REPAIRED = 0.25f;

  private final byte[] rgb8;
  private final int width;
  private final int height;
  private final float[] metres;
  private final float[] confidence;
  private final float[] steps;
  private final boolean[] marked;

  /**
   * @param metres pixel-wise reading, repaired in place
   * @param confidence pixel-wise, repaired in place
   */
  SpatialDepth(
      DepthCodec codec, byte[] rgb8, int width, int height, float[] metres, float[] confidence) {
    this.rgb8 = rgb8;
    this.width = width;
    this.height = height;
    this.metres = metres;
    this.confidence = confidence;
    steps = new float[metres.length];
    int all = codec.map().steps8bit();
    for (int i = 0; i < steps.length; i++) {
      steps[i] = (float) (all * codec.scale().forward(metres[i]));
    }
    marked = new boolean[metres.length];
  }

  DepthCodec.Marks repair() {
    mark();
    float[] newMetres = new float[metres.length];
    int repaired = 0;
    int invalid = 0;
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        if (marked[i]) {
          int source = source(x, y);
          newMetres[i] = source < 0 ? Float.NaN : metres[source];
          repaired += source < 0 ? 0 : 1;
          invalid += source < 0 ? 1 : 0;
        }
      }
    }
    for (int i = 0; i < marked.length; i++) {
      if (marked[i]) {
        metres[i] = newMetres[i];
        confidence[i] = Float.isNaN(newMetres[i]) ? 0 : Math.min(REPAIRED, confidence[i]);
      }
    }
    return new DepthCodec.Marks(repaired, invalid);
  }

  private double offMap(int i) {
    return (1 - confidence[i]) * ColourMap.NO_CONFIDENCE_DISTANCE * 255;
  }

  private void mark() {
    double mostOff = OFF_MAP + TIMES_USUAL * usualOffMap();
    double alike = ALIKE + TIMES_NOISE * noise();
    int support = isExact() ? LEAST_SUPPORT_IF_EXACT : LEAST_SUPPORT;
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        marked[i] = offMap(i) > mostOff || isBetween(x, y, alike, support);
      }
    }
  }

  private boolean isExact() {
    int off = 0;
    for (int i = 0; i < confidence.length; i++) {
      off += offMap(i) > 0.5 ? 1 : 0;
    }
    return off <= INEXACT_SHARE * confidence.length;
  }

  private double usualOffMap() {
    int[] histogram = new int[64];
    for (int i = 0; i < confidence.length; i++) {
      histogram[(int) Math.min(63, offMap(i))]++;
    }
    int below = 0;
    int level = 0;
    while (2 * (below + histogram[level]) < confidence.length) {
      below += histogram[level++];
    }
    return level;
  }

  /** Standard deviation of positions, in steps, from second differences along rows. */
  private double noise() {
    int[] histogram = new int[256];
    int count = 0;
    for (int y = 0; y < height; y++) {
      for (int i = y * width + 1; i < (y + 1) * width - 1; i++) {
        double second = Math.abs(steps[i - 1] - 2 * steps[i] + steps[i + 1]);
        histogram[(int) Math.min(255, second)]++;
        count++;
      }
    }
    int below = 0;
    int level = 0;
    while (level < 255 && 2 * (below + histogram[level]) < count) {
      below += histogram[level++];
    }
    return level / (0.6745 * Math.sqrt(6));
  }

  /** Whether a pixel lies between nearer and farther ones and has few of its own kind. */
  private boolean isBetween(int x, int y, double alike, int leastSupport) {
    int i = y * width + x;
    float own = steps[i];
    int support = -1;
    int nearer = 0;
    int farther = 0;
    for (int ny = Math.max(y - REACH, 0); ny <= Math.min(y + REACH, height - 1); ny++) {
      for (int nx = Math.max(x - REACH, 0); nx <= Math.min(x + REACH, width - 1); nx++) {
        float there = steps[ny * width + nx];
        if (there < own - alike) {
          nearer++;
        } else if (there > own + alike) {
          farther++;
        } else {
          support++;
        }
      }
    }
    return support < leastSupport && nearer >= LEAST_SIDE && farther >= LEAST_SIDE;
  }

  /** The sound pixel nearby whose depth a marked one has, or −1 if that is not clear. */
  private int source(int x, int y) {
    int i = y * width + x;
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    int nearest = -1;
    int nearest2 = Integer.MAX_VALUE;
    for (int ny = Math.max(y - REPAIR_REACH, 0); ny <= Math.min(y + REPAIR_REACH, height - 1); ny++) {
      for (int nx = Math.max(x - REPAIR_REACH, 0);
          nx <= Math.min(x + REPAIR_REACH, width - 1);
          nx++) {
        int there = ny * width + nx;
        if (!marked[there]) {
          least = Math.min(least, steps[there]);
          most = Math.max(most, steps[there]);
          int distance2 = (nx - x) * (nx - x) + (ny - y) * (ny - y);
          if (distance2 < nearest2) {
            nearest = there;
            nearest2 = distance2;
          }
        }
      }
    }
    if (nearest < 0 || most - least <= ONE_SURFACE) {
      return nearest;
    }
    return clearlyNearer(x, y, (least + most) / 2);
  }

  /** Of the sound pixels below and above a middle position the one of clearly nearer brightness. */
  private int clearlyNearer(int x, int y, float middle) {
    double own = luma(y * width + x);
    double below = Double.POSITIVE_INFINITY;
    double above = Double.POSITIVE_INFINITY;
    int belowAt = -1;
    int aboveAt = -1;
    for (int ny = Math.max(y - REPAIR_REACH, 0); ny <= Math.min(y + REPAIR_REACH, height - 1); ny++) {
      for (int nx = Math.max(x - REPAIR_REACH, 0);
          nx <= Math.min(x + REPAIR_REACH, width - 1);
          nx++) {
        int there = ny * width + nx;
        if (marked[there]) {
          continue;
        }
        // A little for the way, so that of equals the nearest counts.
        double difference =
            Math.abs(luma(there) - own) + Math.hypot(nx - x, ny - y);
        if (steps[there] < middle && difference < below) {
          below = difference;
          belowAt = there;
        } else if (steps[there] >= middle && difference < above) {
          above = difference;
          aboveAt = there;
        }
      }
    }
    if (below <= CLEARLY_NEARER * above) {
      return belowAt;
    }
    return above <= CLEARLY_NEARER * below ? aboveAt : -1;
  }

  private double luma(int i) {
    return 0.299 * (rgb8[3 * i] & 0xff)
        + 0.587 * (rgb8[3 * i + 1] & 0xff)
        + 0.114 * (rgb8[3 * i + 2] & 0xff);
  }
}
