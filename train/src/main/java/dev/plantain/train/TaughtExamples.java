package dev.plantain.train;

import dev.plantain.diorama.Taxonomy;
import dev.plantain.diorama.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Vision data for studies: some labelled views and no others, each photo asked once for every kind
 * of the mixture. A specialist of one of these kinds, of the same seed, is asked of the same photos
 * in the same order, and for the same classes.
 */
final class TaughtExamples implements ExampleSource {
  private static final Set<Kind> KINDS = EnumSet.of(Kind.DEPTH, Kind.NORMALS, Kind.SEGMENT);

  private final ViewStore store;
  private final VisionExamples vision;
  private final int[] views;
  private final boolean specialist;

  private TaughtExamples(ViewStore store, VisionExamples vision, int[] views, boolean specialist) {
    this.store = store;
    this.vision = vision;
    this.views = views;
    this.specialist = specialist;
  }

  /**
   * Examples of the first labelled views.
   *
   * @throws IOException if there are not as many
   */
  static TaughtExamples of(ViewStore store, VisionExamples vision, int views, boolean specialist)
      throws IOException {
    int[] labelled = store.labelled();
    if (labelled.length < views) {
      throw new IOException(
          "the data has %d views whose things may all be labelled, and %d are wanted: render more"
              .formatted(labelled.length, views));
    }
    return new TaughtExamples(store, vision, Arrays.copyOf(labelled, views), specialist);
  }

  /** Refuses a stage that this cannot make the examples of. */
  static void check(Stage stage) {
    Collection<Kind> kinds = stage.mixture().kinds();
    if (!KINDS.containsAll(kinds)) {
      throw new IllegalArgumentException(
          "with views, stage %s may draw %s only, not %s".formatted(stage.name(), KINDS, kinds));
    }
    if (stage.asks() != kinds.size() || stage.drawings() % kinds.size() != 0) {
      throw new IllegalArgumentException(
          "with views, every photo of stage %s is asked for each of its %d kinds once: asks is %d, and drawings a multiple of it"
              .formatted(stage.name(), kinds.size(), kinds.size()));
    }
    if (kinds.stream().mapToDouble(stage.mixture()::weight).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "with views, the weights of stage %s are equal".formatted(stage.name()));
    }
  }

  @Override
  public Set<String> vocabulary() {
    return Taxonomy.standard().words();
  }

  @Override
  public Step step(Stage stage, SplittableRandom random) {
    Set<Kind> kinds = new TreeSet<>(stage.mixture().kinds());
    List<Example> examples = new ArrayList<>();
    while (examples.size() < stage.drawings()) {
      View view = store.view(views[random.nextInt(views.length)]);
      long seed = random.nextLong();
      for (Kind kind : kinds) {
        // A kind's questions are the same whichever others are asked beside it.
        SplittableRandom own = new SplittableRandom(seed + kind.name().hashCode()).split();
        examples.add(
            (specialist ? vision.forSpecialist(kind, view, own) : vision.make(kind, view, own))
                .orElseThrow(
                    () ->
                        new IllegalStateException(
                            "view %s has nothing in it to ask for".formatted(view.id()))));
      }
    }
    return new Step(Frame.of(stage.size(), store.aspect()), examples);
  }
}
