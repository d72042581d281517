package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** Captions call such a floor "a grey carpet". */
  @Test
  void noRugIsTheCarpetWhereTheFloorIsOne() {
    for (String floor : List.of("carpet", "wooden floor")) {
      Set<String> of = new HashSet<>();
      Set<String> ofNothing = new HashSet<>();
      Facts rug = FactsTest.facts(floor, FactsTest.box("rug", 1, 0, 0, 3));
      Facts none = FactsTest.facts(floor, FactsTest.box("table", 1, 0, 0, 3));
      for (long seed = 0; seed < 2000; seed++) {
        Expressions.write(rug, true, new Rng(seed)).forEach(e -> of.add(e.text()));
        Expressions.write(none, true, new Rng(seed)).forEach(e -> ofNothing.add(e.text()));
      }
      for (Set<String> texts : List.of(of, ofNothing)) {
        assertThat(texts).anyMatch(t -> t.endsWith("rug"));
        assertThat(texts.stream().anyMatch(t -> t.contains("carpet")))
            .as(floor)
            .isEqualTo(!floor.equals("carpet"));
      }
    }
  }

  /** Windows, doors and houses are one thing each kind; a phrase says whether it means several. */
  @Test
  void severalWindowsAreNotTheWindow() throws IOException {
    Diorama diorama =
        Diorama.open(List.of(TestLibrary.furnished(folder)), MeshCache.none(), w -> {})
            .withoutEdits();
    Map<String, Integer> said = new HashMap<>();
    for (long seed = 0; seed < 60; seed++) {
      Diorama.Developed made =
          diorama.develop(Split.TRAIN, seed, diorama.staging(Split.TRAIN, seed, 32, 32));
      for (Expression e : made.view().expressions()) {
        String noun = e.text().replaceFirst("^the ", "");
        boolean one = noun.matches("window|door|building|house");
        boolean many = noun.matches("windows|doors|buildings|houses");
        if ((one || many) && !e.thingIds().isEmpty()) {
          int seen = parts(made, made.view().things().get(e.thingIds().getFirst()));
          assertThat(seen > 1).as("%s of %s: %d", noun, made.view().id(), seen).isEqualTo(many);
          said.merge(noun.substring(0, 4) + many, 1, Integer::sum);
        }
      }
    }
    assertThat(said.keySet()).contains("windfalse", "doorfalse", "builtrue");
  }

  /** Frames are instances of their own, and every house has its own façade. */
  private static int parts(Diorama.Developed made, Thing stuff) {
    Scene scene = made.staging().world().scene();
    Set<Integer> parts = new HashSet<>();
    View v = made.view();
    Ray ray = new Ray();
    for (int i = 0; i < v.thingIds().length; i++) {
      if (v.thingIds()[i] == stuff.id()) {
        made.staging().lens().aim(ray, i % v.width() + 0.5f, Math.floorDiv(i, v.width()) + 0.5f);
        scene.closest(ray);
        Mesh mesh = scene.instance(ray.instance).mesh;
        int material = mesh.material()[ray.triangle];
        if (ray.instance > 0) {
          parts.add(-ray.instance);
        } else if (mesh.materials()[material].name().endsWith("façade")) {
          parts.add(material);
        }
      }
    }
    return parts.size();
  }
}
