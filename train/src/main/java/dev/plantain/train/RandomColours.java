package dev.plantain.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Legend colours for training: any of the 2²⁴, but far enough apart to be told from each other. */
final class RandomColours {
  static final int BLACK = 0x000000;
  static final int WHITE = 0xFFFFFF;

  private static final int TRIES = 64;

  private RandomColours() {}

  /** Colours {@code 0xRRGGBB}, the last meant for a background. */
  static List<Integer> apart(int count, SplittableRandom random) {
    double distance = 110;
    List<Integer> colours = new ArrayList<>();
    while (colours.size() < count) {
      int best = 0;
      double bestDistance = -1;
      for (int i = 0; i < TRIES && bestDistance < distance; i++) {
        int candidate = random.nextInt(1 << 24);
        double least = Math.sqrt((double) squared(candidate, BLACK)) * 2;
        for (int other : colours) {
          least = Math.min(least, Math.sqrt((double) squared(candidate, other)));
        }
        if (least > bestDistance) {
          best = candidate;
          bestDistance = least;
        }
      }
      colours.add(best);
    }
    return colours;
  }

  private static int squared(int a, int b) {
    int r = (a >> 16 & 0xff) - (b >> 16 & 0xff);
    int g = (a >> 8 & 0xff) - (b >> 8 & 0xff);
    int blue = (a & 0xff) - (b & 0xff);
    return r * r + g * g + blue * blue;
  }
}
