package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class ColoursTest {
  @Property
  void searchAndPowerAgree(@ForAll @FloatRange(min = 0, max = 1) float linear) {
    assertThat(Colours.fastChannel(linear)).isEqualTo(Colours.channel(linear));
  }

  @Test
  void searchAndPowerAgreeWhereValuesChange() {
    for (int value = 0; value < 256; value++) {
      float linear = (float) Colours.toLinear((value + 0.5) / 255);
      for (float x : new float[] {linear, Math.nextUp(linear), Math.nextDown(linear)}) {
        assertThat(Colours.fastChannel(x)).isEqualTo(Colours.channel(x));
      }
    }
  }
}
