package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads expressions back and looks for their referents among all things of the view. */
class ExpressionsTest {
  @TempDir Path folder;

  @Test
  void everyPhraseMeansWhatItPointsAt() throws IOException {
    Diorama diorama =
        Diorama.open(List.of(TestLibrary.furnished(folder)), MeshCache.none(), w -> {});
    Map<Expression.Kind, Integer> checked = new HashMap<>();
    int absent = 0;
    for (long seed = 100; seed < 130; seed++) {
      View v = diorama.view(Split.TRAIN, seed, 48, 48);
      for (Expression e : v.expressions()) {
        Optional<List<Integer>> found = search(v, e);
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
            Expression.Kind.ORDINAL);
    assertThat(checked.values().stream().mapToInt(n -> n).sum()).isGreaterThan(200);
    assertThat(absent).isGreaterThan(30);
  }

  /** What the words mean, or nothing if this reader does not know them. */
  private static Optional<List<Integer>> search(View v, Expression e) {
    String text = e.text().startsWith("the ") ? e.text().substring(4) : e.text();
    String[] words = text.split(" ");
    String first = words[0];
    String rest = words.length > 1 ? text.substring(first.length() + 1) : "";
    return switch (e.kind()) {
      case CATEGORY ->
          category(text)
              .map(c -> ids(v.things().stream().filter(t -> t.category().equals(c)).toList()));
      case COLOUR ->
          category(rest)
              .map(
                  c ->
                      ids(
                          v.things().stream()
                              .filter(t -> t.category().equals(c) && t.colour().equals(first))
                              .toList()));
      case SIZE -> {
        boolean volume = first.equals("largest") || first.equals("smallest");
        ToDoubleFunction<Thing> of =
            t -> {
              Thing.Size s = t.size();
              return s == null ? 0 : volume ? s.width() * s.depth() * s.height() : s.height();
            };
        boolean most = first.equals("largest") || first.equals("tallest");
        yield category(rest).map(c -> extreme(v, c, of, most));
      }
      case DISTANCE ->
          category(rest.replace("distant ", ""))
              .map(
                  c ->
                      extreme(
                          v,
                          c,
                          Thing::distanceMetres,
                          first.equals("farthest") || first.equals("most")));
      case POSITION ->
          first.endsWith("most")
              ? category(rest)
                  .map(c -> extreme(v, c, t -> t.visibleBox().centreX(), first.equals("rightmost")))
              : Optional.empty();
      case ORDINAL -> {
        boolean left = text.endsWith("left");
        int place = List.of("first", "second", "third", "fourth", "fifth", "sixth").indexOf(first);
        yield category(rest.replaceAll(" from the (left|right)$", ""))
            .map(
                c -> {
                  Comparator<Thing> across =
                      Comparator.comparingDouble(t -> t.visibleBox().centreX());
                  List<Thing> row =
                      v.things().stream()
                          .filter(t -> t.category().equals(c))
                          .sorted(left ? across : across.reversed())
                          .toList();
                  return List.of(row.get(place).id());
                });
      }
      case ATTRIBUTE, RELATION -> Optional.empty();
    };
  }

  private static List<Integer> extreme(
      View v, String category, ToDoubleFunction<Thing> of, boolean most) {
    Comparator<Thing> order = Comparator.comparingDouble(of);
    return v.things().stream()
        .filter(t -> t.category().equals(category))
        .min(most ? order.reversed() : order)
        .map(t -> List.of(t.id()))
        .orElse(List.of());
  }

  private static Optional<String> category(String noun) {
    Taxonomy t = Taxonomy.standard();
    if (t.categories().contains(noun)) {
      return Optional.of(noun); // "books" is a row of them before it is more than one
    }
    return t.categories().stream()
        .filter(
            c ->
                t.plural(c).equals(noun)
                    || t.synonyms(c).stream()
                        .anyMatch(s -> s.equals(noun) || Words.plural(s).equals(noun)))
        .findFirst();
  }

  private static List<Integer> ids(List<Thing> things) {
    return things.stream().map(Thing::id).sorted().collect(Collectors.toList());
  }
}
