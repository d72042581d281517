package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldOptionsTest {
  @TempDir Path folder;

  private static Lens lens(double k) {
    return Lens.of(0.3, 1.5, -0.8, 0.2, -0.2, 0.1, Math.toRadians(75), 96, 80, 1.5).bent(k);
  }

  @Property(tries = 300)
  void aPointIsDrawnWhereItsRayLeaves(
      @ForAll @DoubleRange(min = -0.15, max = 0.15) double k,
      @ForAll @DoubleRange(min = 0, max = 96) double column,
      @ForAll @DoubleRange(min = 0, max = 80) double row,
      @ForAll @DoubleRange(min = 0.2, max = 50) double depth) {
    Lens lens = lens(k);
    Ray ray = new Ray();
    lens.aim(ray, (float) column, (float) row);
    double x = ray.ox + depth * ray.dx;
    double y = ray.oy + depth * ray.dy;
    double z = ray.oz + depth * ray.dz;
    assertThat(lens.depth(x, y, z)).isCloseTo(depth, Offset.offset(1e-4 * depth));
    assertThat(lens.column(x, y, z, depth)).isCloseTo(column, Offset.offset(0.01));
    assertThat(lens.row(x, y, z, depth)).isCloseTo(row, Offset.offset(0.01));
  }

  /** A plane at a known place, through a bent lens: depth follows from the documented formula. */
  @Test
  void depthThroughABentLensIsExact() {
    Lens lens = lens(0.11);
    MeshBuilder b = new MeshBuilder();
    int m = b.material(Material.plain("plane", new float[] {0.5f, 0.5f, 0.5f}));
    b.rectangle(m, new float[] {-40, 0, 40}, new float[] {80, 0, 0}, new float[] {0, 0, -80}, 0, 0);
    World world =
        new World(
            new Scene(
                List.of(new Instance(b.build("p"), Instance.identity(), new int[] {0}, null))),
            List.of(
                new World.Entity(Taxonomy.standard().category("box"), "box", false, "", null, 0)),
            TestWorlds.sky(),
            List.of(),
            false);
    Frame f = Renderer.glance(world, lens);
    double focal = lens.camera().focalPx();
    int seen = 0;
    for (int i = 0; i < f.depth.length; i++) {
      double p = (i % 96 + 0.5 - 48) / focal;
      double q = (40 - Math.floorDiv(i, 96) - 0.5) / focal;
      double bend = 1 + 0.11 * (p * p + q * q);
      double down = lens.forward()[1] + bend * (p * lens.right()[1] + q * lens.up()[1]);
      double depth = -lens.y() / down;
      if (depth > 0 && depth < 30) {
        seen++;
        assertThat((double) f.depth[i]).isCloseTo(depth, Offset.offset(1e-4 * depth));
      }
    }
    assertThat(seen).isGreaterThan(1000);
  }

  @Test
  void optionsThatAreOffLeaveEveryViewAsItWas() throws IOException {
    Diorama diorama =
        Diorama.open(List.of(TestLibrary.furnished(folder)), MeshCache.none(), w -> {})
            .withoutEdits();
    Diorama same = diorama.with(WorldOptions.standard());
    Diorama bent = diorama.with(new WorldOptions(0.1, List.of(), false, 0));
    for (long seed = 0; seed < 3; seed++) {
      View v = diorama.view(Split.TEST, seed, 32, 32);
      assertThat(same.view(Split.TEST, seed, 32, 32).photo()).isEqualTo(v.photo());
      View w = bent.view(Split.TEST, seed, 32, 32);
      assertThat(w.camera().distortion()).isBetween(-0.1, 0.1).isNotZero();
      assertThat(w.depthMetres()).isNotEqualTo(v.depthMetres());
      assertThat(v.camera().distortion()).isZero();
    }
    assertThatThrownBy(() -> new WorldOptions(0.5, List.of(), false, 0))
        .hasMessageContaining("0 to 0.15");
  }

  @Test
  void manyEditsChangeEachThingOnceInEachWay() throws IOException {
    Diorama diorama =
        Diorama.open(List.of(TestLibrary.furnished(folder)), MeshCache.none(), w -> {});
    Diorama many = diorama.with(new WorldOptions(0, List.of(), false, 12));
    int few = 0;
    int all = 0;
    int more = 0;
    for (long seed = 0; seed < 12; seed++) {
      View plain = diorama.view(Split.TRAIN, seed, 48, 48);
      View view = many.view(Split.TRAIN, seed, 48, 48);
      assertThat(view.photo()).isEqualTo(plain.photo());
      assertThat(view.edits()).hasSizeLessThanOrEqualTo(12);
      few += plain.edits().size();
      all += view.edits().size();
      more += view.edits().size() > 3 ? 1 : 0;
      // Two beige cars on the left are added by the same words, to different pictures.
      List<List<?>> changes =
          view.edits().stream()
              .<List<?>>map(
                  e ->
                      List.of(
                          e.kind(),
                          e.instruction().replaceAll("^\\S+", ""),
                          Optional.ofNullable(e.before())))
              .toList();
      assertThat(changes).doesNotHaveDuplicates();
      for (Edit e : view.edits()) {
        assertThat(e.after()).isNotEqualTo(e.before() == null ? view.photo() : e.before());
      }
    }
    assertThat(more).isGreaterThan(3);
    assertThat(all).isGreaterThan(3 * few / 2);
    assertThatThrownBy(() -> new WorldOptions(0, List.of(), false, 51))
        .hasMessageContaining("0 to 50");
  }

  @Test
  void livedInRoomsHoldMoreAndNothingInOneAnother() throws IOException {
    Diorama diorama =
        Diorama.open(List.of(TestLibrary.furnished(folder)), MeshCache.none(), w -> {});
    Diorama lived = diorama.with(new WorldOptions(0, List.of(), true, 0));
    int tidy = 0;
    int full = 0;
    for (long seed = 0; seed < 12; seed++) {
      tidy += diorama.staging(Split.TRAIN, seed, 32, 32).setting().pieces().size();
      List<Piece> pieces = lived.staging(Split.TRAIN, seed, 32, 32).setting().pieces();
      full += pieces.size();
      for (int i = 0; i < pieces.size(); i++) {
        Piece p = pieces.get(i);
        if (p.support() < 0) {
          continue;
        }
        for (int j = 0; j < pieces.size(); j++) {
          Piece q = pieces.get(j);
          if (i != j && q.support() == p.support()) {
            assertThat(Floorplan.Volume.of(p, 0).meets(Floorplan.Volume.of(q, 0)))
                .as("%s and %s", p.phrase(), q.phrase())
                .isFalse();
          }
        }
      }
    }
    assertThat(full).isGreaterThan(tidy + 20);
  }
}
