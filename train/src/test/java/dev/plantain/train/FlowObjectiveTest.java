package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class FlowObjectiveTest {
  private static final double C = 0.1;

  /** The loss of a drawing of one pixel. */
  private static double loss(FlowObjective objective, float[] answer, float[] target, double time) {
    try (Scope scope = Scope.open()) {
      Batch batch =
          new Batch(
              1,
              1,
              List.of(),
              new int[] {-1},
              List.of(),
              List.of(new byte[3]),
              new float[] {1},
              List.of(Kind.NORMALS));
      return Tensors.floats(
          objective.losses(
              Tensors.of(answer, 1, 3, 1, 1),
              Tensors.of(target, 1, 3, 1, 1),
              torch.full(new long[] {1}, Tensors.scalar(time)),
              batch))[0];
    }
  }

  @Property(tries = 50)
  void lossesAreOfTheVelocity(
      @ForAll @DoubleRange(min = -1, max = 1) double x,
      @ForAll @DoubleRange(min = -1, max = 1) double y,
      @ForAll @DoubleRange(min = 0, max = 0.7) double time) {
    float[] answer = {(float) x, (float) y, 0};
    float[] target = {0, 0, 0};
    double square = (x * x + y * y) / ((1 - time) * (1 - time));
    assertThat(loss(new FlowObjective(null), answer, target, time))
        .isCloseTo(square / 3, within(1e-4 * (1 + square)));
    assertThat(loss(new FlowObjective(C), answer, target, time))
        .isCloseTo(Math.sqrt(square + C * C) - C, within(1e-4 * (1 + square)));
  }

  @Test
  void ofTwoAnswersTheLikelierIsBestWhereSquaresDrawTheMean() {
    float[] likely = {1, 0, 0};
    float[] other = {-1, 0, 0};
    float[] mean = {0.4f, 0, 0};
    assertThat(expected(new FlowObjective(C), likely, likely, other))
        .isLessThan(expected(new FlowObjective(C), mean, likely, other));
    assertThat(expected(new FlowObjective(null), likely, likely, other))
        .isGreaterThan(expected(new FlowObjective(null), mean, likely, other));
  }

  private static double expected(
      FlowObjective objective, float[] answer, float[] likely, float[] other) {
    return 0.7 * loss(objective, answer, likely, 0) + 0.3 * loss(objective, answer, other, 0);
  }

  @Test
  void aPerfectDrawingHasNoLossAndAFiniteGradient() {
    try (Scope scope = Scope.open()) {
      Tensor answer = Tensors.of(new float[3], 1, 3, 1, 1).requires_grad_(true);
      Batch batch =
          new Batch(
              1,
              1,
              List.of(),
              new int[] {-1},
              List.of(),
              List.of(new byte[3]),
              new float[] {1},
              List.of(Kind.DEPTH));
      Tensor loss =
          new FlowObjective(C)
              .losses(answer, Tensors.of(new float[3], 1, 3, 1, 1), torch.zeros(1), batch)
              .sum();
      loss.backward();
      assertThat(Tensors.floats(loss)[0]).isZero();
      assertThat(Tensors.floats(answer.grad())).containsOnly(0f);
    }
  }
}
