package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.core.Image;
import dev.plantain.core.instruct.Ask;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TaughtExamplesTest {
  private static final ViewStore STORE = new ToyViews(20, 32);
  private static final VisionExamples VISION =
      new VisionExamples(List.of("box", "ball", "lamp", "sofa"));

  private static Stage stage(int drawings, Kind... kinds) {
    Map<Kind, Double> weights = new java.util.EnumMap<>(Kind.class);
    for (Kind kind : kinds) {
      weights.put(kind, 1.0);
    }
    return new Stage(
        "tune", 3, 32, drawings, kinds.length, 0.5, 1e-3, 1, 0.5, new Mixture(weights));
  }

  private static List<Example> draw(Stage stage, boolean specialist, int step) throws IOException {
    return TaughtExamples.of(STORE, VISION, 5, specialist)
        .step(stage, BatchMaker.random(7, step))
        .examples();
  }

  @Test
  void aSpecialistIsAskedOfTheSamePhotosForTheSameClasses() throws IOException {
    int asked = 0;
    for (int step = 0; step < 20; step++) {
      List<Example> all = draw(stage(12, Kind.DEPTH, Kind.NORMALS, Kind.SEGMENT), false, step);
      List<Example> own = draw(stage(4, Kind.SEGMENT), true, step);
      assertThat(own).hasSize(4);
      for (int i = 0; i < 4; i++) {
        Example generalist = all.get(3 * i + 2);
        assertThat(generalist.kind()).isEqualTo(Kind.SEGMENT);
        assertThat(own.get(i).photo()).isEqualTo(generalist.photo());
        Ask.Segments ask = (Ask.Segments) Example.DIALECT.parse(generalist.prompt()).ask();
        List<String> phrases = ask.legend().stream().map(Ask.Entry::phrase).toList();
        assertThat(phrases).contains(own.get(i).prompt());
        int rgb = ask.legend().get(phrases.indexOf(own.get(i).prompt())).rgb();
        asked += same(generalist.target(), rgb, own.get(i).target());
      }
    }
    assertThat(asked).as("masks that are not empty").isGreaterThan(60);
  }

  /** The mask is white where the drawing has the class's colour; 1 if that is anywhere. */
  private static int same(Image drawing, int rgb, Image mask) {
    boolean any = false;
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        boolean inside = drawing.rgb(x, y) == rgb;
        assertThat(mask.rgb(x, y)).isEqualTo(inside ? 0xFFFFFF : 0);
        any |= inside;
      }
    }
    return any ? 1 : 0;
  }

  @Test
  void onlyTheFirstViewsTeach() throws IOException {
    Set<Image> seen = new HashSet<>();
    for (int step = 0; step < 40; step++) {
      draw(stage(12, Kind.DEPTH, Kind.NORMALS, Kind.SEGMENT), false, step)
          .forEach(e -> seen.add(java.util.Objects.requireNonNull(e.photo())));
    }
    Set<Image> first = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      first.add(STORE.view(i).photo());
    }
    assertThat(seen).isEqualTo(first);
  }

  @Test
  void everyPhotoIsAskedForEveryKind() throws IOException {
    List<Example> all = draw(stage(12, Kind.DEPTH, Kind.NORMALS, Kind.SEGMENT), false, 0);
    for (int i = 0; i < 12; i += 3) {
      Set<Kind> kinds = new TreeSet<>();
      all.subList(i, i + 3).forEach(e -> kinds.add(e.kind()));
      assertThat(kinds).containsExactly(Kind.DEPTH, Kind.NORMALS, Kind.SEGMENT);
    }
  }

  @Test
  void moreViewsThanThereAreAreRefused() {
    assertThatThrownBy(() -> TaughtExamples.of(STORE, VISION, 21, false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("20 views")
        .hasMessageContaining("21 are wanted");
  }

  @Test
  void aStageThatItCannotServeIsRefused() {
    assertThatThrownBy(() -> TaughtExamples.check(stage(12, Kind.DEPTH, Kind.EDGES)))
        .hasMessageContaining("EDGES");
    assertThatThrownBy(() -> TaughtExamples.check(stage(13, Kind.DEPTH, Kind.SEGMENT)))
        .hasMessageContaining("drawings");
  }
}
