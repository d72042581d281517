package dev.plantain.core;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How to draw.
 *
 * @param seed of the noise; the same seed and request give the same drawing where {@link
 *     Traits#seedable}
 * @param width of the drawing in pixels; the generator's choice if empty
 * @param height of the drawing in pixels; the generator's choice if empty
 * @param steps of the sampler; the generator's choice if empty
 * @param guidance strength of classifier-free guidance; the generator's choice if empty
 * @throws IllegalArgumentException if one side is given without the other, or a side or the steps
 *     are not positive
 */
public record Options(
    long seed, OptionalInt width, OptionalInt height, OptionalInt steps, OptionalDouble guidance) {

  public Options {
    if (width.isPresent() != height.isPresent()) {
      throw new IllegalArgumentException("give both width and height of a drawing, or neither");
    }
    if (width.orElse(1) <= 0 || height.orElse(1) <= 0 || steps.orElse(1) <= 0) {
      throw new IllegalArgumentException("width, height and steps of a drawing must be positive");
    }
  }

  /** All else as the generator chooses. */
  public static Options seeded(long seed) {
    return new Options(
        seed,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty());
  }

  /** The same with another seed. */
  public Options withSeed(long value) {
    return new Options(value, width, height, steps, guidance);
  }

  /**
   * The same at this size, in pixels.
   *
   * @throws IllegalArgumentException if a side is not positive
   */
  public Options withSize(int w, int h) {
    return new Options(seed, OptionalInt.of(w), OptionalInt.of(h), steps, guidance);
  }

  /**
   * The same in this many steps.
   *
   * @throws IllegalArgumentException if there are none
   */
  public Options withSteps(int value) {
    return new Options(seed, width, height, OptionalInt.of(value), guidance);
  }

  /** The same with this strength of guidance; 1 is none. */
  public Options withGuidance(double value) {
    return new Options(seed, width, height, steps, OptionalDouble.of(value));
  }
}
