package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;

/** Draws looks for floors, walls and ceilings. */
final class Finishes {
  private static final int[] WOODS = {
    0xb58a5a, 0x8a5a34, 0xd2b48a, 0x6a4528, 0xa87c50, 0xc9a173, 0x54392a, 0x9c8a74, 0xbfae98
  };
  private static final int[] STONES = {
    0xd8d4cc, 0xb8b0a4, 0x8c8880, 0xe8e6e2, 0x5c5a58, 0xc8b49c, 0xa49484, 0xe2d8c8
  };
  private static final int[] CARPETS = {
    0x8a8078, 0xb0a490, 0x5a6478, 0x74584c, 0x4c5c50, 0xc2b8a8, 0x9c4a44, 0x44566e, 0x9a9a9c
  };
  private static final int[] WALLS = {
    0xf2f0ea, 0xe8e2d4, 0xe4e6e8, 0xd8d0c0, 0xc8d2d8, 0xd2dccc, 0xe6d2c4, 0xf0e8c8, 0xb8c4cc,
    0xc4b8a8, 0xdccaca, 0xa8b8a4, 0x8ca0b0, 0xd0b090, 0xb87860, 0x708a88, 0x5a6a80, 0xccaa58,
    0xa8606c, 0x6c8458, 0x8a7c9c, 0xf6f4f0, 0xededed
  };

  private final Rng rng;

  Finishes(Rng rng) {
    this.rng = rng;
  }

  private float[] shade(int rgb, double gain) {
    float[] c = Colours.linear(rgb);
    float g = (float) (gain * Math.exp(0.1 * rng.gaussian()));
    for (int i = 0; i < 3; i++) {
      c[i] = Math.clamp(c[i] * g * (float) Math.exp(0.04 * rng.gaussian()), 0.01f, 0.9f);
    }
    return c;
  }

  private float[] of(int[] palette) {
    return shade(palette[rng.nextInt(palette.length)], 1);
  }

  private static float[] times(float[] c, float gain) {
    return new float[] {
      Math.min(0.9f, c[0] * gain), Math.min(0.9f, c[1] * gain), Math.min(0.9f, c[2] * gain)
    };
  }

  private Material surface(
      String name, Pattern.Kind kind, float[] a, float[] b, float size, float gloss, float rough) {
    return Material.patterned(
        name, new Pattern(kind, a, b, size, rng.chance(0.5), rng.nextLong()), gloss, rough);
  }

  /** Boards, parquet, tiles, carpet or screed. */
  Material floor(boolean wet) {
    double pick = wet ? rng.range(0.55, 0.85) : rng.nextDouble();
    if (pick < 0.4) {
      float[] a = of(WOODS);
      boolean polished = rng.chance(0.4);
      return surface(
          "wooden floor",
          Pattern.Kind.PLANKS,
          a,
          times(a, 0.45f),
          rng.rangeF(0.07, 0.2),
          polished ? 0.05f : 0.03f,
          polished ? 0.12f : 0.4f);
    }
    if (pick < 0.5) {
      float[] a = of(WOODS);
      return surface(
          "parquet floor",
          Pattern.Kind.HERRINGBONE,
          a,
          times(a, 0.5f),
          rng.rangeF(0.06, 0.1),
          0.04f,
          0.25f);
    }
    if (pick < 0.8) {
      float[] a = of(STONES);
      return surface(
          "tiled floor",
          Pattern.Kind.TILES,
          a,
          times(a, rng.rangeF(0.4, 1.3)),
          rng.rangeF(0.2, 0.7),
          0.05f,
          rng.rangeF(0.05, 0.4));
    }
    if (pick < 0.83) {
      return surface(
          "chequered floor",
          Pattern.Kind.CHECKS,
          of(STONES),
          shade(0x3c3a38, 1),
          rng.rangeF(0.2, 0.4),
          0.05f,
          0.15f);
    }
    if (pick < 0.95) {
      float[] a = of(CARPETS);
      return surface("carpet", Pattern.Kind.CARPET, a, times(a, 0.6f), 0.3f, 0, 1);
    }
    float[] a = of(STONES);
    return surface("concrete floor", Pattern.Kind.CONCRETE, a, times(a, 0.75f), 1, 0.04f, 0.3f);
  }

  Material wall(boolean wet) {
    double pick = rng.nextDouble();
    float[] a = of(WALLS);
    if (wet && pick < 0.6) {
      float[] tile = rng.chance(0.5) ? of(STONES) : a;
      return surface(
          "tiled wall",
          Pattern.Kind.TILES,
          tile,
          shade(0xd8d8d4, 1),
          rng.rangeF(0.1, 0.35),
          0.05f,
          0.1f);
    }
    if (pick < 0.66) {
      return surface("plastered wall", Pattern.Kind.PLASTER, a, a, 1, 0, 1);
    }
    if (pick < 0.76) {
      return surface(
          "striped wallpaper",
          Pattern.Kind.STRIPES,
          a,
          times(a, rng.rangeF(0.7, 1.2)),
          rng.rangeF(0.06, 0.3),
          0,
          1);
    }
    if (pick < 0.84) {
      return surface(
          "patterned wallpaper", Pattern.Kind.DOTS, a, of(WALLS), rng.rangeF(0.08, 0.3), 0, 1);
    }
    if (pick < 0.9) {
      return surface(
          "brick wall",
          Pattern.Kind.BRICKS,
          shade(rng.chance(0.6) ? 0xa05a44 : 0xd8d4cc, 1),
          shade(0xb8b0a6, 1),
          rng.rangeF(0.2, 0.26),
          0,
          1);
    }
    if (pick < 0.95) {
      float[] w = of(WOODS);
      return surface(
          "wood-panelled wall",
          Pattern.Kind.PLANKS,
          w,
          times(w, 0.5f),
          rng.rangeF(0.09, 0.16),
          0.02f,
          0.5f);
    }
    float[] s = of(STONES);
    return surface("concrete wall", Pattern.Kind.CONCRETE, s, times(s, 0.8f), 1, 0, 1);
  }

  Shell.Finish room(boolean wet) {
    Material first = wall(wet);
    List<Material> walls = new ArrayList<>(List.of(first, first, first, first));
    if (rng.chance(0.3)) {
      walls.set(rng.nextInt(4), wall(wet));
    }
    float[] white = shade(0xf0f0ec, 0.95);
    Material ceiling =
        rng.chance(0.92)
            ? surface("ceiling", Pattern.Kind.PLASTER, white, white, 1, 0, 1)
            : surface(
                "wooden ceiling", Pattern.Kind.PLANKS, of(WOODS), shade(0x4a3524, 1), 0.12f, 0, 1);
    float[] board = rng.chance(0.7) ? white : of(WOODS);
    return new Shell.Finish(
        floor(wet),
        ceiling,
        walls,
        Material.plain("skirting", board),
        rng.chance(0.8) ? rng.rangeF(0.05, 0.14) : 0);
  }
}
