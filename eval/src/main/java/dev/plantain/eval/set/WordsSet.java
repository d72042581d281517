package dev.plantain.eval.set;

import dev.plantain.diorama.Taxonomy;
import dev.plantain.diorama.View;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Whether synonyms are understood: in each view the things whose category has a synonym that
 * training text never uses are asked for one at a time, either by the category's name or by that
 * synonym, in the same colours. The ratio of the two runs' mIoU is what a word costs.
 */
public final class WordsSet implements EvalSet {
  private static final int LEAST_PIXELS = 40;
  private static final int BLACK = 0;

  private final long size;
  private final DioramaSet.Views views;
  private final boolean heldOut;

  /**
   * @param heldOut ask by the synonym instead of the category's name
   */
  public WordsSet(long size, DioramaSet.Views views, boolean heldOut) {
    this.size = size;
    this.views = views;
    this.heldOut = heldOut;
  }

  @Override
  public String name() {
    return heldOut ? "diorama, held-out synonyms" : "diorama, names of the same things";
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Stream<Sample> samples() throws IOException {
    return views.stream().map(this::sample);
  }

  private Sample sample(View view) {
    SplittableRandom random = new SplittableRandom(view.seed() ^ 0x3035);
    Set<String> present = new LinkedHashSet<>();
    view.things().stream()
        .filter(t -> t.labelled() && t.pixels() >= LEAST_PIXELS)
        .forEach(t -> present.add(t.category()));
    List<Truth> truths = new ArrayList<>();
    for (String category : present) {
      List<String> synonyms = Taxonomy.standard().heldOutSynonyms(category);
      if (synonyms.isEmpty()) {
        continue;
      }
      String synonym = synonyms.get(random.nextInt(synonyms.size()));
      int colour = 0x404040 | random.nextInt(1 << 24);
      truths.add(
          new Truth.SegmentTruth(
              List.of(heldOut ? synonym : category),
              List.of(colour),
              OptionalInt.of(BLACK),
              view.labels(List.of(category))));
    }
    return new Sample(view.id(), view.photo(), truths);
  }
}
