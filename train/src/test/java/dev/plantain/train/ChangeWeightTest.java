package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class ChangeWeightTest {
  @Property
  void changedAndLeftPixelsWeighTheRootOfTheirAreas(@ForAll @Size(60) boolean[] changed) {
    byte[] before = new byte[180];
    byte[] after = new byte[180];
    int count = 0;
    for (int p = 0; p < 60; p++) {
      // Noise of a sensor is no change; one channel is enough for one.
      after[3 * p] = 20;
      after[3 * p + 1 + p % 2] = (byte) (changed[p] ? 200 : 0);
      count += changed[p] ? 1 : 0;
    }
    float[] weights = new float[62];
    ChangeWeight.of(before, after, weights, 1);
    double there = 0;
    double left = 0;
    for (int p = 0; p < 60; p++) {
      if (changed[p]) {
        there += weights[p + 1];
      } else {
        left += weights[p + 1];
      }
    }
    assertThat(there + left).isCloseTo(60, within(1e-3));
    assertThat(there * Math.sqrt(60 - count)).isCloseTo(left * Math.sqrt(count), within(1e-2));
    assertThat(weights[0]).isZero();
    assertThat(weights[61]).isZero();
  }
}
