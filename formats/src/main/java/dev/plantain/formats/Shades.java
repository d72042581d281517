package dev.plantain.formats;

import java.awt.Color;

/** Colours for pictures people look at: distinct, bright, and pleasant side by side. */
final class Shades {
  private Shades() {}

  /** The n-th colour, {@code 0xRRGGBB}: hues by the golden angle, brightness in turns. */
  static int of(int n) {
    float hue = (float) ((0.58 + n * 0.381966) % 1);
    float saturation = n / 3 % 2 == 0 ? 0.72f : 0.5f;
    float brightness = n % 2 == 0 ? 0.95f : 0.85f;
    return Color.HSBtoRGB(hue, saturation, brightness) & 0xFFFFFF;
  }
}
