package dev.plantain.core;

/**
 * What a generator can do.
 *
 * @param name for people and provenance, with its version: {@code "sprout 0.1"}
 * @param dialect name of the dialect it was taught
 * @param sizes which drawings it can make
 * @param seedable whether equal seeds give equal drawings
 * @param licence of its weights or service, an SPDX id where there is one
 */
public record Traits(String name, String dialect, Sizes sizes, boolean seedable, String licence) {

  /**
   * Sizes a generator draws.
   *
   * @param multiple both sides are multiples of this many pixels
   * @param pixels the area it draws best; framing aims at it
   * @param maxPixels the largest area it can draw
   * @param maxAspect largest ratio of the longer to the shorter side
   */
  public record Sizes(int multiple, int pixels, int maxPixels, double maxAspect) {
    public Sizes {
      if (multiple <= 0 || pixels < multiple * multiple || maxPixels < pixels || maxAspect < 1) {
        throw new IllegalArgumentException(
            "sizes must satisfy multiple > 0, multiple^2 <= pixels <= maxPixels, maxAspect >= 1");
      }
    }
  }
}
