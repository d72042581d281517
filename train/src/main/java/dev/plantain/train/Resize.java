package dev.plantain.train;

import dev.plantain.core.Image;

/** Training pictures of a stage's size. */
final class Resize {
  private Resize() {}

  /**
   * Interleaved 8-bit RGB of {@code width * height}.
   *
   * @param pick take the pixel at each cell's centre instead of the mean of the cell
   */
  static byte[] area(Image image, int width, int height, boolean pick) {
    byte[] from = image.rgb8();
    int w = image.width();
    int h = image.height();
    if (w == width && h == height) {
      return from;
    }
    byte[] to = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      int y0 = pick ? (2 * y + 1) * h / (2 * height) : y * h / height;
      int y1 = pick ? y0 + 1 : Math.max(y0 + 1, (y + 1) * h / height);
      for (int x = 0; x < width; x++) {
        int x0 = pick ? (2 * x + 1) * w / (2 * width) : x * w / width;
        int x1 = pick ? x0 + 1 : Math.max(x0 + 1, (x + 1) * w / width);
        int n = (y1 - y0) * (x1 - x0);
        for (int c = 0; c < 3; c++) {
          int sum = n / 2;
          for (int yy = y0; yy < y1; yy++) {
            for (int xx = x0; xx < x1; xx++) {
              sum += from[3 * (yy * w + xx) + c] & 0xff;
            }
          }
          to[3 * (y * width + x) + c] = (byte) (sum / n);
        }
      }
    }
    return to;
  }
}
