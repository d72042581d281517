package dev.plantain.codec;

import org.jspecify.annotations.Nullable;

/**
 * Edges: soft white lines on black. The probability of an edge at a pixel is its luma (ITU-R
 * BT.601: 0.299 R + 0.587 G + 0.114 B), 0..1.
 */
public final class EdgeCodec {
  private EdgeCodec() {}

  /**
   * Paints probabilities as grey.
   *
   * @param probability n values, clamped to 0..1; NaN is painted black
   * @param rgb8 receives 3n bytes
   */
  public static void encode(float[] probability, byte[] rgb8) {
    Lengths.requireRgb(rgb8.length, probability.length);
    for (int i = 0; i < probability.length; i++) {
      float p = probability[i];
      int grey = p > 0 ? Math.round(255 * Math.min(p, 1)) : 0;
      Colours.put(grey * 0x010101, rgb8, i);
    }
  }

  /**
   * Reads probabilities.
   *
   * @param rgb8 3n bytes
   * @param probability receives n values 0..1
   * @param confidence receives 1 for a grey pixel, less the spread of its channels, or null
   */
  public static void decode(byte[] rgb8, float[] probability, float @Nullable [] confidence) {
    Lengths.requireRgb(rgb8.length, probability.length);
    if (confidence != null) {
      Lengths.requirePixels("confidence", confidence.length, probability.length);
    }
    for (int i = 0; i < probability.length; i++) {
      int r = rgb8[3 * i] & 0xff;
      int g = rgb8[3 * i + 1] & 0xff;
      int b = rgb8[3 * i + 2] & 0xff;
      probability[i] = (299 * r + 587 * g + 114 * b) / 255_000f;
      if (confidence != null) {
        confidence[i] = 1 - (Math.max(r, Math.max(g, b)) - Math.min(r, Math.min(g, b))) / 255f;
      }
    }
  }

  /**
   * Thins soft lines to ridges one pixel wide by non-maximum suppression: a pixel keeps its
   * probability where neither side across the line is higher, else it becomes 0. The direction
   * across the line is that of strongest downward curvature of the smoothed map.
   *
   * @param probability {@code width * height} values; NaN counts as 0
   * @param thinned receives as many; may not be the same array
   */
  public static void thin(float[] probability, int width, int height, float[] thinned) {
    int pixels = Lengths.requireShape(width, height);
    Lengths.requirePixels("probability", probability.length, pixels);
    Lengths.requirePixels("thinned", thinned.length, pixels);
    new EdgeThinning(probability, width, height).into(thinned);
  }
}
