package dev.plantain.cli;

import dev.plantain.core.Segments;
import dev.plantain.core.Vision;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.diorama.Diorama;
import dev.plantain.diorama.Split;
import dev.plantain.diorama.View;
import dev.plantain.eval.metric.SegmentError;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How well {@link Scene} tells rooms from streets, what that is worth, and how much of a view is
 * called what it is when nobody says what to look for: {@code tools/run dev.plantain.cli.SceneStudy
 * 100}, on Diorama's validation views.
 */
final class SceneStudy {
  private static final int SIZE = 128;

  private SceneStudy() {}

  /** The classes of both scenes. */
  private static final List<String> CLASSES =
      Stream.of(Scene.values()).flatMap(scene -> scene.classes().stream()).toList();

  private static void add(View view, LabelMap map, SegmentError error) {
    int[] answers = map.labels();
    for (int i = 0; i < answers.length; i++) {
      answers[i] = answers[i] < 0 ? answers[i] : CLASSES.indexOf(map.classes().get(answers[i]));
    }
    error.add(CLASSES, answers, view.labels(CLASSES));
  }

  /** The share of a view's pixels that are called by their category's name. */
  private static double calledRightly(View view, LabelMap map) {
    return SegmentError.tally(map.classes(), map.labels(), view.labels(map.classes()))
            .cells()
            .stream()
            .mapToLong(SegmentError.Cell::intersection)
            .sum()
        / (double) (SIZE * SIZE);
  }

  public static void main(String[] args) {
    int views = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    Diorama diorama =
        Diorama.open(Diorama.installedLibraries(), System.err::println).withoutEdits();
    SegmentError chosen = new SegmentError();
    SegmentError room = new SegmentError();
    Set<String> there = new TreeSet<>();
    int right = 0;
    double called = 0;
    try (Vision vision = Vision.with(args.length > 1 ? args[1] : "sprout").seeded(0)) {
      for (int seed = 0; seed < views; seed++) {
        View view = diorama.view(Split.VALIDATION, seed, SIZE, SIZE);
        boolean indoors =
            view.things().stream()
                .anyMatch(t -> List.of("floor", "ceiling").contains(t.category()));
        Scene scene = Scene.of(vision, view.photo());
        right += scene == (indoors ? Scene.INDOORS : Scene.OUTDOORS) ? 1 : 0;
        view.things().forEach(t -> there.add(t.category()));
        LabelMap map = asked(vision, view, scene);
        called += calledRightly(view, map);
        add(view, map, chosen);
        add(view, asked(vision, view, Scene.INDOORS), room);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "scenes told rightly: %d of %d%nmIoU of the classes of both: %.3f; asked for those of a"
            + " room always: %.3f%npixels called what they are: %.3f%n",
        right,
        views,
        chosen.miouOf(there),
        room.miouOf(there),
        called / views);
  }

  private static LabelMap asked(Vision vision, View view, Scene scene) {
    return vision.see(view.photo(), Segments.of(scene.classes()).background());
  }
}
