package dev.plantain.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.core.Registration.Verdict;
import dev.plantain.core.instruct.Dialect;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shiftsAndScalesAreFoundWithinAPixel(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Room room = new Room(320, 240, seed);
    Image drawing = drawing(room, seed);
    double zoom = 1 + random.nextDouble(-0.05, 0.05);
    Placement moved =
        new Placement(
            zoom,
            zoom,
            320 * (random.nextDouble(-0.05, 0.05) + (1 - zoom) / 2),
            240 * (random.nextDouble(-0.05, 0.05) + (1 - zoom) / 2));
    Registration found = Registration.find(room.photo(), move(drawing, moved)).orRefuse();
    assertThat(found.verdict()).isEqualTo(Verdict.ALIGNED);
    for (double x : new double[] {0, 320}) {
      for (double y : new double[] {0, 240}) {
        double error =
            Math.hypot(
                found.correction().drawingX(x) - moved.drawingX(x),
                found.correction().drawingY(y) - moved.drawingY(y));
        assertThat(error).as("%s against %s", found, moved).isLessThan(1);
      }
    }
    assertThat(found.residualPixels()).isLessThan(1.5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aDrawingInPlaceIsNotMoved(long seed) {
    Room room = new Room(320, 240, seed);
    Registration found = Registration.find(room.photo(), drawing(room, seed));
    assertThat(found.verdict()).isEqualTo(Verdict.ALIGNED);
    assertThat(found.movedPixels()).isLessThan(0.5);
    Registration measured = Registration.inPlace(room.photo(), drawing(room, seed));
    assertThat(measured.agreement()).isGreaterThan(0.6);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aDrawingOfAnotherSceneIsRefused(long seed) {
    Image photo = new Room(320, 240, seed).photo();
    Image drawing = drawing(new Room(320, 240, seed + 100), seed);
    Registration found = Registration.find(photo, drawing);
    assertThat(found.verdict()).isNotEqualTo(Verdict.ALIGNED);
    assertThat(found.correction()).isEqualTo(Placement.SAME);
    if (found.verdict() == Verdict.OTHER_SCENE) {
      assertThatThrownBy(found::orRefuse)
          .isInstanceOf(DrawingException.OtherScene.class)
          .hasMessageContaining("another scene");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 4, 6, 8})
  void aSloppyDrawingOfTheSceneIsNotRefused(long seed) {
    // As a depth sensor sees it: every line somewhere within several pixels of where it belongs.
    Room room = new Room(320, 240, seed);
    Image exact = drawing(room, seed);
    byte[] rgb8 = new byte[3 * 320 * 240];
    for (int y = 0, i = 0; y < 240; y++) {
      for (int x = 0; x < 320; x++, i += 3) {
        int u = Math.clamp(Math.round(x + 4 * Math.sin(y / 7.0) + 3 * Math.sin(x / 11.0)), 0, 319);
        int v = Math.clamp(Math.round(y + 4 * Math.sin(x / 8.0) + 3 * Math.sin(y / 13.0)), 0, 239);
        int rgb = exact.rgb(u, v);
        rgb8[i] = (byte) (rgb >> 16);
        rgb8[i + 1] = (byte) (rgb >> 8);
        rgb8[i + 2] = (byte) rgb;
      }
    }
    Registration found = Registration.find(room.photo(), Image.of(320, 240, rgb8));
    assertThat(found.verdict()).isNotEqualTo(Verdict.OTHER_SCENE);
  }

  @Test
  void anEmptyDrawingTellsNothing() {
    Image photo = new Room(320, 240, 1).photo();
    Registration found = Registration.find(photo, Image.filled(320, 240, 0));
    assertThat(found.verdict()).isEqualTo(Verdict.TOO_PLAIN);
    assertThat(found.orRefuse().correction()).isEqualTo(Placement.SAME);
    assertThat(Registration.find(Image.filled(1, 1, 0), Image.filled(1, 1, 0)).verdict())
        .isEqualTo(Verdict.TOO_PLAIN);
  }

  private static Image drawing(Room room, long seed) {
    if (seed % 2 == 0) {
      Depth.Metric task = Depth.metric();
      return task.paint(room.depth(), task.ask(Dialect.paper()));
    }
    Segments task = Segments.of(Room.CLASSES);
    return task.paint(room.labels(), task.ask(Dialect.paper()));
  }

  /** The drawing elsewhere, nearest pixel; its border pixels repeat. */
  static Image move(Image drawing, Placement placement) {
    int w = drawing.width();
    int h = drawing.height();
    byte[] rgb8 = new byte[3 * w * h];
    for (int y = 0, i = 0; y < h; y++) {
      for (int x = 0; x < w; x++, i += 3) {
        int u = (int) Math.clamp(Math.floor(placement.photoX(x + 0.5)), 0, w - 1);
        int v = (int) Math.clamp(Math.floor(placement.photoY(y + 0.5)), 0, h - 1);
        int rgb = drawing.rgb(u, v);
        rgb8[i] = (byte) (rgb >> 16);
        rgb8[i + 1] = (byte) (rgb >> 8);
        rgb8[i + 2] = (byte) rgb;
      }
    }
    return Image.of(w, h, rgb8);
  }
}
