package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DepthCodeTest {

  @Property
  void roundTripKeepsDepthToATenthOfAPercent(
      @ForAll @FloatRange(min = 0.02f, max = 10_000) float metres) {
    float back = DepthCode.decode(DepthCode.encode(metres));
    assertThat(back).isCloseTo(metres, Offset.offset(metres * 0.001f));
  }

  @Test
  void skyAndInvalidHaveCodesOfTheirOwn() {
    assertThat(DepthCode.decode(DepthCode.encode(Float.POSITIVE_INFINITY))).isInfinite();
    assertThat(DepthCode.decode(DepthCode.encode(Float.NaN))).isNaN();
    assertThat(DepthCode.decode(DepthCode.encode(-1))).isNaN();
    assertThat(DepthCode.decode(DepthCode.encode(Float.MAX_VALUE))).isFinite();
  }
}
