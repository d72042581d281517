package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SeveralSourcesTest {
  private static final Stage STAGE =
      new Stage("tune", 2, 64, 4, 1, 0.5, 1e-3, 1, 0.5, new Mixture(Map.of(Kind.DEPTH, 1.0)));

  private record Shaped(ExampleSource.Frame frame, String word) implements ExampleSource {
    @Override
    public Set<String> vocabulary() {
      return Set.of(word);
    }

    @Override
    public Step step(Stage stage, SplittableRandom random) {
      return new Step(frame, List.of());
    }
  }

  @Test
  void stepsAreOfEachSourceAsOftenAsSaid() {
    ExampleSource.Frame square = new ExampleSource.Frame(64, 64);
    ExampleSource.Frame wide = new ExampleSource.Frame(80, 48);
    ExampleSource.Frame tall = new ExampleSource.Frame(48, 80);
    SeveralSources all =
        new SeveralSources(
            new Shaped(square, "lamp"),
            Map.of(new Shaped(wide, "box"), 0.3, new Shaped(tall, "ball"), 0.1));
    Map<ExampleSource.Frame, Integer> counts = new HashMap<>();
    for (int step = 0; step < 2000; step++) {
      counts.merge(all.step(STAGE, BatchMaker.random(1, step)).frame(), 1, Integer::sum);
    }
    assertThat(counts.get(square)).isCloseTo(1200, within(90));
    assertThat(counts.get(wide)).isCloseTo(600, within(80));
    assertThat(counts.get(tall)).isCloseTo(200, within(60));
    assertThat(all.vocabulary()).containsExactlyInAnyOrder("lamp", "box", "ball");
  }

  @Property
  void framesHaveTheAreaOfTheSquareAndSidesThatTheNetworkDraws(
      @ForAll @IntRange(min = 4, max = 32) int grid,
      @ForAll @DoubleRange(min = 0.3, max = 3.4) double aspect) {
    int side = 16 * grid;
    ExampleSource.Frame frame = ExampleSource.Frame.of(side, aspect);
    assertThat(frame.width() % 16).isZero();
    assertThat(frame.height() % 16).isZero();
    // Half a cell of the grid more or less on either side, and the same of the width again.
    double area = (double) frame.width() * frame.height() / (side * side);
    assertThat(area).isBetween(0.75, 1.25);
    assertThat(ExampleSource.Frame.of(side, 1)).isEqualTo(new ExampleSource.Frame(side, side));
  }
}
