package dev.plantain.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FramingTest {
  private static final Traits.Sizes SPROUT = new Traits.Sizes(8, 128 * 128, 256 * 256, 3);
  private static final Traits.Sizes KLEIN = new Traits.Sizes(16, 1024 * 1024, 1024 * 1024, 4);

  @Property(tries = 300)
  void anyPhotoFitsWhole(
      @ForAll @IntRange(min = 1, max = 9000) int width,
      @ForAll @IntRange(min = 1, max = 9000) int height,
      @ForAll boolean large) {
    Traits.Sizes sizes = large ? KLEIN : SPROUT;
    Framing framing = Framing.of(width, height, sizes);
    int w = framing.width();
    int h = framing.height();
    assertThat(w % sizes.multiple()).isZero();
    assertThat(h % sizes.multiple()).isZero();
    assertThat(w * h).isLessThanOrEqualTo(sizes.maxPixels());
    assertThat(Math.max((double) w / h, (double) h / w)).isLessThanOrEqualTo(sizes.maxAspect());
    Placement placement = framing.placement();
    assertThat(placement.drawingX(0)).isGreaterThanOrEqualTo(0);
    assertThat(placement.drawingX(width)).isLessThanOrEqualTo(w + 1e-9);
    assertThat(placement.drawingY(0)).isGreaterThanOrEqualTo(0);
    assertThat(placement.drawingY(height)).isLessThanOrEqualTo(h + 1e-9);
    // Either way is the inverse of the other.
    assertThat(placement.photoX(placement.drawingX(0.3 * width)))
        .isCloseTo(0.3 * width, within(1e-6));
    assertThat(placement.photoY(placement.drawingY(0.7 * height)))
        .isCloseTo(0.7 * height, within(1e-6));
  }

  @Test
  void commonShapesWasteLittle() {
    for (int[] size : new int[][] {{4032, 3024}, {480, 360}, {1920, 1080}, {640, 480}, {1, 1}}) {
      Framing framing = Framing.of(size[0], size[1], SPROUT);
      double area = (double) framing.width() * framing.height();
      assertThat(area / SPROUT.pixels()).isBetween(0.75, 1.35);
      double used =
          framing.placement().scaleX() * size[0] * framing.placement().scaleY() * size[1] / area;
      assertThat(used).as("%d x %d", size[0], size[1]).isGreaterThan(0.9);
    }
  }

  @Test
  void thePhotoIsFramedWhereThePlacementSays() {
    Image photo = Image.filled(100, 20, 0x336699);
    Framing framing = Framing.of(100, 20, new Traits.Sizes(8, 64 * 64, 128 * 128, 2));
    Image canvas = framing.frame(photo);
    assertThat(canvas).isEqualTo(Image.filled(framing.width(), framing.height(), 0x336699));
    assertThat(framing.placement().offsetY()).isGreaterThan(0);
  }

  @Test
  void unframingGivesBackWhatWasFramed() {
    Image photo = new Room(100, 30, 2).photo();
    Framing framing = Framing.of(100, 30, new Traits.Sizes(8, 64 * 64, 128 * 128, 2));
    Image canvas = framing.frame(photo);
    Image inner = framing.unframe(canvas);
    assertThat(inner).isEqualTo(photo.resized(inner.width(), inner.height())).isNotEqualTo(canvas);
  }

  @Test
  void aDrawingOfAnotherShapeIsRefused() {
    Framing framing = Framing.of(640, 480, KLEIN);
    assertThat(framing.placement(Image.filled(framing.width() / 2, framing.height() / 2, 0)))
        .isNotNull();
    assertThatThrownBy(() -> framing.placement(Image.filled(512, 512, 0)))
        .isInstanceOf(DrawingException.WrongShape.class)
        .hasMessageContaining("cropped");
  }

  @Test
  void resizingKeepsMeansAndConstants() {
    Image photo = new Room(120, 90, 5).photo();
    Image small = photo.resized(40, 30);
    assertThat(mean(small)).isCloseTo(mean(photo), within(0.5));
    assertThat(Image.filled(7, 9, 0x123456).resized(31, 5))
        .isEqualTo(Image.filled(31, 5, 0x123456));
    assertThat(photo.resized(120, 90)).isSameAs(photo);
  }

  private static double mean(Image image) {
    double sum = 0;
    for (byte b : image.rgb8()) {
      sum += b & 0xFF;
    }
    return sum / image.rgb8().length;
  }
}
