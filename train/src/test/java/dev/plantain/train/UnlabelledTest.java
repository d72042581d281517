package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.core.Image;
import dev.plantain.diorama.Box;
import dev.plantain.diorama.Expression;
import dev.plantain.diorama.Taxonomy;
import dev.plantain.diorama.Thing;
import dev.plantain.diorama.View;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Training never asks after what it must not label, in whatever way a view holds it. */
class UnlabelledTest {
  private static final int SIZE = 32;

  /** Every second view shows a bench, which no target may name, colour, count or outline. */
  private static final ViewStore STORE =
      new ViewStore() {
        private final ToyViews toys = new ToyViews(6, SIZE);

        @Override
        public int size() {
          return toys.size();
        }

        @Override
        public int[] labelled() {
          return new int[] {0, 2, 4};
        }

        @Override
        public View view(int index) {
          return index % 2 == 0 ? toys.view(index) : withBench(toys.view(index));
        }
      };

  private static View withBench(View v) {
    List<Thing> things = new ArrayList<>(v.things());
    Thing t = things.removeLast();
    Box box = t.visibleBox();
    things.add(
        new Thing(
            t.id(),
            "bench",
            "wooden bench",
            "brown",
            0x804020,
            false,
            false,
            "m",
            box,
            box,
            9,
            2,
            null));
    return new View(
        "toy-with-bench",
        v.seed(),
        Image.filled(SIZE, SIZE, 0x123456),
        SIZE,
        SIZE,
        v.depthMetres(),
        v.normals(),
        v.thingIds(),
        v.edges(),
        things,
        v.captions(),
        List.of(
            new Expression("the bench", Expression.Kind.CATEGORY, List.of(t.id()), true),
            new Expression("the box", Expression.Kind.CATEGORY, List.of(1), false)),
        v.questions(),
        v.edits(),
        v.camera());
  }

  @Test
  void viewsCanBeChosenForTheirUnlabelledThings() {
    Mixture half = new Mixture(Map.of(Kind.DEPTH, 0.5, Kind.EDIT, 0.5));
    Stage stage = new Stage("tune", 1, SIZE, 40, 4, 0, 1e-3, 0, 0, half);
    for (double share : new double[] {0.2, 0.6}) {
      DioramaExamples source =
          new DioramaExamples(
              STORE,
              new VisionExamples(List.of("box")),
              new DioramaExamples.Habits(true, 0, share));
      SplittableRandom random = new SplittableRandom(5);
      double depths = 0;
      double benches = 0;
      for (int batch = 0; batch < 60; batch++) {
        for (Example e : source.step(stage, random).examples()) {
          if (e.kind() == Kind.DEPTH && e.photo() != null) {
            depths++;
            benches += e.photo().rgb(0, 0) == 0x123456 ? 1 : 0;
          }
        }
      }
      // Half of the views that chance shows have a bench, too.
      assertThat(benches / depths).isCloseTo(share + (1 - share) * 0.2 / 2, within(0.04));
    }
  }

  @Test
  void noTargetTouchesAnUnlabelledCategory() {
    Map<Kind, Double> weights = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      weights.put(kind, 1.0);
    }
    Stage stage = new Stage("tune", 1, SIZE, 40, 4, 0, 1e-3, 0, 0, new Mixture(weights));
    List<String> labelled =
        Taxonomy.standard().categories().stream().filter(Taxonomy.standard()::labelled).toList();
    DioramaExamples source =
        new DioramaExamples(
            STORE, new VisionExamples(labelled), new DioramaExamples.Habits(true, 0, 0.3));
    SplittableRandom random = new SplittableRandom(5);
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    int shown = 0;
    for (int batch = 0; batch < 60; batch++) {
      for (Example e : source.step(stage, random).examples()) {
        counts.merge(e.kind(), 1, Integer::sum);
        boolean bench = e.photo() != null && e.photo().rgb(0, 0) == 0x123456;
        shown += bench ? 1 : 0;
        switch (e.kind()) {
          case SEGMENT, REFER, INSTANCES, EDGES -> {
            assertThat(bench).as("%s: %s", e.kind(), e.prompt()).isFalse();
            assertThat(Taxonomy.standard().namesUnlabelled(e.prompt())).as(e.prompt()).isFalse();
          }
          default -> {}
        }
      }
    }
    assertThat(counts.keySet())
        .contains(Kind.SEGMENT, Kind.REFER, Kind.INSTANCES, Kind.EDGES, Kind.DEPTH, Kind.CAPTION);
    assertThat(shown).as("views with a bench, of which depth may be asked").isPositive();
  }
}
