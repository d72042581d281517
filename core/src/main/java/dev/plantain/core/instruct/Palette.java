package dev.plantain.core.instruct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Colours that are easy to tell apart, in RGB as decoders see them. */
public final class Palette {
  /** Common, far apart, and most with a name; black and white are left to backgrounds. */
  private static final int[] FIRST = {
    0xFF0000, 0x0000FF, 0x00FF00, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0xFFA500, 0x800080, 0x008080,
    0x808000
  };

  /** Channel values of the colours that follow the first. */
  private static final int[] LEVELS = {0, 64, 128, 192, 255};

  /** The same where those do not suffice. */
  private static final int[] FINE = {0, 32, 64, 96, 128, 160, 192, 224, 255};

  /** Colours less than this apart, in 8-bit levels, are near. */
  private static final int NEAR = 100;

  private static final int MOST_COARSE = 64;
  private static final int MOST = 512;

  private Palette() {}

  /**
   * The first colours of a fixed palette, without those near {@code taken}.
   *
   * @param count up to 512; more than some dozens are hard to tell apart
   * @param taken colours to stay away from, such as a background
   * @return {@code 0xRRGGBB}
   */
  public static List<Integer> distinct(int count, int... taken) {
    requireCount(count);
    List<Integer> colours = new ArrayList<>();
    for (int rgb : FIRST) {
      if (colours.size() < count && nearest(rgb, List.of(), taken) >= NEAR * NEAR) {
        colours.add(rgb);
      }
    }
    while (colours.size() < count) {
      colours.add(farthest(colours, levels(count), IntUnaryOperator.identity(), taken));
    }
    return List.copyOf(colours);
  }

  /**
   * Colours that are far apart as a generator draws them, each the farthest from those before it.
   *
   * @param count up to 512
   * @param response the colour drawn for a colour asked for, {@code 0xRRGGBB}
   * @param taken colours asked for that are not free, such as a background
   * @return {@code 0xRRGGBB}, to ask for
   */
  public static List<Integer> distinct(int count, IntUnaryOperator response, int... taken) {
    requireCount(count);
    List<Integer> colours = new ArrayList<>();
    while (colours.size() < count) {
      colours.add(farthest(colours, levels(count), response, taken));
    }
    return List.copyOf(colours);
  }

  private static void requireCount(int count) {
    if (count < 0 || count > MOST) {
      throw new InstructionException(
          "a palette has up to %d colours, got %d".formatted(MOST, count));
    }
  }

  private static int[] levels(int count) {
    return count <= MOST_COARSE ? LEVELS : FINE;
  }

  /** These colours, but for those near a background: others are in their place. */
  public static List<Integer> apart(List<Integer> colours, int background) {
    List<Integer> kept =
        colours.stream().filter(rgb -> distance2(rgb, background) >= NEAR * NEAR).toList();
    int[] taken =
        IntStream.concat(kept.stream().mapToInt(rgb -> rgb), IntStream.of(background)).toArray();
    Iterator<Integer> others = distinct(colours.size() - kept.size(), taken).iterator();
    return colours.stream().map(rgb -> kept.contains(rgb) ? rgb : others.next()).toList();
  }

  /** The same colours in an order of its own, out of at least twelve. */
  public static List<Integer> shuffled(int count, long seed, int... taken) {
    return shuffled(distinct(Math.max(count, 12), taken), count, seed);
  }

  /** The first of these colours, in an order of its own. */
  public static List<Integer> shuffled(List<Integer> pool, int count, long seed) {
    List<Integer> colours = new ArrayList<>(pool);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = colours.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Integer swap = colours.get(i);
      colours.set(i, colours.get(j));
      colours.set(j, swap);
    }
    return List.copyOf(colours.subList(0, count));
  }

  private static int farthest(
      List<Integer> colours, int[] levels, IntUnaryOperator response, int... taken) {
    List<Integer> drawn = colours.stream().map(response::applyAsInt).toList();
    int[] drawnTaken = Arrays.stream(taken).map(response).toArray();
    int best = 0;
    int bestDistance = -1;
    for (int r : levels) {
      for (int g : levels) {
        for (int b : levels) {
          int rgb = r << 16 | g << 8 | b;
          int distance = nearest(response.applyAsInt(rgb), drawn, drawnTaken);
          if (distance > bestDistance
              && rgb != Colours.BLACK
              && rgb != Colours.WHITE
              && !colours.contains(rgb)) {
            best = rgb;
            bestDistance = distance;
          }
        }
      }
    }
    return best;
  }

  private static int nearest(int rgb, List<Integer> colours, int... taken) {
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
