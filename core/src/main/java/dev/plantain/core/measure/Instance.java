package dev.plantain.core.measure;

/**
 * One thing of a class.
 *
 * @param mask its pixels, under the phrase asked for; not empty
 * @param rgb the colour it was drawn in, {@code 0xRRGGBB}
 */
public record Instance(Mask mask, int rgb) {
  public Instance {
    if (mask.isEmpty()) {
      throw new IllegalArgumentException("an instance has at least one pixel");
    }
  }
}
