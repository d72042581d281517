package dev.plantain.jmh;

import dev.plantain.codec.Legend;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Drawings of a hesitant generator: a third of the pixels are mixed of two classes. */
final class SoftDrawings {
  private static final int[] COLOURS = {
    0xff0000, 0x00ff00, 0x0000ff, 0xffff00, 0x00ffff, 0xff00ff, 0x808080, 0xffffff
  };

  private static final double MIXED = 1 / 3.0;
  private static final double NOISE_LEVELS = 6;

  /** Four legends of seven classes and a background, each the last one's turned by one. */
  static final List<Legend> LEGENDS =
      IntStream.range(0, 4)
          .mapToObj(
              d ->
                  Legend.of(IntStream.range(0, 7).map(k -> colour(d, k)).toArray())
                      .withBackground(colour(d, 7)))
          .toList();

  private SoftDrawings() {}

  private static int colour(int drawing, int entry) {
    return COLOURS[(entry + drawing) % COLOURS.length];
  }

  /** One for each legend, of the same picture. */
  static List<byte[]> of(int pixels, Random random) {
    List<byte[]> drawings = new ArrayList<>();
    LEGENDS.forEach(legend -> drawings.add(new byte[3 * pixels]));
    for (int i = 0; i < pixels; i++) {
      int one = random.nextInt(COLOURS.length);
      int other = random.nextInt(COLOURS.length);
      double share = random.nextDouble() < MIXED ? random.nextDouble() : 1;
      for (int d = 0; d < LEGENDS.size(); d++) {
        for (int c = 0; c < 3; c++) {
          int shift = 16 - 8 * c;
          double level =
              share * ((colour(d, one) >> shift) & 0xff)
                  + (1 - share) * ((colour(d, other) >> shift) & 0xff)
                  + NOISE_LEVELS * random.nextGaussian();
          drawings.get(d)[3 * i + c] = (byte) Math.clamp(Math.round(level), 0, 255);
        }
      }
    }
    return drawings;
  }
}
