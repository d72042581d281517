package dev.plantain.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each metric on cases small enough to reckon by hand. */
class MetricsTest {
  private static double value(List<Figure> figures, String name) {
    return figures.stream()
        .filter(f -> f.name().equals(name))
        .mapToDouble(Figure::value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void depthIsAMeanOverImages() {
    DepthError error = new DepthError(10);
    // 1.25 is not below 1.25; 0, NaN, beyond the cap and the sky do not count.
    error.add(
        new float[] {1.25f, 2, 9, 9, 9, 9},
        new float[] {1, 2, 0, Float.NaN, 11, Float.POSITIVE_INFINITY});
    error.add(new float[] {3}, new float[] {2});
    error.add(new float[] {3}, new float[] {0});
    assertThat(value(error.figures(), "depth.delta1")).isCloseTo((0.5 + 0) / 2, within(1e-9));
    assertThat(value(error.figures(), "depth.absrel"))
        .isCloseTo((0.25 / 2 + 0.5) / 2, within(1e-7));
    assertThat(value(error.figures(), "depth.delta2")).isCloseTo((1 + 1) / 2.0, within(1e-9));
    assertThat(value(error.figures(), "depth.rmse"))
        .isCloseTo((Math.sqrt(0.25 * 0.25 / 2) + 1) / 2, within(1e-7));
  }

  @Test
  void infiniteDepthIsClippedToTheCapAndReported() {
    DepthError error = new DepthError(80);
    error.add(new float[] {Float.POSITIVE_INFINITY, 40}, new float[] {80, 40});
    assertThat(value(error.figures(), "depth.delta1")).isEqualTo(1);
    assertThat(value(error.figures(), "depth.clipped")).isEqualTo(0.5);
  }

  @Test
  void missingDepthIsWrong() {
    DepthError error = new DepthError(80);
    error.add(new float[] {Float.NaN}, new float[] {2});
    assertThat(value(error.figures(), "depth.delta1")).isZero();
    assertThat(value(error.figures(), "depth.absrel")).isCloseTo(1, within(1e-3));
  }

  @Test
  void normalsArePooledOverPixels() {
    NormalError error = new NormalError();
    error.add(new float[] {0, 0, 2, 1, 0, 0}, new float[] {0, 0, 1, 0, 0, 1});
    error.add(new float[] {0, 0, 1}, new float[] {0, 0, 1});
    error.add(new float[] {0, 0, 1}, new float[] {Float.NaN, 0, 0});
    assertThat(value(error.figures(), "normals.mean")).isCloseTo(30, within(1e-6));
    assertThat(value(error.figures(), "normals.median")).isCloseTo(0, within(0.01));
    assertThat(value(error.figures(), "normals.within_11.25")).isCloseTo(2 / 3.0, within(1e-9));
  }

  @Test
  void segmentsPoolByClassAndCountWrongColours() {
    SegmentError error = new SegmentError();
    error.add(List.of("a", "b"), new int[] {0, 1, 1, -2}, new int[] {0, 0, 1, 1});
    error.add(List.of("b", "a"), new int[] {0, 1}, new int[] {0, SegmentError.IGNORE});
    // a: 1 of 2; b: (1 + 1) of (3 + 1)
    assertThat(value(error.figures(), "segment.miou")).isCloseTo(0.5, within(1e-9));
    assertThat(value(error.figures(), "segment.wrong_colour")).isCloseTo(1 / 5.0, within(1e-9));
    assertThat(error.byClass()).containsEntry("a", 0.5).containsEntry("b", 0.5);
  }

  @Test
  void referringSeparatesFalsePhrases() {
    ReferError error = new ReferError();
    BitSet half = bits(0, 50);
    error.add(bits(25, 75), half, 10, 10, false);
    error.add(bits(0, 50), half, 10, 10, false);
    error.add(new BitSet(), new BitSet(), 10, 10, false);
    error.add(half, new BitSet(), 10, 10, false);
    List<Figure> figures = error.figures();
    assertThat(value(figures, "refer.ciou")).isCloseTo(75 / 125.0, within(1e-9));
    assertThat(value(figures, "refer.giou")).isCloseTo((25 / 75.0 + 1) / 2, within(1e-6));
    assertThat(value(figures, "refer.false_empty")).isEqualTo(0.5);
    assertThat(value(figures, "refer.true_lost")).isZero();
    assertThat(figures).extracting(Figure::name).doesNotContain("refer.ciou_unlabelled");
    // Both truths are the same mask: knowing it suffices.
    assertThat(value(figures, "refer.constant_ciou")).isCloseTo(1, within(0.02));
  }

  @Test
  void unlabelledThingsAreGivenApart() {
    ReferError refer = new ReferError();
    refer.add(bits(0, 50), bits(0, 50), 10, 10, false);
    refer.add(bits(25, 75), bits(0, 50), 10, 10, true);
    assertThat(value(refer.figures(), "refer.ciou_labelled")).isEqualTo(1);
    assertThat(value(refer.figures(), "refer.ciou_unlabelled")).isCloseTo(25 / 75.0, within(1e-9));
    SegmentError segments = new SegmentError();
    segments.add(List.of("a", "b"), new int[] {0, 0, 1, 1}, new int[] {0, 0, 1, 0});
    List<Figure> figures = segments.figures(Set.of("b"));
    assertThat(value(figures, "segment.miou_labelled")).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(value(figures, "segment.miou_unlabelled")).isEqualTo(0.5);
  }

  @Test
  void instancesFollowTheEvaluatorsFormula() {
    InstanceError error = new InstanceError();
    // IoU 0.8 and 1: at 0.5 … 0.8 both match, above only one.
    error.add(List.of(bits(0, 10), bits(20, 28)), List.of(bits(0, 10), bits(20, 30)));
    error.add(List.of(bits(0, 10)), List.of());
    double both = f1(2, 2, 2);
    double one = f1(1, 2, 2);
    assertThat(value(error.figures(), "instances.pmf1"))
        .isCloseTo((7 * both + 3 * one) / 10, within(1e-9));
    assertThat(value(error.figures(), "instances.false_alarm")).isEqualTo(1);
  }

  @Test
  void answersAreComparedImageByImageWhereAnnotatorsDiffer() {
    List<List<BitSet>> differing = List.of(List.of(), List.of(bits(0, 10)));
    InstanceError silent = new InstanceError();
    silent.add(InstanceError.tally(List.of(), differing));
    InstanceError speaking = new InstanceError();
    speaking.add(InstanceError.tally(List.of(bits(0, 10)), differing));
    assertThat(speaking.resampled().getFirst().samples())
        .isEqualTo(silent.resampled().getFirst().samples());
    assertThat(speaking.resampled().getFirst().value()).isCloseTo(1, within(1e-3));
  }

  private static double f1(double tp, double predicted, double actual) {
    double p = tp / (predicted + 1e-4);
    double r = tp / (actual + 1e-4);
    return 2 * p * r / (p + r + 1e-4);
  }

  @Test
  void edgesOfAPerfectDrawingScoreOne() {
    int side = 40;
    boolean[] truth = new boolean[side * side];
    float[] thin = new float[side * side];
    for (int y = 0; y < side; y++) {
      truth[y * side + 20] = true;
      thin[y * side + 20] = 0.9f;
    }
    EdgeError error = new EdgeError(99);
    error.add(thin, List.of(truth), side, side);
    assertThat(value(error.figures(), "edges.ods")).isCloseTo(1, within(1e-9));
    assertThat(value(error.figures(), "edges.ois")).isCloseTo(1, within(1e-9));
  }

  @Test
  void anEmptyEdgeDrawingScoresZero() {
    EdgeError error = new EdgeError(9);
    boolean[] truth = new boolean[100];
    Arrays.fill(truth, 0, 10, true);
    error.add(new float[100], List.of(truth), 10, 10);
    assertThat(value(error.figures(), "edges.ods")).isZero();
    assertThat(value(error.figures(), "edges.ap")).isZero();
  }

  private static BitSet bits(int from, int to) {
    BitSet bits = new BitSet();
    bits.set(from, to);
    return bits;
  }

  @Test
  void theMediansIntervalIsThatOfAllAngles() {
    SplittableRandom random = new SplittableRandom(5);
    int pixels = 6000; // more than are kept as they are
    List<double[]> images = new ArrayList<>();
    NormalError error = new NormalError();
    for (int image = 0; image < 12; image++) {
      double typical = 4 + 20 * random.nextDouble();
      double[] degrees = new double[pixels];
      float[] answer = new float[3 * pixels];
      float[] truth = new float[3 * pixels];
      for (int i = 0; i < pixels; i++) {
        degrees[i] = Math.min(170, -typical * Math.log(1 - random.nextDouble()));
        answer[3 * i] = (float) Math.sin(Math.toRadians(degrees[i]));
        answer[3 * i + 2] = (float) Math.cos(Math.toRadians(degrees[i]));
        truth[3 * i + 2] = 1;
      }
      images.add(degrees);
      error.add(answer, truth);
    }
    Figure median =
        error.figures().stream()
            .filter(f -> f.name().equals("normals.median"))
            .findFirst()
            .orElseThrow();
    ToDoubleFunction<int[]> exactly =
        chosen ->
            Median.of(
                Arrays.stream(chosen)
                    .boxed()
                    .flatMapToDouble(i -> Arrays.stream(images.get(i)))
                    .toArray());
    Bootstrap.Interval interval = Bootstrap.of(12, exactly);
    assertThat(median.value())
        .isCloseTo(exactly.applyAsDouble(IntStream.range(0, 12).toArray()), within(0.02));
    assertThat(median.interval().low()).isCloseTo(interval.low(), within(0.02));
    assertThat(median.interval().high()).isCloseTo(interval.high(), within(0.02));
  }

  @Test
  void resamplesThatDoNotAllowAFigureDoNotWidenIt() {
    // One sample of four holds the rare class; without it there is nothing to measure.
    ToDoubleFunction<int[]> rare =
        chosen ->
            Arrays.stream(chosen).anyMatch(i -> i == 3)
                ? Arrays.stream(chosen).average().orElseThrow()
                : Double.NaN;
    Bootstrap.Interval interval = Bootstrap.of(4, rare);
    assertThat(interval.low()).isBetween(0.75, 1.25);
    assertThat(interval.high()).isBetween(2.25, 3.0);
    Bootstrap.Interval never = Bootstrap.of(4, chosen -> Double.NaN);
    assertThat(never.low()).isNaN();
    assertThat(never.high()).isNaN();
  }
}
