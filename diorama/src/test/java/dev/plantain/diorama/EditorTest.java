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
    for (long seed = 0; seed < 16; seed++) {
      View v = diorama.view(Split.TRAIN, seed, 48, 48);
      for (Edit e : v.edits()) {
        kinds.merge(e.kind(), 1, Integer::sum);
        Image before = e.before() == null ? v.photo() : e.before();
        double changed = changed(before, e.after());
        assertThat(e.instruction()).endsWith(".");
        assertThat(changed).as("%s of %s", e.instruction(), v.id()).isPositive();
        if (e.kind() == Edit.Kind.RECOLOUR || e.kind() == Edit.Kind.REPLACE) {
          assertThat(changed).as("%s of %s", e.instruction(), v.id()).isLessThan(0.8);
        }
      }
    }
    assertThat(kinds).hasSizeGreaterThanOrEqualTo(6);
  }

  /** Share of pixels that differ by more than compression alone makes them. */
  private static double changed(Image a, Image b) {
    int count = 0;
    for (int y = 0; y < a.height(); y++) {
      for (int x = 0; x < a.width(); x++) {
        int p = a.rgb(x, y);
        int q = b.rgb(x, y);
        int off = 0;
        for (int s = 0; s < 24; s += 8) {
          off = Math.max(off, Math.abs((p >> s & 255) - (q >> s & 255)));
        }
        count += off > 16 ? 1 : 0;
      }
    }
    return count / (double) (a.width() * a.height());
  }
}
