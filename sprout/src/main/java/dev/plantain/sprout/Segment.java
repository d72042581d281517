package dev.plantain.sprout;

import java.util.OptionalInt;

/**
 * A piece of a prompt that is understood on its own.
 *
 * @param text words without the colour literal
 * @param rgb the colour the prompt binds to these words, {@code 0xRRGGBB}; empty for plain words
 */
record Segment(String text, OptionalInt rgb) {
  static Segment plain(String text) {
    return new Segment(text, OptionalInt.empty());
  }

  static Segment coloured(String text, int rgb) {
    return new Segment(text, OptionalInt.of(rgb));
  }
}
