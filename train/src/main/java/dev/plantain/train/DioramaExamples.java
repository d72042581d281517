package dev.plantain.train;

import dev.plantain.core.Image;
import dev.plantain.diorama.Edit;
import dev.plantain.diorama.Taxonomy;
import dev.plantain.diorama.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Examples of every kind from Diorama's views. */
final class DioramaExamples implements ExampleSource {
  /** Captions dropped, so that guidance has something to be guided away from. */
  private static final double NO_CAPTION = 0.1;

  /** Share of photos taken from all views, for the kinds that need no labels. */
  private static final double ANY_VIEW = 0.2;

  private static final int TRIES = 8;

  private final ViewStore store;
  private final VisionExamples vision;
  private final boolean unlabelledEdits;
  private final double looks;

  DioramaExamples(ViewStore store, VisionExamples vision) {
    this(store, vision, true, 0);
  }

  /**
   * @param unlabelledEdits whether edits may change things that are never labelled
   * @param looks share of photos that vision data is asked of in another look
   */
  DioramaExamples(ViewStore store, VisionExamples vision, boolean unlabelledEdits, double looks) {
    this.store = store;
    this.vision = vision;
    this.unlabelledEdits = unlabelledEdits;
    this.looks = looks;
  }

  @Override
  public Set<String> vocabulary() {
    return Taxonomy.standard().words();
  }

  @Override
  public List<Example> examples(Stage stage, SplittableRandom random) {
    Mixture mixture = stage.mixture();
    int alone = (int) Math.floor(stage.drawings() * mixture.alone() + random.nextDouble());
    List<Example> examples = new ArrayList<>();
    while (examples.size() < alone) {
      View view = store.view(random.nextInt(store.size()));
      examples.add(
          mixture.pick(random, true) == Kind.RESTORE
              ? Restoration.of(view.photo(), random)
              : caption(view, random));
    }
    while (examples.size() < stage.drawings()) {
      addAsks(stage, random, examples);
    }
    return examples;
  }

  private void addAsks(Stage stage, SplittableRandom random, List<Example> examples) {
    int[] labelled = store.labelled();
    boolean any = labelled.length == 0 || random.nextDouble() < ANY_VIEW;
    View view =
        store.view(any ? random.nextInt(store.size()) : labelled[random.nextInt(labelled.length)]);
    // Without looks, no number is drawn: a run of before is the same run.
    Image photo =
        looks > 0 && random.nextDouble() < looks ? PhotoLook.of(view, random) : view.photo();
    boolean usable = !any || VisionExamples.isLabelled(view);
    int wanted = Math.min(stage.asks(), stage.drawings() - examples.size());
    List<Kind> taken = new ArrayList<>();
    for (int made = 0, tries = 0; made < wanted && tries < wanted * TRIES; tries++) {
      Kind kind = stage.mixture().pick(random, false);
      boolean repeatable = kind == Kind.SEGMENT || kind == Kind.REFER || kind == Kind.EDIT;
      if (!usable
          && (kind == Kind.EDGES
              || kind == Kind.INSTANCES
              || kind == Kind.SEGMENT
              || kind == Kind.REFER)) {
        continue;
      }
      if (!repeatable && taken.contains(kind) && tries < wanted * TRIES / 2) {
        continue;
      }
      Optional<Example> example =
          kind == Kind.EDIT
              ? edit(view, random)
              : vision.make(kind, view, random).map(e -> e.of(photo));
      if (example.isPresent()) {
        examples.add(example.get());
        taken.add(kind);
        made++;
      }
    }
  }

  private static Example caption(View view, SplittableRandom random) {
    List<String> captions = view.captions();
    String text =
        captions.isEmpty() || random.nextDouble() < NO_CAPTION
            ? ""
            : captions.get(random.nextInt(captions.size()));
    return new Example(Kind.CAPTION, null, text, view.photo());
  }

  private Optional<Example> edit(View view, SplittableRandom random) {
    List<Edit> edits = view.edits();
    if (!unlabelledEdits) {
      edits = edits.stream().filter(e -> !e.touchesUnlabelled()).toList();
    }
    if (edits.isEmpty()) {
      return Optional.empty();
    }
    Edit edit = edits.get(random.nextInt(edits.size()));
    Image before = edit.before();
    return Optional.of(
        new Example(
            Kind.EDIT, before == null ? view.photo() : before, edit.instruction(), edit.after()));
  }
}
