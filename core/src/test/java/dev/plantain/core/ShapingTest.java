package dev.plantain.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.core.instruct.Dialect;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drawings of another shape than was asked for are placed by what they show. */
class ShapingTest {
  private static final Room ROOM = new Room(320, 240, 12);
  private static final Framing FRAMING =
      Framing.of(320, 240, new Traits.Sizes(16, 320 * 240, 1 << 20, 4));

  private static Image drawing() {
    Segments task = Segments.of(Room.CLASSES);
    return task.paint(ROOM.labels(), task.ask(Dialect.paper()));
  }

  /** The part of a picture from x0, y0, in another size, without mixing colours. */
  private static Image part(Image from, double x0, double y0, double w, double h, int tw, int th) {
    byte[] rgb8 = new byte[3 * tw * th];
    for (int y = 0, i = 0; y < th; y++) {
      for (int x = 0; x < tw; x++, i += 3) {
        int sx = (int) Math.floor(x0 + (x + 0.5) * w / tw);
        int sy = (int) Math.floor(y0 + (y + 0.5) * h / th);
        int rgb =
            sx < 0 || sy < 0 || sx >= from.width() || sy >= from.height() ? 0 : from.rgb(sx, sy);
        rgb8[i] = (byte) (rgb >> 16);
        rgb8[i + 1] = (byte) (rgb >> 8);
        rgb8[i + 2] = (byte) rgb;
      }
    }
    return Image.of(tw, th, rgb8);
  }

  @ParameterizedTest
  @CsvSource({"stretched, 0, 0, 320, 240", "cut, 40, 0, 240, 240", "bars, 0, -40, 320, 320"})
  void whatHappenedIsFound(String what, double x0, double y0, double w, double h) {
    Image square = part(drawing(), x0, y0, w, h, 512, 512);
    Shaping.Place place =
        new Shaping(FRAMING, FRAMING.frame(ROOM.photo()), false).place(square, false);
    assertThat(place.note().orElseThrow()).contains(what);
    Placement found = place.placement();
    for (double x : new double[] {40, 280}) {
      assertThat(found.drawingX(x)).isCloseTo((x - x0) * 512 / w, within(6.0));
    }
    for (double y : new double[] {40, 200}) {
      assertThat(found.drawingY(y)).isCloseTo((y - y0) * 512 / h, within(6.0));
    }
  }

  @Test
  void aPlainDrawingFollowsTheOthersOrIsRefused() {
    Shaping shaping = new Shaping(FRAMING, FRAMING.frame(ROOM.photo()), false);
    Image plain = Image.filled(512, 512, 0x102030);
    assertThatThrownBy(() -> shaping.place(plain, false))
        .isInstanceOf(DrawingException.WrongShape.class);
    shaping.place(part(drawing(), 0, 0, 320, 240, 512, 512), false);
    assertThat(shaping.place(plain, false).note().orElseThrow()).contains("stretched");
  }

  /** Where rounding decides whether the shape is another. */
  @Test
  void aPlainDrawingOfNearlyAnotherShapeIsRefused() {
    Framing tall = Framing.onto(64, 448, 64, 448);
    Shaping shaping = new Shaping(tall, new Room(64, 448, 12).photo(), false);
    assertThatThrownBy(() -> shaping.place(Image.filled(42, 300, 0), false))
        .isInstanceOf(DrawingException.WrongShape.class)
        .hasMessageContaining("42 x 300");
  }

  /** One that fits another mishap as well by chance, and a plain one, first of all. */
  @Test
  void allDrawingsAreLookedAtBeforeTheFirstIsPlaced() {
    Shaping shaping = new Shaping(FRAMING, FRAMING.frame(ROOM.photo()), false);
    Image plain = Image.filled(512, 512, 0x102030);
    Image cut = part(drawing(), 40, 0, 240, 240, 512, 512);
    Image alsoCut = part(drawing(), 44, 4, 232, 232, 512, 512);
    Image stretched = part(drawing(), 0, 0, 320, 240, 512, 512);
    shaping.look(List.of(plain, stretched, cut, alsoCut));
    assertThat(shaping.place(plain, false).note().orElseThrow()).contains("cut");
    assertThat(shaping.place(stretched, false).note().orElseThrow()).contains("stretched");
    assertThat(shaping.place(alsoCut, false).note().orElseThrow()).contains("cut");
  }

  @Test
  void anotherSceneOfAnotherShapeIsRefused() {
    Segments task = Segments.of(Room.CLASSES);
    Image other = task.paint(new Room(320, 240, 77).labels(), task.ask(Dialect.paper()));
    Shaping shaping = new Shaping(FRAMING, FRAMING.frame(ROOM.photo()), false);
    assertThatThrownBy(() -> shaping.place(part(other, 0, 0, 320, 240, 512, 512), false))
        .isInstanceOf(DrawingException.class);
    assertThatThrownBy(() -> shaping.place(Image.filled(900, 100, 0), false))
        .isInstanceOf(DrawingException.WrongShape.class);
  }

  /** What the photo does not show, but another drawing that lies on the photo does. */
  @Test
  void aDrawingThatLiesOnAnotherOneIsNotRefused() {
    Image other = drawing(78);
    Image half = halves(drawing(), other);
    Image moved = part(other, 9, 6, 320, 240, 640, 480);
    Shaping alone = new Shaping(FRAMING, FRAMING.frame(ROOM.photo()), false);
    alone.look(List.of(moved));
    assertThatThrownBy(() -> alone.place(moved, false))
        .isInstanceOf(DrawingException.OtherScene.class);
    Shaping together = new Shaping(FRAMING, FRAMING.frame(ROOM.photo()), false);
    together.look(List.of(moved, half));
    Placement found = together.place(moved, false).placement();
    assertThat(found.drawingX(160)).isCloseTo(2 * (160 - 9), within(3.0));
    assertThat(found.drawingY(120)).isCloseTo(2 * (120 - 6), within(3.0));
  }

  @Test
  void anotherSceneIsRefusedBesideOtherDrawings() {
    Image other = drawing(77);
    Shaping shaping = new Shaping(FRAMING, FRAMING.frame(ROOM.photo()), false);
    shaping.look(List.of(drawing(), other));
    assertThatThrownBy(() -> shaping.place(other, false))
        .isInstanceOf(DrawingException.OtherScene.class);
  }

  private static Image drawing(int seed) {
    Segments task = Segments.of(Room.CLASSES);
    return task.paint(new Room(320, 240, seed).labels(), task.ask(Dialect.paper()));
  }

  /** The upper half of one and the lower of another. */
  private static Image halves(Image upper, Image lower) {
    byte[] rgb8 = upper.rgb8().clone();
    System.arraycopy(lower.rgb8(), rgb8.length / 2, rgb8, rgb8.length / 2, rgb8.length / 2);
    return Image.of(upper.width(), upper.height(), rgb8);
  }
}
