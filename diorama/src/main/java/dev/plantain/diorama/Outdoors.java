package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Builds streets and gardens under the open sky. */
final class Outdoors {
  private static final int[] GRASS = {0x5c6a38, 0x68743f, 0x505e34, 0x7e8450, 0x5a6c3c, 0x747a4c};
  private static final float HALF_TURN = (float) Math.PI;
  private static final float KERB = 0.12f;

  /** How far ground and road go on beyond what is built. */
  private static final float FAR = 300;

  /** Kinds that are set out of doors here although, by their place, they belong in rooms. */
  static final Set<String> ALSO =
      Set.of(
          "barrel",
          "bench",
          "book",
          "bottle",
          "bowl",
          "box",
          "chair",
          "cup",
          "flowers",
          "folding chair",
          "food",
          "glass",
          "ladder",
          "plant",
          "plate",
          "pushchair",
          "skateboard",
          "table",
          "toy",
          "waste bin");

  private final Rng rng;
  private final Furnisher f;
  private final Facades facades;

  private Outdoors(Furnisher f, Rng rng) {
    this.f = f;
    this.rng = rng;
    facades = new Facades(rng);
  }

  static Setting build(Assets assets, Split split, boolean unlabelled, Rng rng) {
    boolean street = rng.chance(0.62);
    float width = street ? 46 : rng.rangeF(13, 22);
    float length = street ? 70 : rng.rangeF(13, 22);
    Furnisher f =
        new Furnisher(assets, split, unlabelled, rng, width, length, Float.POSITIVE_INFINITY);
    Outdoors o = new Outdoors(f, rng);
    return street ? o.street() : o.garden();
  }

  static List<Light> lights(List<Piece> pieces, Daylight day, Rng rng) {
    List<Light> lights = new ArrayList<>();
    if (day.sky().sunny()) {
      lights.add(new Light.Sun(day.sky()));
    }
    if (day.dark()) {
      for (int i = 0; i < pieces.size(); i++) {
        Piece p = pieces.get(i);
        if (p.category().name().equals("street lamp") && lights.size() < 3) {
          float s = rng.rangeF(5, 12);
          lights.add(
              new Light.Lamp(
                  p.x(),
                  p.y() + 0.94f * p.height(),
                  p.z(),
                  0.12f,
                  0.6f,
                  new float[] {s, 0.8f * s, 0.5f * s},
                  i));
        }
      }
    }
    return lights;
  }

  private Setting finish(String name, List<Setting.Stand> stands) {
    double pick = rng.nextDouble();
    Daylight day =
        pick < 0.55
            ? Daylight.sunny(rng)
            : pick < 0.85
                ? Daylight.overcast(rng)
                : pick < 0.95 ? Daylight.evening(rng) : Daylight.night(rng);
    return new Setting(
        name,
        facades.build(name),
        List.copyOf(f.pieces()),
        lights(f.pieces(), day, rng),
        f.width,
        f.length,
        Float.POSITIVE_INFINITY,
        List.of(),
        day,
        stands);
  }

  private int lawn() {
    return facades.patterned(
        "grass", "grass", Pattern.Kind.GRASS, GRASS[rng.nextInt(GRASS.length)], 0.75, 1);
  }

  private Setting street() {
    float middle = f.width / 2;
    float half = rng.rangeF(2.8, 4.2);
    float pave = rng.rangeF(1.8, 3.6);
    float yard = rng.chance(0.45) ? 0 : rng.rangeF(2, 6);
    int grass = lawn();
    int road =
        facades.patterned(
            "road", "road", Pattern.Kind.ASPHALT, rng.pickOf(0x56565a, 0x6a6866, 0x48484c), 0.8, 1);
    int slabs =
        facades.patterned(
            "pavement",
            "pavement",
            rng.chance(0.7) ? Pattern.Kind.SLABS : Pattern.Kind.CONCRETE,
            rng.pickOf(0xa8a49c, 0x989490, 0xb8aca0),
            0.6,
            rng.range(0.3, 0.6));
    int kerb = facades.add("pavement", Material.plain("kerb", Colours.linear(0xb0aca4)));
    int paint = facades.add("road", Material.plain("road marking", Colours.linear(0xe0e0d8)));
    float from = -FAR;
    float to = f.length + FAR;
    facades.ground(grass, -FAR, from, f.width + FAR, to, -0.01f);
    facades.ground(road, middle - half, from, middle + half, to, 0);
    for (int side = -1; side <= 1; side += 2) {
      float inner = middle + side * half;
      float outer = inner + side * pave;
      facades.box(
          slabs, Math.min(inner, outer), -0.2f, -60, Math.max(inner, outer), KERB, f.length + 60);
      facades.box(
          kerb,
          Math.min(inner, inner + side * 0.14f),
          -0.2f,
          -60,
          Math.max(inner, inner + side * 0.14f),
          KERB + 0.005f,
          f.length + 60);
    }
    if (rng.chance(0.7)) {
      for (float z = -60; z < f.length + 60; z += 6) {
        facades.ground(paint, middle - 0.06f, z, middle + 0.06f, z + 3, 0.004f);
      }
    }
    if (rng.chance(0.35)) {
      float z = rng.rangeF(0.25, 0.75) * f.length;
      for (float x = middle - half + 0.3f; x + 0.5f < middle + half; x += 1.0f) {
        facades.ground(paint, x, z, x + 0.5f, z + 3.2f, 0.005f);
      }
    }
    for (int side = -1; side <= 1; side += 2) {
      houses(middle + side * (half + pave + yard), side, yard);
      frontYards(middle, side, half + pave, yard);
    }
    traffic(middle, half);
    for (int side = -1; side <= 1; side += 2) {
      pavement(middle, side, half, pave);
    }
    float walk = half + pave;
    return finish(
        "street",
        List.of(
            new Setting.Stand(middle - half, 3, middle + half, f.length - 3, 0, 0),
            new Setting.Stand(middle - walk + 0.3f, 3, middle - half - 0.4f, f.length - 3, KERB, 0),
            new Setting.Stand(
                middle + half + 0.4f, 3, middle + walk - 0.3f, f.length - 3, KERB, 0)));
  }

  /** A row of houses whose fronts stand at {@code front}, one behind the other along the street. */
  private void houses(float front, int side, float yard) {
    float z = -25 + rng.rangeF(0, 6);
    boolean rows = yard == 0 || rng.chance(0.35);
    int typical = rows ? rng.between(2, 5) : rng.between(1, 3);
    while (z < f.length + 40) {
      float run = rows ? rng.rangeF(7, 16) : rng.rangeF(8, 13);
      float deep = rng.rangeF(8, 11);
      float set = rows ? 0 : rng.rangeF(0, 2);
      float a = front + side * set;
      float b = a + side * deep;
      float x0 = Math.min(a, b);
      float x1 = Math.max(a, b);
      int floors = Math.max(1, typical + rng.between(-1, 1));
      // Bits of the four sides: the street front and, where houses stand apart, both ends.
      int detailed = (side < 0 ? 2 : 8) | (rows ? 0 : 5);
      facades.house(x0, z, x1, z + run, 0, floors, detailed);
      f.plan().take(volume(x0, z, x1, z + run));
      z += run + (rows && rng.chance(0.85) ? 0.01f : rng.rangeF(2, 8));
    }
  }

  private static Floorplan.Volume volume(float x0, float z0, float x1, float z1) {
    return new Floorplan.Volume(
        (x0 + x1) / 2, (z0 + z1) / 2, (x1 - x0) / 2, (z1 - z0) / 2, 0, 0, 40);
  }

  private void frontYards(float middle, int side, float from, float yard) {
    if (yard < 1.2f) {
      return;
    }
    if (rng.chance(0.6)) {
      Piece hedge = f.draw("hedge");
      boolean wood = rng.chance(0.4);
      float x = middle + side * (from + 0.35f);
      if (hedge == null || wood) {
        int fence =
            facades.add(
                "fence",
                Material.plain(
                    "fence", Colours.linear(rng.pickOf(0xe8e4dc, 0x7a5434, 0x9a8a70, 0x3c5a40))));
        facades.fence(fence, x, -20, x, f.length + 20, rng.rangeF(0.8, 1.3));
        f.plan().take(new Floorplan.Volume(x, f.length / 2, 0.08f, f.length, 0, 0, 1.4f));
      } else {
        float step = hedge.width();
        for (float z = 1; z < f.length - 1; z += step) {
          Piece p = hedge.at(x, 0, z, HALF_TURN / 2);
          if (p.depth() < yard * 1.2f) {
            f.tryAdd(p, -0.02f);
          }
        }
      }
    }
    for (int i = rng.between(1, 5); i > 0; i--) {
      tree(middle + side * (from + rng.rangeF(0.8, yard)), rng.rangeF(2, f.length - 2), 0, 9);
    }
    for (int i = rng.between(0, 5); i > 0; i--) {
      place(
          f.draw(rng.pickOf("bush", "rock", "bench", "swing", "mailbox", "bicycle", "waste bin")),
          middle + side * (from + rng.rangeF(0.8, yard)),
          rng.rangeF(2, f.length - 2),
          0,
          rng.rangeF(-3, 3),
          0.1f);
    }
  }

  /** A tree needs room for its trunk below and, less strictly, for its crown above. */
  private void tree(float x, float z, float y, float tallest) {
    Piece t = f.draw("tree");
    if (t == null) {
      return;
    }
    if (t.height() > tallest) {
      t = t.scaled(tallest / t.height());
    }
    t = t.scaled(rng.rangeF(0.7, 1.05)).at(x, y, z, rng.rangeF(-3, 3));
    float crown = 0.36f * Math.max(t.width(), t.depth());
    Floorplan.Volume trunk = new Floorplan.Volume(x, z, 0.4f, 0.4f, 0, y, y + 2.2f);
    Floorplan.Volume above = new Floorplan.Volume(x, z, crown, crown, 0, y + 2.2f, t.top());
    if (f.plan().free(trunk) && f.plan().free(above)) {
      f.plan().take(trunk);
      f.plan().take(above);
      f.pieces().add(t);
    }
  }

  private void place(@Nullable Piece p, float x, float z, float y, float yaw, float margin) {
    if (p != null) {
      f.tryAdd(p.at(x, y, z, yaw), margin);
    }
  }

  private @Nullable Piece vehicle() {
    double pick = rng.nextDouble();
    Predicate<Model> any = m -> m.depth() < 15 && m.width() < m.depth() + 1;
    String kind =
        pick < 0.78
            ? "car"
            : pick < 0.84 ? "van" : pick < 0.9 ? "truck" : pick < 0.94 ? "bus" : "motorcycle";
    Piece p = f.draw(kind, any);
    return p == null ? f.draw("car") : p;
  }

  private void traffic(float middle, float half) {
    double parked = rng.nextDouble();
    for (int side = -1; side <= 1; side += 2) {
      if (rng.chance(0.75)) {
        float z = rng.rangeF(0, 6);
        while (z < f.length - 6) {
          Piece p = rng.chance(0.25 + 0.7 * parked) ? vehicle() : null;
          if (p != null && p.depth() < 7) {
            float x = middle + side * (half - p.width() / 2 - 0.15f);
            // Everybody parks the way they drive.
            place(
                p,
                x,
                z + p.depth() / 2,
                0,
                (side < 0 ? 0 : HALF_TURN) + rng.rangeF(-0.02, 0.02),
                0.05f);
            z += p.depth() + rng.rangeF(0.6, 1.6);
          } else {
            z += rng.rangeF(3, 9);
          }
        }
      }
      for (int i = rng.between(0, 2); i > 0; i--) {
        place(
            vehicle(),
            middle + side * half * 0.4f,
            rng.rangeF(4, f.length - 4),
            0,
            side < 0 ? 0 : HALF_TURN,
            0.25f);
      }
      if (rng.chance(0.3)) {
        place(
            f.draw("bicycle"),
            middle + side * half * 0.6f,
            rng.rangeF(4, f.length - 4),
            0,
            side < 0 ? 0 : HALF_TURN,
            0.2f);
      }
    }
    if (rng.chance(0.12)) {
      for (int i = 0; i < 4; i++) {
        place(
            f.draw("traffic cone"),
            middle + rng.rangeF(-half, half) * 0.8f,
            f.length * 0.5f + i * 1.5f,
            0,
            0,
            0.1f);
      }
    }
  }

  private void pavement(float middle, int side, float half, float pave) {
    boolean trees = rng.chance(0.45);
    float stride = rng.rangeF(7, 13);
    float edge = middle + side * (half + 0.5f);
    Piece lamp = f.draw("street lamp");
    float offset = rng.rangeF(0, stride);
    for (float z = offset; z < f.length; z += stride) {
      if (trees) {
        tree(edge + side * 0.3f, z, KERB, 8);
      }
      if (lamp != null) {
        place(lamp, edge, z + stride / 2, KERB, side < 0 ? HALF_TURN / 2 : -HALF_TURN / 2, 0);
      }
    }
    for (int i = rng.between(0, 8); i > 0; i--) {
      float x = middle + side * (half + rng.rangeF(0.6, Math.max(0.7, pave - 0.4)));
      place(
          f.draw("person"),
          x,
          rng.rangeF(2, f.length - 2),
          KERB,
          rng.chance(0.7) ? rng.nextInt(2) * HALF_TURN + rng.rangeF(-0.3, 0.3) : rng.rangeF(-3, 3),
          0.1f);
    }
    for (int i = rng.between(0, 5); i > 0; i--) {
      String kind =
          rng.pickOf(
              "bench",
              "waste bin",
              "fire hydrant",
              "mailbox",
              "bicycle",
              "motorcycle",
              "dog",
              "pushchair",
              "traffic cone",
              "cat",
              "table");
      boolean against = kind.equals("bench") || kind.equals("bicycle");
      float x = middle + side * (half + (against ? pave - 0.5f : rng.rangeF(0.5, pave)));
      place(
          f.draw(kind),
          x,
          rng.rangeF(2, f.length - 2),
          KERB,
          kind.equals("bicycle")
              ? rng.nextInt(2) * HALF_TURN
              : side < 0 ? HALF_TURN / 2 : -HALF_TURN / 2,
          0.05f);
    }
  }

  private Setting garden() {
    int grass = lawn();
    facades.ground(grass, -FAR, -FAR, f.width + FAR, f.length + FAR, 0);
    int fence =
        facades.add(
            "fence",
            Material.plain(
                "fence",
                Colours.linear(rng.pickOf(0x9a7a54, 0x7a5434, 0xb0a890, 0xe8e4dc, 0x5a5c5a))));
    float tall = rng.rangeF(1.0, 1.9);
    float terrace = rng.rangeF(2.5, 4.5);
    facades.house(-2, f.length, f.width + 2, f.length + 9, 0, rng.between(1, 3), 1);
    int slabs =
        facades.patterned(
            "pavement",
            "terrace",
            Pattern.Kind.SLABS,
            rng.pickOf(0xa8a49c, 0xb89a80, 0x98948c),
            0.6,
            rng.range(0.3, 0.6));
    facades.box(slabs, 0.5f, -0.1f, f.length - terrace, f.width - 0.5f, 0.03f, f.length);
    facades.fence(fence, 0, 0, 0, f.length, tall);
    facades.fence(fence, f.width, 0, f.width, f.length, tall);
    facades.fence(fence, 0, 0, f.width, 0, tall);
    if (rng.chance(0.5)) {
      float x = rng.rangeF(0.3, 0.7) * f.width;
      facades.box(slabs, x - 0.5f, -0.1f, 0, x + 0.5f, 0.02f, f.length - terrace);
    }
    for (int i = rng.between(0, 3); i > 0; i--) {
      neighbour();
    }
    float seat = f.length - terrace / 2;
    garden(seat, terrace);
    return finish(
        "garden",
        List.of(
            new Setting.Stand(0.6f, 0.6f, f.width - 0.6f, f.length * 0.5f, 0, Float.NaN),
            new Setting.Stand(
                0.6f, f.length - terrace, f.width - 0.6f, f.length - 0.5f, 0.03f, Float.NaN)));
  }

  /** A house or a tall tree beyond the fence. */
  private void neighbour() {
    float away = rng.rangeF(8, 25);
    float side = rng.nextInt(3);
    float x = side == 0 ? -away - 10 : side == 1 ? f.width + away : rng.rangeF(-5, f.width);
    float z = side == 2 ? -away - 10 : rng.rangeF(-5, f.length * 0.6);
    facades.house(x, z, x + rng.rangeF(7, 11), z + rng.rangeF(7, 11), 0, rng.between(1, 3), 15);
  }

  private void garden(float seat, float terrace) {
    float ground = 0.03f;
    Piece table = f.draw("table", m -> m.height() < 0.9f);
    if (table != null && rng.chance(0.75)) {
      int t = f.tryAdd(table.at(rng.rangeF(2, f.width - 2), ground, seat, 0), 0.5f);
      if (t >= 0) {
        Piece chair = f.draw(rng.pickOf("garden chair", "chair", "folding chair"));
        Piece p = f.piece(t);
        for (int i = 0; chair != null && i < 4; i++) {
          float a = i * HALF_TURN / 2;
          float reach = (i % 2 == 0 ? p.depth() : p.width()) / 2 + chair.depth() / 2 + 0.03f;
          float lx = (float) Math.sin(a) * reach;
          float lz = (float) Math.cos(a) * reach;
          place(
              chair,
              p.worldX(lx, lz),
              p.worldZ(lx, lz),
              ground,
              p.yaw() + a + HALF_TURN + rng.rangeF(-0.2, 0.2),
              0);
        }
        for (int i = rng.between(0, 5); i > 0; i--) {
          Piece small =
              f.draw(
                  rng.pickOf("cup", "glass", "plate", "bottle", "bowl", "flowers", "food", "book"),
                  m -> m.width() < 0.5f);
          f.on(t, small, Float.NaN);
        }
      }
    }
    for (int i = rng.between(1, 5); i > 0; i--) {
      place(
          f.draw(
              rng.pickOf(
                  "deck chair",
                  "garden chair",
                  "garden sofa",
                  "bench",
                  "plant",
                  "plant",
                  "parasol",
                  "box",
                  "barrel")),
          rng.rangeF(1, f.width - 1),
          f.length - rng.rangeF(0.6, terrace),
          ground,
          HALF_TURN + rng.rangeF(-0.6, 0.6),
          0.05f);
    }
    for (int i = rng.between(0, 6); i > 0; i--) {
      tree(rng.rangeF(1.5, f.width - 1.5), rng.rangeF(1.5, f.length - terrace - 1.5), 0, 7);
    }
    borders(terrace);
    for (int i = rng.between(3, 14); i > 0; i--) {
      String kind =
          rng.pickOf(
              "bush",
              "bush",
              "hedge",
              "rock",
              "swing",
              "trampoline",
              "wheelbarrow",
              "lawnmower",
              "bicycle",
              "football goal",
              "toy",
              "dog",
              "cat",
              "rabbit",
              "chicken",
              "horse",
              "shed",
              "tent",
              "hammock",
              "fountain",
              "boat",
              "tricycle",
              "parasol",
              "deck chair",
              "person",
              "person",
              "person",
              "bench",
              "ladder",
              "waste bin",
              "skateboard");
      place(
          f.draw(kind),
          rng.rangeF(1, f.width - 1),
          rng.rangeF(1, f.length - terrace - 0.5),
          0,
          rng.rangeF(-3.1, 3.1),
          0.1f);
    }
  }

  /** Bushes and hedges along the fences. */
  private void borders(float terrace) {
    for (int i = rng.between(0, 9); i > 0; i--) {
      Piece p = f.draw(rng.pickOf("bush", "hedge", "bush", "rock", "flowers"));
      if (p == null) {
        continue;
      }
      boolean left = rng.chance(0.5);
      float off = p.depth() / 2 + 0.15f;
      float turn = left ? HALF_TURN / 2 : -HALF_TURN / 2;
      place(p, left ? off : f.width - off, rng.rangeF(1, f.length - terrace - 1), 0, turn, 0);
    }
  }
}
