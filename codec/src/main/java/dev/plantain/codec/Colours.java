package dev.plantain.codec;

/** Packed colours {@code 0xRRGGBB} and distances between them. */
final class Colours {
  private Colours() {}

  static int require(int rgb) {
    if (rgb >>> 24 != 0) {
      throw new IllegalArgumentException(
          "a colour is 0xRRGGBB, at most 0xFFFFFF, got 0x%08X".formatted(rgb));
    }
    return rgb;
  }

  static int get(byte[] rgb8, int pixel) {
    int at = 3 * pixel;
    return (rgb8[at] & 0xff) << 16 | (rgb8[at + 1] & 0xff) << 8 | (rgb8[at + 2] & 0xff);
  }

  static void put(int rgb, byte[] rgb8, int pixel) {
    int at = 3 * pixel;
    rgb8[at] = (byte) (rgb >> 16);
    rgb8[at + 1] = (byte) (rgb >> 8);
    rgb8[at + 2] = (byte) rgb;
  }

  static int pack(double red, double green, double blue) {
    return level(red) << 16 | level(green) << 8 | level(blue);
  }

  private static int level(double channel) {
    return Math.clamp(Math.round(channel), 0, 255);
  }

  /** Squared Euclidean distance in 8-bit levels. */
  static int distance2(int a, int b) {
    int r = (a >> 16) - (b >> 16);
    int g = (a >> 8 & 0xff) - (b >> 8 & 0xff);
    int blue = (a & 0xff) - (b & 0xff);
    return r * r + g * g + blue * blue;
  }

  static double distance(int a, int b) {
    return Math.sqrt(distance2(a, b));
  }

  /** Distance of a colour from the straight line between two others, ends included. */
  static double distanceFromLine(int colour, int from, int to) {
    double length2 = distance2(from, to);
    double fromStart2 = distance2(colour, from);
    if (length2 == 0) {
      return Math.sqrt(fromStart2);
    }
    double dot = (fromStart2 - distance2(colour, to) + length2) / 2;
    double along = Math.clamp(dot / length2, 0.0, 1.0);
    return Math.sqrt(Math.max(0, fromStart2 - 2 * along * dot + along * along * length2));
  }
}
