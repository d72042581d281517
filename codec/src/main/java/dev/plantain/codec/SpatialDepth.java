package dev.plantain.codec;

/**
 * Finds the pixels of a depth drawing that cannot be taken at their colour, and repairs those that
 * their surroundings explain; see {@link DepthCodec#decode(byte[], int, int, float[], float[])}.
 *
 * <p>Distances from the map are in 8-bit levels, positions on it in <em>steps</em> of one level.
 */
final class SpatialDepth {
  /** A pixel farther from the map than this, and so many times what is usual here, is marked. */
  private static final double OFF_MAP = 1.5;

  private static final double TIMES_USUAL = 2.5;

  /** What is farther from the map than this says nothing of what is usual. */
  private static final double FAR_OFF = 4;

  /**
   * Where half of the pixels are so far off, the hand was unsteady: it is no noise of a file.
   * Neither is it where half are a little off and a quarter far: files spoil what is next to
   * borders, not a quarter of all.
   */
  private static final double A_LITTLE_OFF = 2;

  private static final double A_QUARTER_OFF = 6;

  /** Of an unsteady hand a pixel is marked that is this much, and so many times the usual, off. */
  private static final double UNSTEADY_OFF_MAP = 2;

  private static final double UNSTEADY_TIMES_USUAL = 2;

  /**
   * But it draws smoothly: with more noise than this, in steps, the picture is broken or crowded.
   */
  private static final double UNSTEADY_NOISE = 60;

  /** Neighbours within this many steps, and a few times the noise, support a pixel. */
  private static final double ALIKE = 4;

  private static final double TIMES_NOISE = 3;

  /** Of the 24 pixels around it this many must support a pixel that is between two depths. */
  private static final int LEAST_SUPPORT = 9;

  /** Share of pixels off the map from which on a drawing is not exact. */
  private static final double INEXACT_SHARE = 1e-3;

  /** Positions clearly below and above, on this many neighbours each, make a pixel "between". */
  private static final int LEAST_SIDE = 3;

  private static final int REACH = 2;

  /** With this many marked pixels around it a pixel needs this many unmarked ones like it. */
  private static final int MANY_BAD = 7;

  private static final int FEW = 9;

  /** The same where quantisation is coarse, and spoils more of those around it. */
  private static final int COARSE_MANY_BAD = 5;

  private static final int COARSE_FEW = 6;

  /** Steps from one pixel to the next on the steepest surface. */
  private static final float STEEPEST = 20;

  /** Of four such steps in a row the least over the greatest. */
  private static final float EVEN = 0.3f;

  /** A marked pixel within this many steps of what its surroundings tell is right after all. */
  private static final double CONSISTENT = 1;

  /** The square of what is usual off the map, from which on a file's quantisation is coarse. */
  private static final double COARSE = 1;

  /**
   * There are this many pixels a little off the map to each far off at least: in a crowd of borders
   * there are fewer, and it says nothing of quantisation.
   */
  private static final double LITTLE_TO_FAR = 0.6;

  /** Confidence of a repaired pixel. */
  static final float REPAIRED = 0.25f;

  private final DepthCodec codec;
  private final int allSteps;
  private final byte[] rgb8;
  private final int width;
  private final int height;
  private final float[] metres;
  private final float[] confidence;
  private final float[] steps;
  private final boolean[] marked;
  private final StepColours colours;
  private final double noise;
  private final boolean unsteady;
  private final double usualOffMap;

  /** How coarse a file's quantisation is, in square levels; 0 if it is fine or cannot be told. */
  private final double coarseness;

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
    this.codec = codec;
    allSteps = codec.map().steps8bit();
    for (int i = 0; i < steps.length; i++) {
      steps[i] = (float) (allSteps * codec.scale().forward(metres[i]));
    }
    marked = new boolean[metres.length];
    colours = StepColours.of(codec.map());
    int[] offMap = offMapHistogram();
    int half = quantile(offMap, metres.length, 0.5);
    int quarter = quantile(offMap, metres.length, 0.75);
    noise = noise();
    unsteady =
        noise <= UNSTEADY_NOISE
            && (half > FAR_OFF || (half >= A_LITTLE_OFF && quarter >= A_QUARTER_OFF));
    usualOffMap = unsteady ? Math.max(half, quarter / 2.0) : noiseOffMap();
    coarseness = unsteady || isCrowded() ? 0 : Math.max(0, usualOffMap * usualOffMap - COARSE);
  }

  DepthCodec.Marks repair() {
    mark();
    Surroundings surroundings =
        new Surroundings(
            rgb8, width, height, steps, marked, colours, metresOfStep(), unsteady, coarseness);
    float[] positions = new float[metres.length];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        positions[i] = marked[i] ? surroundings.position(x, y) : steps[i];
      }
    }
    BrightnessCheck bright =
        new BrightnessCheck(rgb8, width, height, positions, colours, usualOffMap, coarseness);
    int repaired = 0;
    int invalid = 0;
    for (int i = 0; i < marked.length; i++) {
      // A colour may be off the map sideways and still stand for the right depth.
      if (!marked[i] || Math.abs(positions[i] - steps[i]) <= CONSISTENT) {
        continue;
      }
      if (unsteady && Float.isNaN(positions[i])) {
        // All of the drawing is a guess; this is a worse one.
        confidence[i] = Math.min(confidence[i], REPAIRED);
        continue;
      }
      if (Float.isNaN(positions[i]) || !bright.allows(i)) {
        metres[i] = Float.NaN;
        confidence[i] = 0;
        invalid++;
      } else {
        double f = Math.clamp(positions[i] / allSteps, 0.0, 1.0);
        metres[i] = (float) codec.scale().inverse(f);
        confidence[i] = REPAIRED;
        repaired++;
      }
    }
    return new DepthCodec.Marks(repaired, invalid);
  }

  private double[] metresOfStep() {
    double[] metres = new double[allSteps + 1];
    for (int step = 0; step <= allSteps; step++) {
      metres[step] = codec.scale().inverse((double) step / allSteps);
    }
    // The far end may be endless; it is no less far than what comes before it.
    metres[allSteps] = Math.min(metres[allSteps], 2 * metres[allSteps - 1]);
    return metres;
  }

  private double offMap(int i) {
    return (1 - confidence[i]) * ColourMap.NO_CONFIDENCE_DISTANCE * 255;
  }

  private void mark() {
    double mostOff =
        unsteady
            ? UNSTEADY_OFF_MAP + UNSTEADY_TIMES_USUAL * usualOffMap
            : Math.max(OFF_MAP, TIMES_USUAL * usualOffMap);
    double alike = ALIKE + TIMES_NOISE * noise;
    // There what lies on the map was drawn so, thin things and steep slopes included; a blend of
    // two
    // colours lies off the map unless both are on one edge of it.
    boolean exact = isExact();
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        marked[i] = offMap(i) > mostOff || (!exact && isBetween(x, y, alike));
      }
    }
    if (!exact && !unsteady) {
      markChance(alike);
    }
  }

  /** Marks what is on the map among pixels that are not, and alone there: by chance, that is. */
  private void markChance(double alike) {
    boolean[] off = marked.clone();
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        if (!off[i]) {
          marked[i] = isChance(x, y, alike, off);
        }
      }
    }
  }

  private boolean isChance(int x, int y, double alike, boolean[] off) {
    float own = steps[y * width + x];
    int support = -1;
    int bad = 0;
    for (int ny = Math.max(y - REACH, 0); ny <= Math.min(y + REACH, height - 1); ny++) {
      for (int nx = Math.max(x - REACH, 0); nx <= Math.min(x + REACH, width - 1); nx++) {
        int there = ny * width + nx;
        if (off[there]) {
          bad++;
        } else if (Math.abs(steps[there] - own) <= alike) {
          support++;
        }
      }
    }
    return coarseness > 0
        ? bad >= COARSE_MANY_BAD && support < COARSE_FEW
        : bad >= MANY_BAD && support < FEW;
  }

  private boolean isExact() {
    int off = 0;
    for (int i = 0; i < confidence.length; i++) {
      off += offMap(i) > 0.5 ? 1 : 0;
    }
    return off <= INEXACT_SHARE * confidence.length;
  }

  /** Pixels by their distance from the map, in whole levels. */
  private int[] offMapHistogram() {
    int[] histogram = new int[64];
    for (int i = 0; i < confidence.length; i++) {
      histogram[(int) Math.min(63, offMap(i))]++;
    }
    return histogram;
  }

  /** The bin below whose end this share of so many is. */
  private static int quantile(int[] histogram, int count, double share) {
    int below = 0;
    int bin = 0;
    while (bin < histogram.length - 1 && below + histogram[bin] < share * count) {
      below += histogram[bin++];
    }
    return bin;
  }

  /** Root mean square of the distances from the map, where they may be noise. */
  private double noiseOffMap() {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < confidence.length; i++) {
      double off = offMap(i);
      if (off <= FAR_OFF) {
        sum += off * off;
        count++;
      }
    }
    return count == 0 ? 0 : Math.sqrt(sum / count);
  }

  private boolean isCrowded() {
    int little = 0;
    int far = 0;
    for (int i = 0; i < confidence.length; i++) {
      double off = offMap(i);
      far += off > FAR_OFF ? 1 : 0;
      little += off > OFF_MAP && off <= FAR_OFF ? 1 : 0;
    }
    return little < LITTLE_TO_FAR * far;
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
    return quantile(histogram, count, 0.5) / (0.6745 * Math.sqrt(6));
  }

  /** Whether a pixel lies between nearer and farther ones and has few of its own kind. */
  private boolean isBetween(int x, int y, double alike) {
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
    return support < LEAST_SUPPORT
        && nearer >= LEAST_SIDE
        && farther >= LEAST_SIDE
        && !isSlope(x, y);
  }

  /**
   * Whether positions rise or fall evenly over five pixels along the axis of greater change: a
   * floor seen at a low angle does, a blended border only over one or two.
   */
  private boolean isSlope(int x, int y) {
    int i = y * width + x;
    boolean room = x >= REACH && y >= REACH && x < width - REACH && y < height - REACH;
    if (!room) {
      return false;
    }
    boolean across =
        Math.abs(steps[i + 1] - steps[i - 1]) > Math.abs(steps[i + width] - steps[i - width]);
    int next = across ? 1 : width;
    float first = steps[i - next] - steps[i - 2 * next];
    float second = steps[i] - steps[i - next];
    float third = steps[i + next] - steps[i];
    float fourth = steps[i + 2 * next] - steps[i + next];
    float least = Math.min(Math.min(first, second), Math.min(third, fourth));
    float most = Math.max(Math.max(first, second), Math.max(third, fourth));
    return (least > 0 && most <= STEEPEST && least >= EVEN * most)
        || (most < 0 && least >= -STEEPEST && most <= EVEN * least);
  }
}
