package dev.plantain.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class ScopeTest {
  @Test
  void freesWhatItMade() {
    long before = Ops.livePointers();
    try (Scope scope = Scope.open()) {
      Tensor x = Tensors.of(new float[] {1, 2}, 2);
      assertThat(x.isNull()).isFalse();
      assertThat(Ops.livePointers()).isGreaterThan(before);
    }
    assertThat(Ops.livePointers()).isEqualTo(before);
  }

  @Test
  void aKeptTensorOutlivesItsScopeUntilClosed() {
    long before = Ops.livePointers();
    Tensor kept;
    try (Scope scope = Scope.open()) {
      kept = scope.keep(Ops.scale(Tensors.of(new float[] {1, 2}, 2), 3));
    }
    assertThat(Tensors.floats(kept)).containsExactly(3, 6);
    kept.close();
    assertThat(Ops.livePointers()).isEqualTo(before);
  }

  @Test
  void aTensorHandedOverDiesWithTheOuterScope() {
    long before = Ops.livePointers();
    try (Scope outer = Scope.open()) {
      Tensor x;
      try (Scope inner = Scope.open()) {
        x = inner.handOver(Ops.scale(Tensors.of(new float[] {1, 2}, 2), 3));
      }
      assertThat(Tensors.floats(x)).containsExactly(3, 6);
    }
    assertThat(Ops.livePointers()).isEqualTo(before);
  }

  @Test
  void picturesComeBackToTheBit() {
    byte[] rgb8 = new byte[3 * 4 * 5];
    for (int i = 0; i < rgb8.length; i++) {
      rgb8[i] = (byte) (i * 37);
    }
    try (Scope scope = Scope.open()) {
      Tensor t = Tensors.pictures(java.util.List.of(rgb8), 4, 5);
      assertThat(Tensors.rgb8(t.select(0, 0))).isEqualTo(rgb8);
    }
  }
}
