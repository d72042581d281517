package dev.plantain.core.instruct;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Colours that are easy to tell apart, in RGB as decoders see them. */
public final class Palette {
  /** Common, far apart, and most with a name; black and white are left to backgrounds. */
  private static final int[] FIRST = {
    0xFF0000, 0x0000FF, 0x00FF00, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0xFFA500, 0x800080, 0x008080,
    0x808000
  };

  /** Channel values of the colours that follow the first. */
  private static final int[] LEVELS = {0, 64, 128, 192, 255};

  private Palette() {}

  /**
   * The first colours of a fixed palette, without those near {@code taken}.
   *
   * @param count up to 64
   * @param taken colours to stay away from, such as a background
   * @return {@code 0xRRGGBB}
   */
  public static List<Integer> distinct(int count, int... taken) {
    if (count < 0 || count > 64) {
      throw new InstructionException(
          "a legend has 1 to 64 entries, got %d; ask in several calls".formatted(count));
    }
    List<Integer> colours = new ArrayList<>();
    for (int rgb : FIRST) {
      if (colours.size() < count && nearest(rgb, List.of(), taken) >= 100 * 100) {
        colours.add(rgb);
      }
    }
    while (colours.size() < count) {
      colours.add(farthest(colours, taken));
    }
    return List.copyOf(colours);
  }

  /** The same colours in an order of its own, out of at least twelve. */
  public static List<Integer> shuffled(int count, long seed, int... taken) {
    List<Integer> colours = new ArrayList<>(distinct(Math.max(count, 12), taken));
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = colours.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Integer swap = colours.get(i);
      colours.set(i, colours.get(j));
      colours.set(j, swap);
    }
    return List.copyOf(colours.subList(0, count));
  }

  private static int farthest(List<Integer> colours, int[] taken) {
    int best = 0;
    int bestDistance = -1;
    for (int r : LEVELS) {
      for (int g : LEVELS) {
        for (int b : LEVELS) {
          int rgb = r << 16 | g << 8 | b;
          int distance = nearest(rgb, colours, taken);
          if (distance > bestDistance && rgb != Colours.BLACK && rgb != Colours.WHITE) {
            best = rgb;
            bestDistance = distance;
          }
        }
      }
    }
    return best;
  }

  private static int nearest(int rgb, List<Integer> colours, int[] taken) {
    int least = Integer.MAX_VALUE;
    for (int other : colours) {
      least = Math.min(least, distance2(rgb, other));
    }
    for (int other : taken) {
      least = Math.min(least, distance2(rgb, other));
    }
    return least;
  }

  private static int distance2(int a, int b) {
    int r = (a >> 16) - (b >> 16);
    int g = (a >> 8 & 0xFF) - (b >> 8 & 0xFF);
    int blue = (a & 0xFF) - (b & 0xFF);
    return r * r + g * g + blue * blue;
  }
}
