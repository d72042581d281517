package dev.plantain.core.measure;

/**
 * One thing of a class.
 *
 * @param mask its pixels, under the phrase asked for; not empty
 * @param rgb the colour it was drawn in, {@code 0xRRGGBB}
 * @throws IllegalArgumentException if the mask is empty
 */
public record Instance(Mask mask, int rgb) {
  public Instance {
    if (mask.isEmpty()) {
      throw new IllegalArgumentException("an instance has at least one pixel");
    }
  }
}
