package dev.plantain.codec;

/**
 * Whether a repaired pixel is as bright as its new place on the map: in a file colour bleeds and
 * light does not. Where quantisation is coarse light rings along borders, brighter and darker by
 * turns: there it is enough that the pixels around are as bright as they should be in the mean.
 */
final class BrightnessCheck {
  /** A repair must be as bright as the pixel, to this many 8-bit levels... */
  private static final double AS_BRIGHT = 2.5;

  /** ...or so many times the square of what is usual off the map. */
  private static final double TIMES_SQUARE = 3;

  /** A ringing pixel may be off by so many levels for each unit of coarseness. */
  private static final double RINGING = 80;

  /** And it and the eight around it by this many in the mean. */
  private static final double IN_THE_MEAN = 2;

  private final byte[] rgb8;
  private final int width;
  private final int height;
  private final float[] positions;
  private final StepColours colours;
  private final double asBright;
  private final double ringing;

  /**
   * @param positions on the map, those of repaired pixels their new ones; NaN where unknown
   * @param usualOffMap distance from the map that is usual, in levels
   * @param coarseness of the file's quantisation; 0 if it is fine
   */
  BrightnessCheck(
      byte[] rgb8,
      int width,
      int height,
      float[] positions,
      StepColours colours,
      double usualOffMap,
      double coarseness) {
    this.rgb8 = rgb8;
    this.width = width;
    this.height = height;
    this.positions = positions;
    this.colours = colours;
    asBright = Math.max(AS_BRIGHT, TIMES_SQUARE * usualOffMap * usualOffMap);
    ringing = RINGING * coarseness;
  }

  /** Whether this repair, which is a number, may stand. */
  boolean allows(int i) {
    double misfit = Math.abs(excess(i));
    return misfit <= asBright || (misfit <= ringing && isBrightInTheMean(i));
  }

  private boolean isBrightInTheMean(int i) {
    int y0 = i / width;
    int x0 = i - y0 * width;
    double sum = 0;
    int count = 0;
    for (int y = Math.max(0, y0 - 1); y <= Math.min(height - 1, y0 + 1); y++) {
      for (int x = Math.max(0, x0 - 1); x <= Math.min(width - 1, x0 + 1); x++) {
        double excess = excess(y * width + x);
        if (!Double.isNaN(excess)) {
          sum += excess;
          count++;
        }
      }
    }
    return Math.abs(sum) <= IN_THE_MEAN * count;
  }

  /** How much brighter a pixel is than its place on the map, in levels; NaN if it has none. */
  private double excess(int i) {
    float position = positions[i];
    return Float.isNaN(position) ? Double.NaN : colours.lumaExcess(position, rgb8, i);
  }
}
