package dev.plantain.eval.metric;

/**
 * The loops over pixels that take most of a measurement's time. {@link ScalarLoops} says what they
 * compute; {@link VectorLoops} does the same for several pixels at once.
 */
interface PixelLoops {
  /** The Vector API's if the module was added to this process and gains something. */
  PixelLoops CHOSEN =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
              && VectorLoops.isWorthwhile()
          ? new VectorLoops()
          : new ScalarLoops();

  /**
   * Counts pixels whose truth counts, and adds their errors.
   *
   * @param p answers, metres; NaN is missing
   * @param g truths, metres
   * @param n pixels, from the first
   */
  void depth(float[] p, float[] g, int n, DepthSums sums);

  /**
   * Natural logarithms, in place.
   *
   * @param x positive, normal and finite
   */
  void log(double[] x, int n);

  /**
   * Adds the errors of pixels that were counted; see {@link DepthSums#count}.
   *
   * @param p answers, metres, clipped
   * @param g truths, metres
   * @param n pixels, from the first
   */
  void errors(double[] p, double[] g, int n, DepthSums sums);

  /** Powers of e, in place. */
  void exp(double[] x, int n);

  /**
   * Angles in degrees, in place.
   *
   * @param x their cosines; what is outside −1 … 1 by rounding is taken for the limit
   */
  void degrees(double[] x, int n);

  /**
   * Counts pairs of bytes.
   *
   * @param n pixels, from the first
   * @param counts by {@link #pair}
   */
  void pairs(byte[] first, byte[] second, int n, int[] counts);

  /** Where a pair is counted, below 65536. */
  static int pair(byte first, byte second) {
    return ((first & 0xFF) << Byte.SIZE) | (second & 0xFF);
  }
}
