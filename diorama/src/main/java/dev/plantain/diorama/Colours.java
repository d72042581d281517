package dev.plantain.diorama;

import java.util.List;

/** Colours as numbers and as words. */
final class Colours {
  private Colours() {}

  static double toLinear(double srgb) {
    return srgb <= 0.04045 ? srgb / 12.92 : Math.pow((srgb + 0.055) / 1.055, 2.4);
  }

  static double toSrgb(double linear) {
    double x = Math.clamp(linear, 0.0, 1.0);
    return x <= 0.0031308 ? 12.92 * x : 1.055 * Math.pow(x, 1 / 2.4) - 0.055;
  }

  /** {@code 0xRRGGBB} in sRGB to linear components. */
  static float[] linear(int rgb) {
    return new float[] {
      (float) toLinear((rgb >> 16 & 255) / 255.0),
      (float) toLinear((rgb >> 8 & 255) / 255.0),
      (float) toLinear((rgb & 255) / 255.0)
    };
  }

  static int srgb8(double r, double g, double b) {
    return channel(r) << 16 | channel(g) << 8 | channel(b);
  }

  /** For each 8-bit sRGB value above 0, the least linear value that rounds to it. */
  private static final float[] LEAST = new float[256];

  static {
    for (int value = 1; value < 256; value++) {
      int low = Float.floatToRawIntBits(LEAST[value - 1]);
      int high = Float.floatToRawIntBits(1f);
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (channel(Float.intBitsToFloat(middle)) >= value) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      LEAST[value] = Float.intBitsToFloat(low);
    }
  }

  /** The same as {@link #channel}, by search instead of a power: for every pixel's sake. */
  static int fastChannel(float linear) {
    int value = 0;
    for (int step = 128; step > 0; step >>= 1) {
      value += linear >= LEAST[value + step] ? step : 0;
    }
    return value;
  }

  static int channel(double linear) {
    return (int) Math.round(255 * toSrgb(linear));
  }

  /** Words a colour may be called by. */
  static final List<String> WORDS =
      List.of(
          "black",
          "grey",
          "white",
          "red",
          "orange",
          "yellow",
          "green",
          "turquoise",
          "blue",
          "purple",
          "pink",
          "brown",
          "beige");

  private static final byte[] WORD_OF = new byte[1 << 18];

  /**
   * {@link #word} of a colour rounded to six bits a channel, as an index into {@link #WORDS},
   * remembered: for every pixel's sake.
   */
  static int roughWord(float red, float green, float blue) {
    int rgb = fastChannel(red) << 16 | fastChannel(green) << 8 | fastChannel(blue);
    int key = (rgb >> 6 & 0x3f000) | (rgb >> 4 & 0xfc0) | (rgb >> 2 & 0x3f);
    int known = WORD_OF[key];
    if (known == 0) {
      // Threads may both compute it; they write the same.
      known = 1 + WORDS.indexOf(word((rgb & 0xfcfcfc) | 0x020202));
      WORD_OF[key] = (byte) known;
    }
    return known - 1;
  }

  /**
   * The basic colour word for an sRGB colour, by hue, saturation and lightness: thresholds in OKLCh
   * (Ottosson 2020), placed so that the paints of {@link Paint} get their own names.
   */
  static String word(int rgb) {
    double r = toLinear((rgb >> 16 & 255) / 255.0);
    double g = toLinear((rgb >> 8 & 255) / 255.0);
    double b = toLinear((rgb & 255) / 255.0);
    double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    double lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
    double a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    double bb = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
    double chroma = Math.sqrt(a * a + bb * bb);
    double hue = Math.toDegrees(Math.atan2(bb, a));
    if (hue < 0) {
      hue += 360;
    }
    if (lightness < 0.25 || (lightness < 0.32 && chroma < 0.05)) {
      return "black";
    }
    boolean warm = hue > 40 && hue < 110;
    if (chroma < (warm ? 0.022 : 0.035)) {
      return lightness > 0.86 ? "white" : "grey";
    }
    if (warm && chroma < 0.075) {
      return lightness > 0.92 && chroma < 0.035 ? "white" : lightness > 0.68 ? "beige" : "brown";
    }
    if (hue < 15 || hue >= 340) {
      return lightness > 0.66 || (hue >= 340 && chroma > 0.16 && lightness > 0.5) ? "pink" : "red";
    }
    if (hue < 42) {
      return lightness > 0.72 && chroma < 0.14 ? "pink" : chroma < 0.085 ? "brown" : "red";
    }
    if (hue < 80) {
      return lightness < 0.58 || chroma < 0.1 ? "brown" : "orange";
    }
    if (hue < 112) {
      return lightness < 0.6 ? (hue < 100 ? "brown" : "green") : hue < 84 ? "orange" : "yellow";
    }
    if (hue < 172) {
      return "green";
    }
    if (hue < 222) {
      return "turquoise";
    }
    if (hue < 285) {
      return "blue";
    }
    return hue < 325 ? "purple" : lightness > 0.55 ? "pink" : "purple";
  }
}
