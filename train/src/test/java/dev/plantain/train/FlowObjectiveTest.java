package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class FlowObjectiveTest {
  private static final double C = 0.1;
  private static final FlowObjective SQUARES = new FlowObjective(Map.of());
  private static final FlowObjective LENGTHS = new FlowObjective(Map.of(Kind.NORMALS, C));

  /** The loss of a drawing of one pixel. */
  private static double loss(FlowObjective objective, float[] answer, float[] target, double time) {
    return loss(objective, Kind.NORMALS, answer, target, time);
  }

  private static double loss(
      FlowObjective objective, Kind kind, float[] answer, float[] target, double time) {
    try (Scope scope = Scope.open()) {
      return Tensors.floats(
          objective.losses(
              Tensors.of(answer, 1, 3, 1, 1),
              Tensors.of(target, 1, 3, 1, 1),
              torch.full(new long[] {1}, Tensors.scalar(time)),
              ToyBatch.ofPixels(kind)))[0];
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
    assertThat(loss(SQUARES, answer, target, time))
        .isCloseTo(square / 3, within(1e-4 * (1 + square)));
    assertThat(loss(LENGTHS, answer, target, time))
        .isCloseTo(2 * C * (Math.sqrt(square + C * C) - C), within(1e-4 * (1 + square)));
  }

  @Test
  void otherKindsAreLearntBySquares() {
    float[] answer = {0.5f, -0.2f, 0.1f};
    float[] target = {0, 0, 0};
    assertThat(loss(LENGTHS, Kind.DEPTH, answer, target, 0.5))
        .isEqualTo(loss(SQUARES, Kind.DEPTH, answer, target, 0.5));
  }

  @Test
  void everyDrawingOfABatchHasItsKindsLoss() {
    float[] one = {0.5f, -0.2f, 0.1f};
    float[] two = {0.1f, 0.3f, -0.6f};
    try (Scope scope = Scope.open()) {
      Batch batch = ToyBatch.ofPixels(Kind.DEPTH, Kind.NORMALS);
      Tensor answers = Tensors.of(new float[] {0.5f, -0.2f, 0.1f, 0.1f, 0.3f, -0.6f}, 2, 3, 1, 1);
      answers.requires_grad_(true);
      Tensor losses =
          LENGTHS.losses(
              answers, torch.zeros(2, 3, 1, 1), Tensors.of(new float[] {0, 0.5f}, 2), batch);
      losses.sum().backward();
      float[] nothing = new float[3];
      assertThat(Tensors.floats(losses)[0])
          .isCloseTo((float) loss(SQUARES, Kind.DEPTH, one, nothing, 0), within(1e-6f));
      assertThat(Tensors.floats(losses)[1])
          .isCloseTo((float) loss(LENGTHS, Kind.NORMALS, two, nothing, 0.5), within(1e-6f));
      for (float g : Tensors.floats(answers.grad())) {
        assertThat(g).isFinite().isNotZero();
      }
    }
  }

  @Test
  void ofTwoAnswersTheLikelierIsBestWhereSquaresDrawTheMean() {
    float[] likely = {1, 0, 0};
    float[] other = {-1, 0, 0};
    float[] mean = {0.4f, 0, 0};
    assertThat(expected(LENGTHS, likely, likely, other))
        .isLessThan(expected(LENGTHS, mean, likely, other));
    assertThat(expected(SQUARES, likely, likely, other))
        .isGreaterThan(expected(SQUARES, mean, likely, other));
  }

  private static double expected(
      FlowObjective objective, float[] answer, float[] likely, float[] other) {
    return 0.7 * loss(objective, answer, likely, 0) + 0.3 * loss(objective, answer, other, 0);
  }

  @Test
  void aPerfectDrawingHasNoLossAndAFiniteGradient() {
    try (Scope scope = Scope.open()) {
      Tensor answer = Tensors.of(new float[3], 1, 3, 1, 1).requires_grad_(true);
      Batch batch = ToyBatch.ofPixels(Kind.NORMALS);
      Tensor loss =
          LENGTHS.losses(answer, Tensors.of(new float[3], 1, 3, 1, 1), torch.zeros(1), batch).sum();
      loss.backward();
      assertThat(Tensors.floats(loss)[0]).isZero();
      assertThat(Tensors.floats(answer.grad())).containsOnly(0f);
    }
  }
}
