package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class RarityTest {
  private static final Map<String, Integer> VIEWS =
      Map.of("wall", 900, "sofa", 100, "lamp", 100, "aquarium", 4);
  private static final List<String> ALL = List.of("wall", "sofa", "lamp", "aquarium");

  private static Map<String, Double> shares(java.util.function.Supplier<String> choice) {
    Map<String, Double> shares = new HashMap<>();
    for (int i = 0; i < 40_000; i++) {
      shares.merge(choice.get(), 1 / 40_000.0, Double::sum);
    }
    return shares;
  }

  @Test
  void theRarerOfTwoIsChosenMoreOftenByTheRootOfTheirRatio() {
    SplittableRandom random = new SplittableRandom(1);
    Rarity half = new Rarity(VIEWS, 0.5);
    Map<String, Double> shares = shares(() -> half.choose(List.of("wall", "aquarium"), random));
    assertThat(shares.get("aquarium")).isCloseTo(15.0 / 16, within(0.01));
  }

  /** A name must not tell by itself whether the thing is there. */
  @Test
  void whatIsNotThereIsAskedForAsOftenAsWhatIs() {
    SplittableRandom random = new SplittableRandom(2);
    Rarity half = new Rarity(VIEWS, 0.5);
    Map<String, Double> shares = shares(() -> half.anywhere(ALL, random));
    double all = 30 + 10 + 10 + 2;
    assertThat(shares.get("wall")).isCloseTo(30 / all, within(0.01));
    assertThat(shares.get("sofa")).isCloseTo(10 / all, within(0.01));
    assertThat(shares.get("aquarium")).isCloseTo(2 / all, within(0.01));
  }

  @Test
  void withoutPreferenceNoNumberIsDrawnThatWasNotDrawnBefore() {
    SplittableRandom random = new SplittableRandom(3);
    SplittableRandom same = new SplittableRandom(3);
    assertThat(Rarity.ALIKE.anywhere(ALL, random)).isEqualTo(ALL.get(same.nextInt(4)));
    assertThat(Rarity.ALIKE.choose(ALL, random)).isEqualTo(ALL.get(same.nextInt(4)));
    assertThat(Rarity.ALIKE.order(new ArrayList<>(ALL), random))
        .isEqualTo(VisionExamples.shuffled(new ArrayList<>(ALL), same));
    assertThat(random.nextLong()).isEqualTo(same.nextLong());
  }

  @Property
  void anOrderIsOfTheSameThings(
      @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 1) double preference) {
    List<String> order =
        new Rarity(VIEWS, preference).order(new ArrayList<>(ALL), new SplittableRandom(seed));
    assertThat(order).containsExactlyInAnyOrderElementsOf(ALL);
  }
}
