package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads expressions back and looks for their referents among all things of the view. */
class ExpressionsTest {
  @TempDir Path folder;

  @Test
  void everyPhraseMeansWhatItPointsAt() throws IOException {
    Diorama diorama =
        Diorama.open(List.of(TestLibrary.furnished(folder)), MeshCache.none(), w -> {})
            .withoutEdits();
    Map<Expression.Kind, Integer> checked = new HashMap<>();
    int absent = 0;
    for (long seed = 100; seed < 130; seed++) {
      Diorama.Developed made =
          diorama.develop(Split.TRAIN, seed, diorama.staging(Split.TRAIN, seed, 48, 48));
      View v = made.view();
      ReferentSearch search = new ReferentSearch(v, made);
      for (Expression e : v.expressions()) {
        Optional<List<Integer>> found = search.find(e);
        if (found.isPresent()) {
          assertThat(e.thingIds()).as("%s in %s", e, v.things()).isEqualTo(found.get());
          checked.merge(e.kind(), 1, Integer::sum);
          absent += e.thingIds().isEmpty() ? 1 : 0;
        }
      }
    }
    assertThat(checked.keySet())
        .contains(
            Expression.Kind.CATEGORY,
            Expression.Kind.COLOUR,
            Expression.Kind.SIZE,
            Expression.Kind.DISTANCE,
            Expression.Kind.POSITION,
            Expression.Kind.ORDINAL,
            Expression.Kind.RELATION);
    assertThat(checked.values().stream().mapToInt(n -> n).sum()).isGreaterThan(200);
    assertThat(absent).isGreaterThan(30);
  }
}
