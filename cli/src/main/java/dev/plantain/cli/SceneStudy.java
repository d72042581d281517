package dev.plantain.cli;

import dev.plantain.core.Segments;
import dev.plantain.core.Vision;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.diorama.Diorama;
import dev.plantain.diorama.Split;
import dev.plantain.diorama.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How well {@link Scene} tells rooms from streets, and what that is worth: {@code tools/run
 * dev.plantain.cli.SceneStudy 100}, on Diorama's validation views.
 */
final class SceneStudy {
  private static final int SIZE = 128;

  private SceneStudy() {}

  /** Pixels of the classes of both scenes: right, true, and drawn. */
  private static final class Count {
    private final List<String> names = new ArrayList<>(Scene.INDOORS.classes());
    private final long[] right;
    private final long[] truly;
    private final long[] drawn;

    Count() {
      names.addAll(Scene.OUTDOORS.classes());
      right = new long[names.size()];
      truly = new long[names.size()];
      drawn = new long[names.size()];
    }

    void add(View view, LabelMap map) {
      int[] truth = view.labels(names);
      int[] labels = map.labels();
      for (int i = 0; i < truth.length; i++) {
        int at = labels[i] < 0 ? -1 : names.indexOf(map.classes().get(labels[i]));
        if (truth[i] >= 0) {
          truly[truth[i]]++;
        }
        if (at >= 0) {
          drawn[at]++;
          right[at] += at == truth[i] ? 1 : 0;
        }
      }
    }

    /** Mean over the classes that there are. */
    double miou() {
      double sum = 0;
      int there = 0;
      for (int i = 0; i < right.length; i++) {
        if (truly[i] > 0) {
          sum += (double) right[i] / (truly[i] + drawn[i] - right[i]);
          there++;
        }
      }
      return sum / there;
    }
  }

  public static void main(String[] args) {
    int views = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    Diorama diorama =
        Diorama.open(Diorama.installedLibraries(), System.err::println).withoutEdits();
    Count chosen = new Count();
    Count room = new Count();
    int right = 0;
    try (Vision vision = Vision.with(args.length > 1 ? args[1] : "sprout").seeded(0)) {
      for (int seed = 0; seed < views; seed++) {
        View view = diorama.view(Split.VALIDATION, seed, SIZE, SIZE);
        boolean indoors =
            view.things().stream()
                .anyMatch(t -> List.of("floor", "ceiling").contains(t.category()));
        Scene scene = Scene.of(vision, view.photo());
        right += scene == (indoors ? Scene.INDOORS : Scene.OUTDOORS) ? 1 : 0;
        chosen.add(view, vision.see(view.photo(), Segments.of(scene.classes()).background()));
        room.add(view, vision.see(view.photo(), Segments.of(Scene.INDOORS.classes()).background()));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "scenes told rightly: %d of %d%nmIoU of the classes of both: %.3f; asked for those of a"
            + " room always: %.3f%n",
        right,
        views,
        chosen.miou(),
        room.miou());
  }
}
