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

  /** Mirrors, glass and gloss show what changed, and what is behind them is not a changed box. */
  @Test
  void reflectionsAreThoseOfTheChangedWorld() throws IOException {
    Diorama diorama =
        Diorama.open(List.of(TestLibrary.furnished(folder)), MeshCache.none(), w -> {});
    float[] everywhere = {-1e4f, -1e4f, -1e4f, 1e4f, 1e4f, 1e4f};
    int[] shown = new int[2];
    for (long seed = 0; seed < 60; seed++) {
      Diorama.Staging s = diorama.staging(Split.TRAIN, seed, SIZE, SIZE);
      if (s.setting().pieces().stream().noneMatch(p -> p.phrase().equals("mirror"))) {
        continue;
      }
      Frame noted = Renderer.render(s.world(), s.lens(), s.noise(), true);
      Frame plain = Renderer.render(s.world(), s.lens(), s.noise(), false);
      plain.filter = null;
      for (int gone = 0; gone < s.setting().pieces().size(); gone += 2) {
        World without = without(s.setting(), gone).world();
        Frame a =
            Renderer.rerender(
                without, s.lens(), s.noise(), noted, Change.of(List.of(grown(s.setting(), gone))));
        Frame b =
            Renderer.rerender(without, s.lens(), s.noise(), plain, Change.of(List.of(everywhere)));
        assertThat(glow(a)).as("seed %d without piece %d", seed, gone).isEqualTo(glow(b));
        shown[0] += Arrays.equals(glow(a), glow(noted)) ? 0 : 1;
      }
      int wall = wall(s.world());
      World black = blackWalls(s.setting()).world();
      Frame a = Renderer.rerender(black, s.lens(), s.noise(), noted, Change.ofLooks(wall));
      Frame b =
          Renderer.rerender(
              black,
              s.lens(),
              s.noise(),
              plain,
              new Change(new float[][] {everywhere}, wall, false));
      assertThat(glow(a)).as("seed %d with black walls", seed).isEqualTo(glow(b));
      shown[1] += Arrays.equals(glow(a), glow(noted)) ? 0 : 1;
    }
    assertThat(shown[0]).isGreaterThan(5);
    assertThat(shown[1]).isGreaterThan(2);
  }

  /** Reflections and views through glass, without samples that stand for nothing. */
  private static float[] glow(Frame f) {
    float[] glow = f.sampleGlow.clone();
    for (int s = 0; s < f.sampleEntity.length; s++) {
      if (f.sampleEntity[s] == Frame.UNUSED) {
        Arrays.fill(glow, 3 * s, 3 * s + 3, 0);
      }
    }
    return glow;
  }

  private static int wall(World world) {
    for (int e = 0; e < world.entities().size(); e++) {
      if (world.entities().get(e).category().name().equals("wall")) {
        return e;
      }
    }
    throw new AssertionError("a room without walls");
  }

  private static Setting blackWalls(Setting setting) {
    Shell.Built shell = setting.shell();
    Material[] materials = shell.mesh().materials().clone();
    for (int m = 0; m < materials.length; m++) {
      if (shell.categories().get(m).equals("wall")) {
        materials[m] = Material.plain("black", new float[] {0.01f, 0.01f, 0.01f});
      }
    }
    return setting.withShell(
        new Shell.Built(shell.mesh().withMaterials(materials), shell.categories(), shell.houses()));
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
