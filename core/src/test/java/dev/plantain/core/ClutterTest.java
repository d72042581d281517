package dev.plantain.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.core.Registration.Verdict;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small things drawn, in a photo full of lines that are not drawn. */
class ClutterTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;

  private final byte[] photo = new byte[3 * WIDTH * HEIGHT];
  private final byte[] drawing = new byte[photo.length];

  /** With leaves from a column on: lines on one side tell the scale less well. */
  @ParameterizedTest
  @CsvSource({
    "1, 60, 14, 0, 600", "2, 60, 14, 0, 250", "3, 60, 14, 0, 600",
    "1, 150, 8, 0, 600", "4, 150, 8, 0, 600", "5, 150, 8, 0, 250",
    "1, 60, 10, 200, 250", "2, 60, 10, 200, 600", "4, 60, 10, 200, 250",
  })
  void shiftsAndScalesAreFoundWithinAPixel(long seed, int leaves, int size, int from, int clutter) {
    SplittableRandom random = new SplittableRandom(seed);
    paint(random, leaves, size, from, clutter);
    SplittableRandom moves = new SplittableRandom(seed);
    double zoom = 1 + moves.nextDouble(-0.05, 0.05);
    Placement moved =
        new Placement(
            zoom,
            zoom,
            WIDTH * (moves.nextDouble(-0.05, 0.05) + (1 - zoom) / 2),
            HEIGHT * (moves.nextDouble(-0.05, 0.05) + (1 - zoom) / 2));
    Registration found =
        Registration.find(
            Image.of(WIDTH, HEIGHT, photo),
            RegistrationTest.move(Image.of(WIDTH, HEIGHT, drawing), moved));
    assertThat(found.verdict()).isEqualTo(Verdict.ALIGNED);
    for (double x : new double[] {from, WIDTH}) {
      for (double y : new double[] {0, HEIGHT}) {
        double error =
            Math.hypot(
                found.correction().drawingX(x) - moved.drawingX(x),
                found.correction().drawingY(y) - moved.drawingY(y));
        assertThat(error).isLessThan(1);
      }
    }
  }

  private void paint(SplittableRandom random, int leaves, int size, int from, int clutter) {
    Arrays.fill(photo, (byte) 160);
    Arrays.fill(drawing, (byte) 200);
    for (int k = 0; k < clutter; k++) {
      int x = random.nextInt(WIDTH - 40);
      int y = random.nextInt(HEIGHT - 40);
      int w = 3 + random.nextInt(36);
      int h = 3 + random.nextInt(36);
      box(photo, x, y, w, h, 40 + random.nextInt(180), 0);
    }
    for (int k = 0; k < leaves; k++) {
      int x = from + random.nextInt(WIDTH - from - size);
      int y = random.nextInt(HEIGHT - size);
      int w = 1 + random.nextInt(size / 2);
      int h = 2 + random.nextInt(size - 2);
      box(photo, x, y, w, h, 30 + random.nextInt(110), 3);
      box(drawing, x, y, w, h, 20 + random.nextInt(90), 3);
    }
    for (int i = 0; i < photo.length; i++) {
      photo[i] = (byte) ((photo[i] & 0xff) + random.nextInt(30));
    }
  }

  /** Leaning: one to the right in so many rows, or upright. */
  private static void box(byte[] rgb8, int x, int y, int w, int h, int grey, int lean) {
    for (int row = 0; row < h; row++) {
      int left = Math.min(WIDTH, x + (lean == 0 ? 0 : row / lean));
      int right = Math.min(WIDTH, left + w);
      int at = (y + row) * WIDTH;
      Arrays.fill(rgb8, 3 * (at + left), 3 * (at + right), (byte) grey);
    }
  }
}
