package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.diorama.Facts.Truth;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Boxes before a camera that looks along +z, a little down, through a wide lens. */
class FactsTest {
  private static final Lens LENS =
      Lens.of(0, 1.6, 0, 0, Math.toRadians(-12), 0, Math.toRadians(100), 120, 100, 1.6);

  static Piece box(String category, double side, double x, double y, double z) {
    return box(category, category, side, x, y, z);
  }

  static Piece box(String category, String phrase, double side, double x, double y, double z) {
    MeshBuilder b = new MeshBuilder();
    int m = b.material(Material.plain("paint", new float[] {0.5f, 0.1f, 0.1f}));
    float half = (float) side / 2;
    b.box(m, -half, 0, -half, half, (float) side, half);
    return new Piece(
        Taxonomy.standard().category(category),
        phrase,
        "test#" + category,
        b.build(category),
        new Thing.Size(side, side, side),
        (float) x,
        (float) y,
        (float) z,
        0,
        1,
        null,
        "",
        -1);
  }

  static Facts facts(Piece... pieces) {
    return facts("floor", pieces);
  }

  static Facts facts(String floor, Piece... pieces) {
    MeshBuilder b = new MeshBuilder();
    int m = b.material(Material.plain(floor, new float[] {0.5f, 0.5f, 0.5f}));
    b.rectangle(m, new float[] {-9, 0, 9}, new float[] {18, 0, 0}, new float[] {0, 0, -18}, 0, 0);
    Setting setting =
        new Setting(
            "room",
            new Shell.Built(b.build("floor"), List.of("floor"), List.of()),
            List.of(pieces),
            List.of(),
            9,
            9,
            3,
            List.of(),
            new Daylight(TestWorlds.sky(), "at noon", false),
            List.of());
    World world = setting.world();
    Frame frame = Renderer.glance(world, LENS);
    return new Facts(new Answers(world, LENS, frame), setting, world, frame);
  }

  private static Thing only(Facts facts, String category) {
    assertThat(facts.of(category)).as(category).hasSize(1);
    return facts.of(category).getFirst();
  }

  @Test
  void whatStandsFartherOnTheFloorIsNotAbove() {
    Facts facts =
        facts(box("table", 0.5, 0, 0, 2), box("box", 0.5, 0, 0, 5), box("clock", 0.4, 0, 1.6, 5.3));
    Thing table = only(facts, "table");
    assertThat(facts.above(only(facts, "box"), table)).isEqualTo(Truth.UNCLEAR);
    assertThat(facts.above(only(facts, "clock"), only(facts, "box"))).isEqualTo(Truth.YES);
    assertThat(facts.above(table, only(facts, "box"))).isEqualTo(Truth.NO);
  }

  @Test
  void whatHangsHigherIsNotBehind() {
    Facts facts =
        facts(
            box("box", 0.7, 0, 0, 2),
            box("ceiling lamp", 0.5, 0, 2.3, 4),
            box("sofa", 0.8, 0, 0, 4));
    Thing box = only(facts, "box");
    assertThat(facts.inFrontOf(box, only(facts, "ceiling lamp"))).isEqualTo(Truth.UNCLEAR);
    assertThat(facts.inFrontOf(box, only(facts, "sofa"))).isEqualTo(Truth.YES);
    assertThat(facts.inFrontOf(only(facts, "sofa"), box)).isEqualTo(Truth.NO);
  }

  @Test
  void whatLiesOnABedsFarEndIsNotBehindIt() {
    Piece bed = box("bed", 1.4, 0, 0, 2);
    Piece book = box("book", 0.3, 0, 1.4, 2.5);
    Facts apart = facts(bed, book);
    assertThat(apart.inFrontOf(only(apart, "bed"), only(apart, "book"))).isEqualTo(Truth.YES);
    Facts lying = facts(bed, book.on(0));
    assertThat(lying.inFrontOf(only(lying, "bed"), only(lying, "book"))).isNotEqualTo(Truth.YES);
    assertThat(lying.inFrontOf(only(lying, "book"), only(lying, "bed"))).isNotEqualTo(Truth.YES);
  }

  /** In the picture it is above, for the bookcase stands farther away. */
  @Test
  void whatHangsLowerThanATopIsNotAboveIt() {
    Piece bookcase = box("bookcase", 2.21, 0, 0, 6);
    Facts lower = facts(bookcase, box("wall lamp", 0.2, 0, 1.8, 1.4));
    assertThat(lower.above(only(lower, "wall lamp"), only(lower, "bookcase")))
        .isNotEqualTo(Truth.YES);
    Facts higher = facts(bookcase, box("wall lamp", 0.4, 0, 1.9, 1.5));
    assertThat(higher.above(only(higher, "wall lamp"), only(higher, "bookcase")))
        .isEqualTo(Truth.YES);
  }

  @Test
  void whatStandsInACornerIsFartherThanItsDepth() {
    Facts facts = facts(box("box", 0.4, 2.4, 0.9, 2.3), box("plant", 0.4, 0, 0.9, 3.4));
    Thing corner = only(facts, "box");
    Thing middle = only(facts, "plant");
    assertThat(corner.distanceMetres()).isLessThan(0.82 * middle.distanceMetres() - 0.15);
    assertThat(facts.nearerThan(corner, middle)).isNotEqualTo(Truth.YES);
  }
}
