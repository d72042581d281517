package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a changed picture takes over from the one before is what it would have found out itself. */
class ReuseTest {
  private static final int SIZE = 48;

  @TempDir Path folder;

  @Test
  void notesSpareWorkAndChangeNothing() throws IOException {
    Diorama diorama =
        Diorama.open(List.of(TestLibrary.furnished(folder)), MeshCache.none(), w -> {});
    int differing = 0;
    for (long seed = 0; seed < 12; seed++) {
      Diorama.Staging s = diorama.staging(Split.TRAIN, seed, SIZE, SIZE);
      Frame noted = Renderer.render(s.world(), s.lens(), s.noise(), true);
      Frame plain = Renderer.render(s.world(), s.lens(), s.noise(), false);
      assertThat(noted.radiance).isEqualTo(plain.radiance);
      assertThat(noted.depth).isEqualTo(plain.depth);
      // Without notes or filtered light to look things up in, all is worked out again.
      plain.filter = null;
      for (int gone = 0; gone < s.setting().pieces().size(); gone += 3) {
        Change change = Change.of(List.of(grown(s.setting(), gone)));
        World without = without(s.setting(), gone).world();
        Frame a = Renderer.rerender(without, s.lens(), s.noise(), noted, change);
        Frame b = Renderer.rerender(without, s.lens(), s.noise(), plain, change);
        assertThat(a.radiance).as("seed %d without piece %d", seed, gone).isEqualTo(b.radiance);
        differing += Arrays.equals(a.radiance, noted.radiance) ? 0 : 1;
      }
      Daylight day = Daylight.evening(new Rng(seed));
      World evening = s.setting().under(day, new Rng(seed)).world();
      Change relit = Change.ofLight();
      Frame a = Renderer.rerender(evening, s.lens(), s.noise(), noted, relit);
      Frame b = Renderer.rerender(evening, s.lens(), s.noise(), plain, relit);
      assertThat(a.radiance).as("seed %d in the evening", seed).isEqualTo(b.radiance);
      assertThat(a.radiance).isNotEqualTo(noted.radiance);
    }
    assertThat(differing).isGreaterThan(20);
  }

  private static Setting without(Setting setting, int gone) {
    List<Piece> pieces = new ArrayList<>(setting.pieces());
    pieces.set(gone, pieces.get(gone).at(0, -1000, 0, 0));
    return setting.withPieces(pieces);
  }

  private static float[] grown(Setting setting, int gone) {
    float[] box = setting.pieces().get(gone).instance(0).bounds.clone();
    for (int axis = 0; axis < 3; axis++) {
      box[axis] -= 0.005f;
      box[3 + axis] += 0.005f;
    }
    return box;
  }
}
