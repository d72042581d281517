package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.codec.DepthCodec;
import dev.plantain.codec.NormalCodec;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The specialists' losses against values reckoned by hand, on pictures of two pixels. */
class ObjectiveTest {

  private static float loss(Objective objective, byte[] target, float... planes) {
    try (Scope scope = Scope.open()) {
      Batch batch = ToyBatch.of(List.of(target), Kind.DEPTH);
      return Tensors.floats(
          objective.losses(
              Tensors.of(planes, 1, 3, 1, 2),
              Tensors.pictures(batch.targets(), 1, 2),
              Tensors.of(new float[] {0}, 1),
              batch))[0];
    }
  }

  private static byte[] depth(float... metres) {
    byte[] rgb8 = new byte[3 * metres.length];
    DepthCodec.paper().encode(metres, rgb8);
    return rgb8;
  }

  @Test
  void depthIsTheDistanceOfLogarithms() {
    // 0 is 4 m, 0.5 is 4e m: off by ln 2 and by ln(4e/4) = 1.
    float found = loss(new DepthObjective(), depth(2, 4), 0, 0.5f, 9, 9, 9, 9);
    assertThat(found).isCloseTo((float) (Math.log(2) + 1) / 2, within(0.01f));
    assertThat(DepthObjective.metres(new float[] {0, 1}))
        .containsExactly(new float[] {4, (float) (4 * Math.exp(2))}, within(1e-4f));
  }

  @Test
  void skyCountsNowhere() {
    float found =
        loss(new DepthObjective(), depth(2, Float.POSITIVE_INFINITY), 0, 1e3f, 9, 9, 9, 9);
    assertThat(found).isCloseTo((float) Math.log(2), within(0.01f));
    byte[] normals = new byte[6];
    NormalCodec.paper().encode(new float[] {0, 0, 1, Float.NaN, Float.NaN, Float.NaN}, normals);
    assertThat(loss(new NormalsObjective(), normals, 0, 7, 0, 7, -2, 7))
        .isCloseTo(2, within(0.01f));
  }

  @Test
  void normalsAreOneLessTheCosineOfVectorsOfAnyLength() {
    byte[] normals = new byte[6];
    NormalCodec.paper().encode(new float[] {1, 0, 0, 0, 1, 0}, normals);
    // The first is right, three long; the second is 60° off.
    float half = 0.5f;
    float side = (float) Math.sqrt(0.75);
    float found = loss(new NormalsObjective(), normals, 3, side, 0, half, 0, 0);
    assertThat(found).isCloseTo(0.25f, within(0.01f));
  }

  @Test
  void aMaskIsTheCrossEntropyOfItsOdds() {
    byte[] white = {-1, -1, -1, 0, 0, 0};
    // Odds of 6 x 0.5 = 3 inside and of 6 x 0 = 0 outside.
    double inside = Math.log(1 + Math.exp(-3));
    double outside = Math.log(2);
    float found = loss(new MaskObjective(), white, 0.5f, 0, 9, 9, 9, 9);
    assertThat(found).isCloseTo((float) ((inside + outside) / 2), within(1e-5f));
    assertThat(loss(new MaskObjective(), white, -50, 50, 9, 9, 9, 9)).isCloseTo(300, within(1e-2f));
  }
}
