package dev.plantain.klein;

/**
 * The noise levels a drawing passes through: rectified flow with Euler steps, more of them at high
 * noise the larger the drawing. (Source: diffusers, {@code compute_empirical_mu} and {@code
 * FlowMatchEulerDiscreteScheduler} with exponential dynamic shift.)
 *
 * @param levels from near 1, all noise, to 0, none: one more than steps
 */
record Schedule(float[] levels) {
  private static final int LARGE = 4300;
  private static final double SLOPE_10 = 8.73809524e-05;
  private static final double OFFSET_10 = 1.89833333;
  private static final double SLOPE_200 = 0.00016927;
  private static final double OFFSET_200 = 0.45666666;

  /**
   * The levels for a drawing.
   *
   * @param tokens of the drawing, references not counted
   */
  static Schedule of(int tokens, int steps) {
    double shift = Math.exp(mu(tokens, steps));
    float[] levels = new float[steps + 1];
    for (int i = 0; i < steps; i++) {
      // Evenly from 1 to 1/steps, in float32 as the reference has them.
      float even = steps == 1 ? 1 : (float) (1 + i * (1.0 / steps - 1) / (steps - 1));
      levels[i] = (float) (shift / (shift + (1 / (double) even - 1)));
    }
    return new Schedule(levels);
  }

  /** How far levels are pushed towards noise: fitted for 10 and 200 steps, a line between. */
  static double mu(int tokens, int steps) {
    double at200 = SLOPE_200 * tokens + OFFSET_200;
    if (tokens > LARGE) {
      return at200;
    }
    double at10 = SLOPE_10 * tokens + OFFSET_10;
    double slope = (at200 - at10) / 190;
    return slope * steps + at200 - 200 * slope;
  }

  int steps() {
    return levels.length - 1;
  }
}
