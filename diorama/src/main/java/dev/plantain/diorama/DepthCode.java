package dev.plantain.diorama;

/**
 * Depth in 16 bits: {@code 0} is invalid, {@code 65535} is +∞ (the sky), and {@code v} in between
 * means {@code 0.02 · exp((v − 1) / 600)} metres. Steps are 1/600 of the depth, so rounding costs
 * at most 0.084 %; the range is 2 cm to beyond 10 km. Coarser than 16 bits could be, so that it
 * packs.
 */
final class DepthCode {
  static final double LEAST = 0.02;
  static final double STEPS = 600;
  private static final int SKY = 0xffff;
  private static final int MOST = 8000;

  private DepthCode() {}

  static int encode(float metres) {
    if (metres == Float.POSITIVE_INFINITY) {
      return SKY;
    }
    if (!(metres > 0)) {
      return 0;
    }
    long v = 1 + Math.round(STEPS * Math.log(metres / LEAST));
    return Math.clamp(v, 1, MOST);
  }

  static float decode(int code) {
    return code == 0
        ? Float.NaN
        : code == SKY ? Float.POSITIVE_INFINITY : (float) (LEAST * Math.exp((code - 1) / STEPS));
  }
}
