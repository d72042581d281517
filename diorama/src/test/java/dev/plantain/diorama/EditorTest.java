package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.core.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditorTest {
  @TempDir Path folder;

  @Test
  void editsChangeWhatTheySayAndLeaveTheRest() throws IOException {
    Diorama diorama =
        Diorama.open(List.of(TestLibrary.furnished(folder)), MeshCache.none(), w -> {});
    Map<Edit.Kind, Integer> kinds = new EnumMap<>(Edit.Kind.class);
    int relit = 0;
    for (long seed = 0; seed < 16; seed++) {
      Diorama.Staging s = diorama.staging(Split.TRAIN, seed, 48, 48);
      View v = diorama.develop(Split.TRAIN, seed, s).view();
      for (Edit e : v.edits()) {
        kinds.merge(e.kind(), 1, Integer::sum);
        Image before = e.before() == null ? v.photo() : e.before();
        double changed = changed(before, e.after(), 16);
        assertThat(e.instruction()).endsWith(".");
        // Windows of boxes let no light in, and dark pictures differ by less.
        if (e.kind() != Edit.Kind.RELIGHT || !s.setting().indoors()) {
          relit += e.kind() == Edit.Kind.RELIGHT ? 1 : 0;
          assertThat(changed(before, e.after(), 6))
              .as("%s of %s", e.instruction(), v.id())
              .isPositive();
        }
        if (e.kind() == Edit.Kind.RECOLOUR || e.kind() == Edit.Kind.REPLACE) {
          assertThat(changed).as("%s of %s", e.instruction(), v.id()).isLessThan(0.8);
        }
      }
    }
    assertThat(kinds).hasSizeGreaterThanOrEqualTo(6);
    assertThat(relit).isPositive();
  }

  /** Its light would go on shining from the air, and that of one to be added before it is there. */
  @Test
  void lampsThatShineStayWhereTheyAre() throws IOException {
    Diorama diorama =
        Diorama.open(List.of(TestLibrary.furnished(folder)), MeshCache.none(), w -> {})
            .with(new WorldOptions(0, List.of(), false, 8));
    int lamps = 0;
    for (long seed = 0; seed < 32; seed++) {
      Diorama.Staging s = diorama.staging(Split.TRAIN, seed, 32, 32);
      List<Light.Lamp> lit =
          s.setting().lights().stream()
              .filter(Light.Lamp.class::isInstance)
              .map(Light.Lamp.class::cast)
              .toList();
      if (lit.isEmpty()) {
        continue;
      }
      Diorama.Developed d = diorama.develop(Split.TRAIN, seed, s);
      for (int i = 0; i < d.made().size(); i++) {
        Change change = d.made().get(i).change();
        for (Light.Lamp lamp : lit) {
          lamps++;
          assertThat(change.touches(lamp.x(), lamp.y(), lamp.z(), 0, 1, 0, 0))
              .as("%s of %s", d.view().edits().get(i).instruction(), d.view().id())
              .isFalse();
        }
      }
    }
    assertThat(lamps).isGreaterThan(50);
  }

  @Test
  void aRoomWithoutAWindowKnowsNoTimeOfDay() throws IOException {
    Diorama diorama =
        Diorama.open(List.of(TestLibrary.furnished(folder)), MeshCache.none(), w -> {})
            .with(new WorldOptions(0, List.of(), false, 6));
    int windowless = 0;
    for (long seed = 0; seed < 80; seed++) {
      Diorama.Staging s = diorama.staging(Split.TRAIN, seed, 32, 32);
      if (!s.setting().indoors()
          || s.setting().openings().stream().anyMatch(Shell.Opening::window)) {
        continue;
      }
      windowless++;
      View v = diorama.develop(Split.TRAIN, seed, s).view();
      assertThat(v.captions())
          .noneMatch(c -> c.matches(".*(in sunlight|on a grey day|in the evening|at night).*"));
      assertThat(v.edits()).extracting(Edit::kind).doesNotContain(Edit.Kind.RELIGHT);
    }
    assertThat(windowless).isGreaterThan(1);
  }

  /** Share of pixels that differ by more than so many levels. */
  private static double changed(Image a, Image b, int levels) {
    int count = 0;
    for (int y = 0; y < a.height(); y++) {
      for (int x = 0; x < a.width(); x++) {
        int p = a.rgb(x, y);
        int q = b.rgb(x, y);
        int off = 0;
        for (int s = 0; s < 24; s += 8) {
          off = Math.max(off, Math.abs((p >> s & 255) - (q >> s & 255)));
        }
        count += off > levels ? 1 : 0;
      }
    }
    return count / (double) (a.width() * a.height());
  }
}
