package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Builds a room's walls with their openings, floor, ceiling and skirting as one mesh. */
final class Shell {
  static final float THICKNESS = 0.22f;

  /** Surfaces reach this far past their corners, or rays slip between two that only touch. */
  private static final float LAP = 0.02f;

  /**
   * A hole in a wall. Along the wall and above the floor, metres.
   *
   * @param gaps parts of the hole that its frame does not fill, such as the corners over an arch:
   *     each from, to, low, high
   */
  record Opening(
      int wall, float from, float to, float low, float high, boolean window, List<float[]> gaps) {}

  /** Looks of a room, one per surface. */
  record Finish(
      Material floor,
      Material ceiling,
      List<Material> walls,
      Material skirting,
      float skirtingHeight) {}

  /**
   * A mesh whose materials each belong to a kind of stuff.
   *
   * @param houses where each building stands
   */
  record Built(Mesh mesh, List<String> categories, List<Footprint> houses) {}

  private Shell() {}

  static Built build(
      float width, float length, float height, Finish finish, List<Opening> openings) {
    MeshBuilder b = new MeshBuilder();
    List<String> categories = new ArrayList<>();
    int floor = add(b, categories, finish.floor(), "floor");
    int ceiling = add(b, categories, finish.ceiling(), "ceiling");
    float w = width + 2 * LAP;
    float l = length + 2 * LAP;
    b.rectangle(
        floor,
        new float[] {-LAP, 0, length + LAP},
        new float[] {w, 0, 0},
        new float[] {0, 0, -l},
        -LAP,
        -LAP);
    b.rectangle(
        ceiling,
        new float[] {-LAP, height, -LAP},
        new float[] {w, 0, 0},
        new float[] {0, 0, l},
        -LAP,
        -LAP);
    int skirting = add(b, categories, finish.skirting(), "wall");
    Wall[] walls = Wall.around(width, length);
    for (int i = 0; i < walls.length; i++) {
      int material = add(b, categories, finish.walls().get(i), "wall");
      wall(b, walls[i], i, height, material, skirting, finish.skirtingHeight(), openings);
    }
    return new Built(b.build("room"), categories, List.of());
  }

  private static int add(MeshBuilder b, List<String> categories, Material m, String category) {
    categories.add(category);
    return b.material(m);
  }

  private static void wall(
      MeshBuilder b,
      Wall wall,
      int index,
      float height,
      int material,
      int skirting,
      float skirtingHeight,
      List<Opening> all) {
    List<Opening> openings = all.stream().filter(o -> o.wall() == index).toList();
    TreeSet<Float> columns = new TreeSet<>(List.of(0f, wall.length()));
    TreeSet<Float> rows = new TreeSet<>(List.of(0f, height));
    for (Opening o : openings) {
      columns.add(o.from());
      columns.add(o.to());
      rows.add(o.low());
      rows.add(o.high());
    }
    Float[] cs = columns.toArray(Float[]::new);
    Float[] rs = rows.toArray(Float[]::new);
    for (int i = 0; i + 1 < cs.length; i++) {
      for (int j = 0; j + 1 < rs.length; j++) {
        float a = (cs[i] + cs[i + 1]) / 2;
        float y = (rs[j] + rs[j + 1]) / 2;
        if (openings.stream()
            .noneMatch(o -> a > o.from() && a < o.to() && y > o.low() && y < o.high())) {
          patch(
              b,
              wall,
              material,
              cs[i] - (i == 0 ? LAP : 0),
              cs[i + 1] + (i + 2 == cs.length ? LAP : 0),
              rs[j] - (j == 0 ? LAP : 0),
              rs[j + 1] + (j + 2 == rs.length ? LAP : 0));
        }
      }
    }
    for (Opening o : openings) {
      reveal(b, wall, o, material);
    }
    if (skirtingHeight > 0) {
      float at = 0;
      List<Opening> doors =
          openings.stream()
              .filter(o -> o.low() < skirtingHeight)
              .sorted((p, q) -> Float.compare(p.from(), q.from()))
              .toList();
      for (Opening door : doors) {
        board(b, wall, skirting, at, door.from(), skirtingHeight);
        at = door.to();
      }
      board(b, wall, skirting, at, wall.length(), skirtingHeight);
    }
  }

  private static void patch(
      MeshBuilder b, Wall w, int material, float a0, float a1, float y0, float y1) {
    b.rectangle(
        material,
        new float[] {w.x(a1, 0), y0, w.z(a1, 0)},
        new float[] {(a0 - a1) * w.dx(), 0, (a0 - a1) * w.dz()},
        new float[] {0, y1 - y0, 0},
        w.length() - a1,
        y0);
  }

  private static void board(MeshBuilder b, Wall w, int material, float a0, float a1, float height) {
    if (a1 - a0 < 0.01f) {
      return;
    }
    float thick = 0.014f;
    float[] along = {(a0 - a1) * w.dx(), 0, (a0 - a1) * w.dz()};
    b.rectangle(
        material,
        new float[] {w.x(a1, thick), 0, w.z(a1, thick)},
        along,
        new float[] {0, height, 0},
        0,
        0);
    b.rectangle(
        material,
        new float[] {w.x(a1, thick), height, w.z(a1, thick)},
        along,
        new float[] {w.dz() * thick, 0, -w.dx() * thick},
        0,
        0);
  }

  private static void reveal(MeshBuilder b, Wall w, Opening o, int material) {
    float[] out = {w.dz() * THICKNESS, 0, -w.dx() * THICKNESS};
    float[] along = {(o.to() - o.from()) * w.dx(), 0, (o.to() - o.from()) * w.dz()};
    float[] up = {0, o.high() - o.low(), 0};
    float[] from = {w.x(o.from(), 0), o.low(), w.z(o.from(), 0)};
    float[] to = {w.x(o.to(), 0), o.low(), w.z(o.to(), 0)};
    float[] above = {w.x(o.from(), 0), o.high(), w.z(o.from(), 0)};
    for (float[] gap : o.gaps()) {
      float half = -THICKNESS / 2;
      b.rectangle(
          material,
          new float[] {w.x(gap[0], half), gap[2], w.z(gap[0], half)},
          new float[] {(gap[1] - gap[0]) * w.dx(), 0, (gap[1] - gap[0]) * w.dz()},
          new float[] {0, gap[3] - gap[2], 0},
          gap[0],
          gap[2]);
    }
    b.rectangle(material, from, up, out, 0, 0);
    b.rectangle(material, to, out, up, 0, 0);
    b.rectangle(material, from, out, along, 0, 0);
    b.rectangle(material, above, along, out, 0, 0);
  }
}
