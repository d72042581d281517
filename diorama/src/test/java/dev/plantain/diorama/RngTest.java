package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RngTest {
  /** A platform's own logarithm and cosine may differ in the last bit. */
  @Test
  void normalNumbersAreThoseOfAnyPlatform() {
    Rng rng = new Rng(7);
    Rng again = new Rng(7);
    for (int i = 0; i < 20_000; i++) {
      double u = 1 - again.nextDouble();
      double v = again.nextDouble();
      assertThat(rng.gaussian())
          .isEqualTo(
              StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * StrictMath.PI * v));
    }
  }
}
