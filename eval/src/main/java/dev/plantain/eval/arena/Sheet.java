package dev.plantain.eval.arena;

import dev.plantain.core.Image;
import java.util.Arrays;
import java.util.Optional;

/** Two pictures side by side, with a bar between them, below the one they edit if there is one. */
final class Sheet {
  private static final int SIDE = 512;
  private static final int BAR = 16;

  private Sheet() {}

  static Image of(Optional<Image> source, Image left, Image right) {
    Image a = fitted(left);
    Image b = fitted(right);
    Optional<Image> above = source.map(Sheet::fitted);
    int top = above.map(image -> image.height() + BAR).orElse(0);
    int width = Math.max(a.width() + BAR + b.width(), above.map(Image::width).orElse(0));
    byte[] rgb8 = new byte[3 * width * (top + Math.max(a.height(), b.height()))];
    above.ifPresent(image -> paste(rgb8, width, image, 0, 0));
    paste(rgb8, width, a, 0, top);
    paste(rgb8, width, b, a.width() + BAR, top);
    return Image.of(width, rgb8.length / 3 / width, rgb8);
  }

  /** At most as large as a side of the sheet, so that neither maker gains by size. */
  private static Image fitted(Image image) {
    double scale = (double) SIDE / Math.max(image.width(), image.height());
    return image.resized(
        Math.max(1, (int) Math.round(scale * image.width())),
        Math.max(1, (int) Math.round(scale * image.height())));
  }

  private static void paste(byte[] rgb8, int width, Image image, int left, int top) {
    byte[] from = image.rgb8();
    int row = 3 * image.width();
    for (int y = 0; y < image.height(); y++) {
      byte[] line = Arrays.copyOfRange(from, y * row, (y + 1) * row);
      System.arraycopy(line, 0, rgb8, 3 * ((top + y) * width + left), row);
    }
  }
}
