package dev.plantain.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 7, 1L << 40, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  void isThatOfTheDefaultGeneratorToTheBit(long seed) {
    long before = Ops.livePointers();
    try (Scope scope = Scope.open()) {
      torch.manual_seed(seed);
      // Fewer than 16 numbers are drawn in another way than more, and an odd count leaves one over.
      float[] few = Tensors.floats(torch.randn(3));
      float[] many = Tensors.floats(torch.randn(1, 5, 33));
      float[] last = Tensors.floats(torch.randn(2, 2));
      Noise noise = Noise.seeded(seed);
      assertThat(Tensors.floats(noise.next(3))).isEqualTo(few);
      assertThat(Tensors.floats(noise.next(1, 5, 33))).isEqualTo(many);
      assertThat(Tensors.floats(noise.next(2, 2))).isEqualTo(last);
    }
    assertThat(Ops.livePointers()).isEqualTo(before);
  }

  @Test
  void anotherSeedBetweenSeedAndDrawingChangesNothing() {
    try (Scope scope = Scope.open()) {
      float[] alone = Tensors.floats(Noise.seeded(5).next(40));
      Noise noise = Noise.seeded(5);
      torch.manual_seed(6);
      Noise.seeded(7).next(40);
      assertThat(Tensors.floats(noise.next(40))).isEqualTo(alone);
    }
  }
}
