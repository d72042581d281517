package dev.plantain.codec;

/** Checks of array lengths, with messages that say what was expected. */
final class Lengths {
  private Lengths() {}

  /** Checks that {@code rgb} values hold {@code pixels} interleaved RGB pixels. */
  static void requireRgb(int rgb, int pixels) {
    if (rgb != 3L * pixels) {
      throw new IllegalArgumentException(
          "%d pixels need %d RGB values, got %d".formatted(pixels, 3L * pixels, rgb));
    }
  }

  /** Checks that an array named {@code what} has one value per pixel. */
  static void requirePixels(String what, int length, int pixels) {
    if (length != pixels) {
      throw new IllegalArgumentException(
          "%s needs one value per pixel, %d, got %d".formatted(what, pixels, length));
    }
  }

  /** Checks the sides of a picture and returns the number of its pixels. */
  static int requireShape(int width, int height) {
    if (width <= 0 || height <= 0 || (long) width * height > Integer.MAX_VALUE / 3) {
      throw new IllegalArgumentException(
          "a picture needs positive sides and at most %d pixels, got %d x %d"
              .formatted(Integer.MAX_VALUE / 3, width, height));
    }
    return width * height;
  }
}
