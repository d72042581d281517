package dev.plantain.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.core.Image;
import org.junit.jupiter.api.Test;

/** Expected figures are printed by {@code tools/picture_fixtures.py}. */
class PictureErrorTest {
  private static Image picture(int a, int b, int c) {
    int width = 64;
    int height = 48;
    byte[] rgb8 = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int p = 3 * (y * width + x);
        rgb8[p] = (byte) (a * x + y * y);
        rgb8[p + 1] = (byte) (b * y + x);
        rgb8[p + 2] = (byte) (c * (x + y));
      }
    }
    return Image.of(width, height, rgb8);
  }

  @Test
  void agreesWithScikitImage() {
    Image one = picture(3, 5, 2);
    Image other = picture(4, 5, 3);
    assertThat(PictureError.psnr(one, other)).isCloseTo(12.0705149541, within(1e-9));
    assertThat(PictureError.ssim(one, other)).isCloseTo(0.5006430003, within(1e-9));
  }

  @Test
  void aPictureIsLikeItself() {
    Image one = picture(3, 5, 2);
    assertThat(PictureError.psnr(one, one)).isInfinite();
    assertThat(PictureError.ssim(one, one)).isCloseTo(1, within(1e-12));
    assertThat(PictureError.gmsd(one, one)).isZero();
  }

  @Test
  void gradientDeviationGrowsWithDamage() {
    Image one = picture(1, 2, 1);
    byte[] slightly = one.rgb8().clone();
    byte[] badly = one.rgb8().clone();
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < slightly.length; i++) {
      int v = slightly[i] & 0xff;
      slightly[i] = (byte) Math.clamp(v + random.nextInt(-8, 9), 0, 255);
      badly[i] = (byte) Math.clamp(v + random.nextInt(-60, 61), 0, 255);
    }
    double small = PictureError.gmsd(one, Image.of(64, 48, slightly));
    double large = PictureError.gmsd(one, Image.of(64, 48, badly));
    assertThat(small).isPositive().isLessThan(large);
  }

  @Test
  void picturesOfDifferentSizesAreRefused() {
    assertThatThrownBy(() -> PictureError.psnr(picture(1, 1, 1), Image.filled(8, 8, 0)))
        .hasMessageContaining("64 x 48")
        .hasMessageContaining("8 x 8");
  }

  @Test
  void changeIouComparesWhatChangesWithWhatWasToChange() {
    Image before = Image.filled(10, 10, 0x808080);
    Image target = painted(before, 0, 20, 0x80FF80);
    Image drawing = painted(painted(before, 10, 30, 0xFF8080), 40, 60, 0x80809E);
    // 30 levels are noise; the other 20 pixels are changed, 10 of them rightly.
    assertThat(PictureError.changeIou(drawing, target, before, 1, 50))
        .isCloseTo(10 / 30.0, within(1e-12));
    assertThat(PictureError.changeIou(before, target, before, 1, 50)).isZero();
    assertThat(PictureError.changeIou(drawing, target, before, 21, 50)).isNaN();
    assertThat(PictureError.changeIou(drawing, target, before, 1, 19)).isNaN();
    assertThat(PictureError.changeIou(before, before, before, 0, 50)).isEqualTo(1);
  }

  private static Image painted(Image image, int from, int to, int rgb) {
    byte[] rgb8 = image.rgb8();
    for (int i = from; i < to; i++) {
      for (int c = 0; c < 3; c++) {
        rgb8[3 * i + c] = (byte) (rgb >> (16 - 8 * c));
      }
    }
    return Image.of(image.width(), image.height(), rgb8);
  }
}
