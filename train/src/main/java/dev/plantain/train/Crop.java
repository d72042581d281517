package dev.plantain.train;

import dev.plantain.core.Image;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * A part of a picture, mirrored or not, brought to a frame's size.
 *
 * @param width of the whole picture, pixels
 * @param height of the whole picture, pixels
 * @param left, in pixels
 * @param top, in pixels
 * @param wide, in pixels
 * @param high, in pixels
 * @param mirrored left and right exchanged
 */
record Crop(
    int width,
    int height,
    int left,
    int top,
    int wide,
    int high,
    boolean mirrored,
    ExampleSource.Frame frame) {

  /**
   * A random part of the frame's aspect.
   *
   * @param least its size as a share of the largest such part, at least
   */
  static Crop random(
      int width, int height, ExampleSource.Frame frame, double least, SplittableRandom random) {
    double scale =
        Math.min((double) width / frame.width(), (double) height / frame.height())
            * (least + (1 - least) * random.nextDouble());
    int wide = (int) Math.clamp(Math.round(scale * frame.width()), 1, width);
    int high = (int) Math.clamp(Math.round(scale * frame.height()), 1, height);
    return new Crop(
        width,
        height,
        random.nextInt(width - wide + 1),
        random.nextInt(height - high + 1),
        wide,
        high,
        random.nextBoolean(),
        frame);
  }

  /** The photo's part, each pixel the mean of what it covers. */
  Image photo(Image photo) {
    byte[] from = photo.rgb8();
    byte[] part = new byte[3 * wide * high];
    for (int y = 0; y < high; y++) {
      for (int x = 0; x < wide; x++) {
        int source = 3 * ((top + y) * width + left + (mirrored ? wide - 1 - x : x));
        System.arraycopy(from, source, part, 3 * (y * wide + x), 3);
      }
    }
    Image cut = Image.of(wide, high, part);
    return Image.of(
        frame.width(), frame.height(), Resize.area(cut, frame.width(), frame.height(), false));
  }

  /** For each pixel of the frame the picture's pixel at its centre. */
  int[] pixels() {
    int[] pixels = new int[frame.width() * frame.height()];
    for (int y = 0; y < frame.height(); y++) {
      int row = top + (2 * y + 1) * high / (2 * frame.height());
      for (int x = 0; x < frame.width(); x++) {
        int column = (2 * x + 1) * wide / (2 * frame.width());
        pixels[y * frame.width() + x] =
            row * width + left + (mirrored ? wide - 1 - column : column);
      }
    }
    return pixels;
  }

  /** The part of a mask, from {@link #pixels}. */
  static BitSet pick(BitSet mask, int[] pixels) {
    BitSet part = new BitSet(pixels.length);
    for (int i = 0; i < pixels.length; i++) {
      part.set(i, mask.get(pixels[i]));
    }
    return part;
  }
}
