package dev.plantain.codec;

import org.jspecify.annotations.Nullable;

/**
 * One phrase drawn in a foreground colour on a background: a mask. Several phrases in several
 * colours are a {@link Legend}.
 *
 * <p>The probability of a pixel is {@code d_b / (d_f + d_b)}, where d_f and d_b are the distances
 * of its colour to foreground and background: 1 and 0 for the exact colours, one half where they
 * are equally far. The mask is where it is above one half. Confidence is {@code |2p − 1|}, less the
 * share by which the colour lies off the line between the two (as a wrong colour does, but an
 * antialiased border does not).
 *
 * @param foreground {@code 0xRRGGBB}
 * @param background {@code 0xRRGGBB}, another
 */
public record PhraseMask(int foreground, int background) {
  public PhraseMask {
    if (Colours.require(foreground) == Colours.require(background)) {
      throw new IllegalArgumentException(
          "a phrase needs a colour other than the background's #%06X".formatted(background));
    }
  }

  /** On black. */
  public static PhraseMask onBlack(int foreground) {
    return new PhraseMask(foreground, 0);
  }

  /**
   * Reads a mask.
   *
   * @param rgb8 3n bytes
   * @param mask receives n booleans
   * @param probability receives n probabilities 0..1, or null
   * @param confidence receives n confidences 0..1, or null
   */
  public void decode(
      byte[] rgb8, boolean[] mask, float @Nullable [] probability, float @Nullable [] confidence) {
    Lengths.requireRgb(rgb8.length, mask.length);
    if (probability != null) {
      Lengths.requirePixels("probability", probability.length, mask.length);
    }
    if (confidence != null) {
      Lengths.requirePixels("confidence", confidence.length, mask.length);
    }
    double between = Colours.distance(foreground, background);
    int lastColour = -1;
    boolean inside = false;
    double p = 0;
    double sure = 0;
    for (int i = 0; i < mask.length; i++) {
      int rgb = Colours.get(rgb8, i);
      if (rgb != lastColour) {
        lastColour = rgb;
        double toForeground = Colours.distance(rgb, foreground);
        double toBackground = Colours.distance(rgb, background);
        p = toBackground / (toForeground + toBackground);
        inside = toForeground < toBackground;
        // 0 on the line between the two colours, 1 for a detour as long as that line.
        double detour = (toForeground + toBackground) / between - 1;
        sure = Math.abs(2 * p - 1) * Math.max(0, 1 - detour);
      }
      mask[i] = inside;
      if (probability != null) {
        probability[i] = (float) p;
      }
      if (confidence != null) {
        confidence[i] = (float) sure;
      }
    }
  }

  /**
   * Paints a mask.
   *
   * @param mask n booleans
   * @param rgb8 receives 3n bytes
   */
  public void paint(boolean[] mask, byte[] rgb8) {
    Lengths.requireRgb(rgb8.length, mask.length);
    for (int i = 0; i < mask.length; i++) {
      Colours.put(mask[i] ? foreground : background, rgb8, i);
    }
  }
}
