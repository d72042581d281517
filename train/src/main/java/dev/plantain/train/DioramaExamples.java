package dev.plantain.train;

import dev.plantain.core.Image;
import dev.plantain.diorama.Edit;
import dev.plantain.diorama.Taxonomy;
import dev.plantain.diorama.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Examples of every kind from Diorama's views. */
final class DioramaExamples implements ExampleSource {
  /** Captions dropped, so that guidance has something to be guided away from. */
  private static final double NO_CAPTION = 0.1;

  /** Share of photos taken from all views, for the kinds that need no labels. */
  private static final double ANY_VIEW = 0.2;

  /** Of edits of a view that was chosen for its unlabelled things, the share that changes one. */
  private static final double UNLABELLED_EDIT = 0.7;

  private static final int TRIES = 8;

  private final ViewStore store;
  private final VisionExamples vision;
  private final Habits habits;
  private final int[] unlabelled;

  /**
   * How photos are chosen and shown.
   *
   * @param unlabelledEdits whether edits may change things that are never labelled
   * @param looks share of photos that vision data is asked of in another look
   * @param unlabelledViews share of photos, besides those that chance shows, with things that are
   *     never labelled
   */
  record Habits(boolean unlabelledEdits, double looks, double unlabelledViews) {
    private static final Habits PLAIN = new Habits(true, 0, 0);
  }

  DioramaExamples(ViewStore store, VisionExamples vision) {
    this(store, vision, Habits.PLAIN);
  }

  DioramaExamples(ViewStore store, VisionExamples vision, Habits habits) {
    this.store = store;
    this.vision = vision;
    this.habits = habits;
    BitSet labelled = new BitSet();
    IntStream.of(store.labelled()).forEach(labelled::set);
    unlabelled = IntStream.range(0, store.size()).filter(i -> !labelled.get(i)).toArray();
  }

  @Override
  public Set<String> vocabulary() {
    return Taxonomy.standard().words();
  }

  @Override
  public Step step(Stage stage, SplittableRandom random) {
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
    return new Step(Frame.of(stage.size(), store.aspect()), examples);
  }

  private void addAsks(Stage stage, SplittableRandom random, List<Example> examples) {
    int[] labelled = store.labelled();
    boolean shown = unlabelled.length > 0 && happens(habits.unlabelledViews, random);
    boolean any = shown || labelled.length == 0 || random.nextDouble() < ANY_VIEW;
    int index =
        shown
            ? unlabelled[random.nextInt(unlabelled.length)]
            : any ? random.nextInt(store.size()) : labelled[random.nextInt(labelled.length)];
    View view = store.view(index);
    Image photo = happens(habits.looks, random) ? PhotoLook.of(view, random) : view.photo();
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
              ? edit(view, shown && random.nextDouble() < UNLABELLED_EDIT, random)
              : vision.make(kind, view, random).map(e -> e.of(photo));
      if (example.isPresent()) {
        examples.add(example.get());
        taken.add(kind);
        made++;
      }
    }
  }

  /** Where it never happens no number is drawn, so that such a run stays the same. */
  private static boolean happens(double share, SplittableRandom random) {
    return share > 0 && random.nextDouble() < share;
  }

  private static Example caption(View view, SplittableRandom random) {
    List<String> captions = view.captions();
    String text =
        captions.isEmpty() || random.nextDouble() < NO_CAPTION
            ? ""
            : captions.get(random.nextInt(captions.size()));
    return new Example(Kind.CAPTION, null, text, view.photo());
  }

  private Optional<Example> edit(View view, boolean unlabelled, SplittableRandom random) {
    List<Edit> edits = view.edits();
    if (!habits.unlabelledEdits) {
      edits = edits.stream().filter(e -> !e.touchesUnlabelled()).toList();
    }
    if (unlabelled && edits.stream().anyMatch(Edit::touchesUnlabelled)) {
      edits = edits.stream().filter(Edit::touchesUnlabelled).toList();
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
