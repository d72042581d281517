package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;

/** Collects the ground and the buildings of an outdoor place as one mesh. */
final class Facades {
  private static final int[] PLASTER = {
    0xe8e0d0, 0xf0ece4, 0xd8c8a8, 0xc8b8a8, 0xe0c8b0, 0xb8c0c0, 0xd8d0b0, 0xe4d8c8, 0xc89878,
    0xa8b0a0, 0xd0a890, 0x98a4b0
  };
  private static final int[] BRICK = {0x9a5a44, 0xb07858, 0x8a4a3c, 0xc0a080, 0x7a5a50, 0xa89888};
  private static final int[] ROOF = {0x8a4a38, 0x5a5654, 0x6a3c34, 0x4a4e54, 0x9a6448, 0x3e3c3c};

  private final Rng rng;
  private final MeshBuilder mesh = new MeshBuilder();
  private final List<String> categories = new ArrayList<>();
  private final List<Footprint> houses = new ArrayList<>();
  private final int glass;
  private final int frame;

  Facades(Rng rng) {
    this.rng = rng;
    glass =
        add(
            "building",
            Material.plain("window pane", new float[] {0.03f, 0.035f, 0.04f}).glossy(0.09f, 0));
    frame = add("building", Material.plain("window frame", Colours.linear(0xe8e8e4)));
  }

  int add(String category, Material m) {
    categories.add(category);
    return mesh.material(m);
  }

  int patterned(
      String category, String name, Pattern.Kind kind, int rgb, double dark, double size) {
    return add(category, pattern(name, kind, rgb, dark, size));
  }

  private Material pattern(String name, Pattern.Kind kind, int rgb, double dark, double size) {
    float[] a = Colours.linear(rgb);
    float[] b = new float[3];
    float gain = (float) Math.exp(0.12 * rng.gaussian());
    for (int c = 0; c < 3; c++) {
      a[c] = Math.min(0.85f, a[c] * gain);
      b[c] = Math.min(0.85f, (float) (a[c] * dark));
    }
    return Material.patterned(
        name, new Pattern(kind, a, b, (float) size, false, rng.nextLong()), 0, 1);
  }

  /** A horizontal rectangle at a height. */
  void ground(int m, float x0, float z0, float x1, float z1, float y) {
    mesh.rectangle(
        m,
        new float[] {x0, y, z1},
        new float[] {x1 - x0, 0, 0},
        new float[] {0, 0, z0 - z1},
        x0,
        z0);
  }

  void box(int m, float x0, float y0, float z0, float x1, float y1, float z1) {
    mesh.box(m, x0, y0, z0, x1, y1, z1);
  }

  /** Boards along a line, as tall as given. */
  void fence(int m, float x0, float z0, float x1, float z1, float height) {
    float length = (float) Math.hypot(x1 - x0, z1 - z0);
    float ux = (x1 - x0) / length;
    float uz = (z1 - z0) / length;
    float board = rng.rangeF(0.09, 0.14);
    float step = board + rng.rangeF(0.01, 0.06);
    for (float at = 0; at + board <= length; at += step) {
      float a = at + board;
      upright(m, x0 + ux * at, z0 + uz * at, x0 + ux * a, z0 + uz * a, 0.04f, height);
    }
    for (float y : new float[] {0.25f * height, 0.8f * height}) {
      upright(m, x0 - uz * 0.02f, z0 + ux * 0.02f, x1 - uz * 0.02f, z1 + ux * 0.02f, y, y + 0.08f);
    }
  }

  private void upright(int m, float x0, float z0, float x1, float z1, float y0, float y1) {
    mesh.rectangle(
        m,
        new float[] {x0, y0, z0},
        new float[] {x1 - x0, 0, z1 - z0},
        new float[] {0, y1 - y0, 0},
        0,
        y0);
  }

  /** A way to put rectangles on one side of a building. */
  private record Side(float x, float z, float dx, float dz, float nx, float nz, float length) {}

  /**
   * A house on a rectangle.
   *
   * @param detailed which sides get windows: bits 0 to 3 for −z, +x, +z, −x
   */
  void house(float x0, float z0, float x1, float z1, float base, int floors, int detailed) {
    float storey = rng.rangeF(2.7, 3.4);
    float height = floors * storey + rng.rangeF(0.2, 0.8);
    boolean brick = rng.chance(0.45);
    int walls =
        brick
            ? patterned(
                "building",
                "brick façade",
                Pattern.Kind.BRICKS,
                BRICK[rng.nextInt(BRICK.length)],
                1.25,
                0.24)
            : patterned(
                "building",
                "plastered façade",
                Pattern.Kind.PLASTER,
                PLASTER[rng.nextInt(PLASTER.length)],
                1,
                1);
    int trim =
        add(
            "building",
            Material.plain(
                "trim", Colours.linear(rng.pickOf(0xf0f0ec, 0xd8d0c0, 0x8a8680, 0x4a4a4c))));
    int door = add("building", Material.plain("house door", Colours.linear(Paint.draw(rng).rgb())));
    mesh.box(walls, x0, base, z0, x1, base + height, z1);
    houses.add(new Footprint(x0, z0, x1, z1));
    Side[] sides = {
      new Side(x0, z0, 1, 0, 0, -1, x1 - x0),
      new Side(x1, z0, 0, 1, 1, 0, z1 - z0),
      new Side(x1, z1, -1, 0, 0, 1, x1 - x0),
      new Side(x0, z1, 0, -1, -1, 0, z1 - z0)
    };
    float wide = rng.rangeF(0.8, 1.5);
    float tall = Math.min(storey - 1.1f, rng.rangeF(1.1, 1.8));
    float spacing = wide + rng.rangeF(0.7, 1.6);
    boolean shop = rng.chance(0.25) && floors > 1;
    for (int i = 0; i < 4; i++) {
      if ((detailed >> i & 1) == 1) {
        side(sides[i], base, floors, storey, wide, tall, spacing, shop, trim, door);
      }
    }
    roof(x0, z0, x1, z1, base + height, trim);
  }

  private void side(
      Side s,
      float base,
      int floors,
      float storey,
      float wide,
      float tall,
      float spacing,
      boolean shop,
      int trim,
      int door) {
    int columns = Math.max(1, (int) ((s.length() - 0.8f) / spacing));
    float first = (s.length() - (columns - 1) * spacing) / 2;
    int entrance = rng.nextInt(columns);
    for (int f = 0; f < floors; f++) {
      float low = base + f * storey;
      for (int c = 0; c < columns; c++) {
        float middle = first + c * spacing;
        if (f == 0 && c == entrance) {
          plate(s, door, middle, 1.0f, low, low + 2.1f, 0.02f);
          plate(s, trim, middle, 1.2f, low, low + 2.2f, 0.012f);
        } else if (f == 0 && shop) {
          window(s, middle, Math.min(spacing - 0.3f, 2.2f), low + 0.4f, low + 2.5f, trim, false);
        } else {
          window(s, middle, wide, low + 0.95f, low + 0.95f + tall, trim, true);
        }
      }
    }
    if (shop) {
      int sign =
          add("building", Material.plain("shop sign", Colours.linear(rng.pick(Paint.BASIC).rgb())));
      plate(s, sign, s.length() / 2, s.length() * 0.85f, base + 2.6f, base + 3.0f, 0.06f);
    }
  }

  private void window(
      Side s, float middle, float wide, float low, float high, int trim, boolean bars) {
    plate(s, trim, middle, wide + 0.16f, low - 0.1f, high + 0.08f, 0.012f);
    plate(s, frame, middle, wide, low, high, 0.02f);
    float inset = 0.06f;
    if (bars && wide > 0.9f) {
      float half = (wide - 3 * inset) / 2;
      plate(s, glass, middle - (half + inset) / 2, half, low + inset, high - inset, 0.028f);
      plate(s, glass, middle + (half + inset) / 2, half, low + inset, high - inset, 0.028f);
    } else {
      plate(s, glass, middle, wide - 2 * inset, low + inset, high - inset, 0.028f);
    }
  }

  private void plate(Side s, int m, float middle, float wide, float low, float high, float out) {
    float a = middle - wide / 2;
    mesh.rectangle(
        m,
        new float[] {s.x() + s.dx() * a + s.nx() * out, low, s.z() + s.dz() * a + s.nz() * out},
        new float[] {s.dx() * wide, 0, s.dz() * wide},
        new float[] {0, high - low, 0},
        0,
        0);
  }

  private void roof(float x0, float z0, float x1, float z1, float y, int trim) {
    float eave = 0.35f;
    if (rng.chance(0.35)) {
      mesh.box(trim, x0 - 0.15f, y, z0 - 0.15f, x1 + 0.15f, y + 0.35f, z1 + 0.15f);
      return;
    }
    int tiles =
        patterned(
            "building",
            "tiled roof",
            Pattern.Kind.BRICKS,
            ROOF[rng.nextInt(ROOF.length)],
            0.6,
            0.3);
    float rise = rng.rangeF(0.35, 0.75) * Math.min(x1 - x0, z1 - z0) / 2;
    boolean alongZ = rng.chance(0.5);
    float[] a = {x0 - eave, y, z0 - eave};
    if (alongZ) {
      float mid = (x1 - x0) / 2 + eave;
      float run = z1 - z0 + 2 * eave;
      mesh.rectangle(tiles, a, new float[] {0, 0, run}, new float[] {mid, rise, 0}, 0, 0);
      mesh.rectangle(
          tiles,
          new float[] {x1 + eave, y, z0 - eave},
          new float[] {0, 0, run},
          new float[] {-mid, rise, 0},
          0,
          0);
      gable(
          trim,
          new float[] {x0, y, z0},
          new float[] {x1, y, z0},
          new float[] {(x0 + x1) / 2, y + rise, z0});
      gable(
          trim,
          new float[] {x0, y, z1},
          new float[] {x1, y, z1},
          new float[] {(x0 + x1) / 2, y + rise, z1});
    } else {
      float mid = (z1 - z0) / 2 + eave;
      float run = x1 - x0 + 2 * eave;
      mesh.rectangle(tiles, a, new float[] {run, 0, 0}, new float[] {0, rise, mid}, 0, 0);
      mesh.rectangle(
          tiles,
          new float[] {x0 - eave, y, z1 + eave},
          new float[] {run, 0, 0},
          new float[] {0, rise, -mid},
          0,
          0);
      gable(
          trim,
          new float[] {x0, y, z0},
          new float[] {x0, y, z1},
          new float[] {x0, y + rise, (z0 + z1) / 2});
      gable(
          trim,
          new float[] {x1, y, z0},
          new float[] {x1, y, z1},
          new float[] {x1, y + rise, (z0 + z1) / 2});
    }
  }

  private void gable(int m, float[] p, float[] q, float[] r) {
    mesh.triangle(
        m,
        new float[] {p[0], p[1], p[2], q[0], q[1], q[2], r[0], r[1], r[2]},
        new float[6],
        new float[9]);
  }

  Shell.Built build(String name) {
    return new Shell.Built(mesh.build(name), List.copyOf(categories), List.copyOf(houses));
  }
}
