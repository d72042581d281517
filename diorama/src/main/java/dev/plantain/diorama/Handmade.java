package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;

/** Things no library has and every room does: pictures, mirrors, rows of books, cushions. */
final class Handmade {
  private Handmade() {}

  static Piece picture(Rng rng) {
    float w = rng.rangeF(0.25, 1.1);
    float h = w * rng.rangeF(0.6, 1.5);
    h = Math.min(h, 1.1f);
    MeshBuilder b = new MeshBuilder();
    Paint paint = rng.pick(Paint.BASIC);
    int frame =
        b.material(
            Material.plain(
                "frame",
                rng.chance(0.6)
                    ? Colours.linear(rng.pickOf(0x1c1c1c, 0x6a4427, 0xeeeeec, 0xa88a4c))
                    : Colours.linear(paint.rgb())));
    int image = b.material(Material.plain("picture", new float[3]).textured(painting(rng)));
    int mat = b.material(Material.plain("mount", Colours.linear(0xf0ece4)));
    float border = rng.rangeF(0.012, 0.05);
    float deep = rng.rangeF(0.012, 0.03);
    frame(b, frame, w, h, border, deep);
    float inset = rng.chance(0.4) ? rng.rangeF(0.03, 0.08) : 0;
    float z = -deep / 2 + 0.006f;
    if (inset > 0) {
      sheet(b, mat, w, h, border, z);
    }
    sheet(b, image, w, h, border + inset, z + 0.001f);
    return piece("picture", "picture", b, w, h, deep);
  }

  static Piece mirror(Rng rng) {
    float w = rng.rangeF(0.4, 0.9);
    float h = rng.rangeF(0.6, 1.4);
    MeshBuilder b = new MeshBuilder();
    int frame =
        b.material(
            Material.plain(
                "frame", Colours.linear(rng.pickOf(0x2a2a2c, 0x7a5434, 0xd8d8d8, 0xb09050))));
    int glass =
        b.material(Material.plain("mirror", new float[] {0.9f, 0.92f, 0.9f}).glossy(0.92f, 0));
    float border = rng.rangeF(0.015, 0.06);
    frame(b, frame, w, h, border, 0.025f);
    sheet(b, glass, w, h, border, -0.004f);
    return piece("mirror", "mirror", b, w, h, 0.025f);
  }

  private static void frame(MeshBuilder b, int m, float w, float h, float border, float deep) {
    float z = deep / 2;
    b.box(m, -w / 2, 0, -z, -w / 2 + border, h, z);
    b.box(m, w / 2 - border, 0, -z, w / 2, h, z);
    b.box(m, -w / 2 + border, 0, -z, w / 2 - border, border, z);
    b.box(m, -w / 2 + border, h - border, -z, w / 2 - border, h, z);
    sheet(b, m, w, h, border / 2, -z + 0.002f);
  }

  private static void sheet(MeshBuilder b, int m, float w, float h, float border, float z) {
    b.quad(
        m,
        new float[] {-w / 2 + border, border, z},
        new float[] {w - 2 * border, 0, 0},
        new float[] {0, h - 2 * border, 0},
        0,
        0,
        1,
        1);
  }

  /** A row of upright books, sometimes with a leaning end. */
  static Piece books(Rng rng, float room, float tallest) {
    MeshBuilder b = new MeshBuilder();
    float x = 0;
    float highest = 0;
    float deepest = 0;
    List<float[]> spines = new ArrayList<>();
    int count = rng.between(4, 22);
    for (int i = 0; i < count; i++) {
      float thick = rng.rangeF(0.012, 0.045);
      if (x + thick > room) {
        break;
      }
      float h = Math.min(tallest, rng.rangeF(0.17, 0.3));
      float d = Math.min(0.22f, h * rng.rangeF(0.65, 0.8));
      spines.add(new float[] {x, thick, h, d});
      x += thick + 0.001f;
      highest = Math.max(highest, h);
      deepest = Math.max(deepest, d);
    }
    if (spines.isEmpty()) {
      spines.add(new float[] {0, 0.03f, Math.min(tallest, 0.2f), 0.14f});
      x = 0.03f;
      highest = Math.min(tallest, 0.2f);
      deepest = 0.14f;
    }
    int paper = b.material(Material.plain("pages", Colours.linear(0xe8e0cc)));
    for (float[] s : spines) {
      Paint p = rng.pick(Paint.BASIC).near(rng);
      int cover = b.material(Material.plain("cover", Colours.linear(p.rgb())));
      float left = s[0] - x / 2;
      float z1 = deepest / 2;
      float z0 = z1 - s[3];
      b.box(cover, left, 0, z0 + 0.004f, left + s[1], s[2], z1);
      b.box(paper, left + 0.003f, 0.004f, z0, left + s[1] - 0.003f, s[2] - 0.004f, z0 + 0.005f);
    }
    return piece("books", "row of books", b, x, highest, deepest);
  }

  /** A plump square cushion. */
  static Piece cushion(Rng rng) {
    float side = rng.rangeF(0.36, 0.5);
    float thick = rng.rangeF(0.12, 0.17);
    Paint p = rng.pick(Paint.BASIC).near(rng);
    MeshBuilder b = new MeshBuilder();
    Pattern.Kind kind =
        rng.pickOf(
            Pattern.Kind.CARPET, Pattern.Kind.STRIPES, Pattern.Kind.CHECKS, Pattern.Kind.PLAIN);
    float[] c = Colours.linear(p.rgb());
    float[] other = {c[0] * 0.7f, c[1] * 0.7f, c[2] * 0.7f};
    int m =
        b.material(
            Material.patterned(
                "cushion",
                new Pattern(kind, c, other, 0.07f, rng.chance(0.5), rng.nextLong()),
                0,
                1));
    int n = 8;
    for (int sideZ = -1; sideZ <= 1; sideZ += 2) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          float[][] q = new float[4][];
          for (int k = 0; k < 4; k++) {
            float u = (i + (k == 1 || k == 2 ? 1 : 0)) / (float) n * 2 - 1;
            float v = (j + (k >= 2 ? 1 : 0)) / (float) n * 2 - 1;
            float bulge = (float) Math.pow((1 - u * u) * (1 - v * v), 0.35);
            float pull = 1 - 0.08f * (u * u * (1 - v * v) + v * v * (1 - u * u));
            q[k] =
                new float[] {
                  u * pull * side / 2,
                  side / 2 + v * pull * side / 2,
                  sideZ * bulge * thick / 2,
                  u * side / 2,
                  v * side / 2
                };
          }
          tri(b, m, q[0], q[1], q[2], sideZ);
          tri(b, m, q[0], q[2], q[3], sideZ);
        }
      }
    }
    return piece("cushion", "cushion", b, side, side, thick).painted(null, p.word());
  }

  private static void tri(MeshBuilder b, int m, float[] p, float[] q, float[] r, int side) {
    float[] s = side > 0 ? q : r;
    float[] t = side > 0 ? r : q;
    b.triangle(
        m,
        new float[] {p[0], p[1], p[2], s[0], s[1], s[2], t[0], t[1], t[2]},
        new float[] {p[3], p[4], s[3], s[4], t[3], t[4]},
        new float[9]);
  }

  private static Piece piece(
      String category, String phrase, MeshBuilder b, float w, float h, float d) {
    Mesh mesh = b.build(category);
    return new Piece(
        Taxonomy.standard().category(category),
        phrase,
        "handmade#" + category,
        mesh,
        new Thing.Size(w, d, h),
        0,
        0,
        0,
        0,
        1,
        null,
        "",
        -1);
  }

  /** Landscapes, colour fields, stripes and discs. */
  private static Texture painting(Rng rng) {
    int n = 96;
    int[] argb = new int[n * n];
    int kind = rng.nextInt(4);
    Paint[] p = new Paint[5];
    for (int i = 0; i < p.length; i++) {
      p[i] = rng.pick(Paint.BASIC).near(rng);
    }
    double a = rng.range(0.3, 0.7);
    double phase = rng.range(0, 6);
    double turn = rng.range(-1, 1);
    double[] discs = new double[15];
    for (int i = 0; i < discs.length; i++) {
      discs[i] = rng.nextDouble();
    }
    for (int y = 0; y < n; y++) {
      for (int x = 0; x < n; x++) {
        double u = x / (double) n;
        double v = y / (double) n;
        int rgb =
            switch (kind) {
              case 0 -> {
                double ridge =
                    a + 0.12 * Math.sin(4 * u + phase) + 0.05 * Math.sin(11 * u + 2 * phase);
                double hill = ridge + 0.15 + 0.05 * Math.sin(7 * u - phase);
                yield v < ridge
                    ? blend(0x86b4e0, 0xf0e0c8, v / ridge)
                    : v < hill ? blend(p[0].rgb(), 0x606a70, 0.5) : blend(0x5a7a3a, p[1].rgb(), v);
              }
              case 1 -> {
                double s = u + turn * v + 0.04 * Math.sin(9 * v + phase);
                yield p[Math.floorMod((int) Math.floor(s * 3.5), 5)].rgb();
              }
              case 2 -> {
                int over = p[0].rgb();
                for (int i = 0; i < 5; i++) {
                  double r = 0.08 + 0.22 * discs[3 * i + 2];
                  if (Math.hypot(u - discs[3 * i], v - discs[3 * i + 1]) < r) {
                    over = p[i].rgb();
                  }
                }
                yield over;
              }
              default -> {
                boolean inner =
                    (Math.abs(u - 0.5) < 0.18 && v > 0.25 && v < 0.85)
                        || Math.hypot(u - 0.5, v - 0.3) < 0.17;
                yield inner
                    ? blend(p[0].rgb(), p[1].rgb(), v)
                    : blend(p[2].rgb(), p[3].rgb(), (u + v) / 2);
              }
            };
        double grain = 0.93 + 0.14 * Rng.hash01(x * 131L + y * 7919L + (long) (phase * 1e6));
        argb[y * n + x] = 0xff000000 | scale(rgb, grain);
      }
    }
    return new Texture(n, n, argb);
  }

  private static int blend(int a, int b, double t) {
    double s = Math.clamp(t, 0.0, 1.0);
    int out = 0;
    for (int k = 0; k < 24; k += 8) {
      out |= (int) Math.round((a >> k & 255) * (1 - s) + (b >> k & 255) * s) << k;
    }
    return out;
  }

  private static int scale(int rgb, double gain) {
    int out = 0;
    for (int k = 0; k < 24; k += 8) {
      out |= (int) Math.min(255, (rgb >> k & 255) * gain) << k;
    }
    return out;
  }
}
