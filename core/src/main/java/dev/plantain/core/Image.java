package dev.plantain.core;

import java.util.Arrays;

/**
 * An immutable picture: 8-bit sRGB, interleaved {@code r g b}, row-major from the top left.
 *
 * <p>Photos go into a {@link Generator} as this and drawings come out as this.
 */
public final class Image {
  private final int width;
  private final int height;
  private final byte[] rgb8;

  private Image(int width, int height, byte[] rgb8) {
    this.width = width;
    this.height = height;
    this.rgb8 = rgb8;
  }

  /**
   * Copies {@code rgb8}.
   *
   * @param rgb8 {@code 3 * width * height} bytes, interleaved
   * @throws IllegalArgumentException if a side is not positive or the length does not fit
   */
  public static Image of(int width, int height, byte[] rgb8) {
    requireShape(width, height, rgb8.length);
    return new Image(width, height, rgb8.clone());
  }

  /** A picture of one colour, {@code 0xRRGGBB}. */
  public static Image filled(int width, int height, int rgb) {
    byte[] bytes = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    requireShape(width, height, bytes.length);
    for (int i = 0; i < bytes.length; i += 3) {
      bytes[i] = (byte) (rgb >> 16);
      bytes[i + 1] = (byte) (rgb >> 8);
      bytes[i + 2] = (byte) rgb;
    }
    return new Image(width, height, bytes);
  }

  private static void requireShape(int width, int height, int length) {
    if (width <= 0 || height <= 0 || 3L * width * height != length) {
      throw new IllegalArgumentException(
          "an image of %d x %d needs %d bytes of RGB, got %d"
              .formatted(width, height, 3L * width * height, length));
    }
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The colour at column {@code x}, row {@code y} as {@code 0xRRGGBB}. */
  public int rgb(int x, int y) {
    int i = 3 * (y * width + x);
    return (rgb8[i] & 0xff) << 16 | (rgb8[i + 1] & 0xff) << 8 | (rgb8[i + 2] & 0xff);
  }

  /** A copy of all bytes: {@code 3 * width * height}, interleaved. */
  public byte[] rgb8() {
    return rgb8.clone();
  }

  /**
   * This picture in another size, filtered so that nothing aliases. For photos: the colours of
   * drawings are codes, which must not be mixed.
   */
  public Image resized(int newWidth, int newHeight) {
    return Resizer.resize(this, newWidth, newHeight);
  }

  /** Left and right exchanged. */
  public Image mirrored() {
    byte[] to = new byte[rgb8.length];
    int row = 3 * width;
    for (int i = 0; i < rgb8.length; i += 3) {
      System.arraycopy(rgb8, i, to, 2 * (i / row * row) + row - 3 - i, 3);
    }
    return new Image(width, height, to);
  }

  /**
   * A window on this picture that may reach beyond it: there its outermost pixels repeat.
   *
   * @param left column of this picture that is the window's first, below 0 for one before it
   * @param top likewise, row
   */
  Image window(int left, int top, int windowWidth, int windowHeight) {
    byte[] to = new byte[3 * windowWidth * windowHeight];
    for (int y = 0, i = 0; y < windowHeight; y++) {
      int row = Math.clamp(top + y, 0, height - 1) * width;
      for (int x = 0; x < windowWidth; x++, i += 3) {
        int from = 3 * (row + Math.clamp(left + x, 0, width - 1));
        to[i] = rgb8[from];
        to[i + 1] = rgb8[from + 1];
        to[i + 2] = rgb8[from + 2];
      }
    }
    return new Image(windowWidth, windowHeight, to);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Image that
        && width == that.width
        && height == that.height
        && Arrays.equals(rgb8, that.rgb8);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(rgb8);
  }

  @Override
  public String toString() {
    return "Image[" + width + " x " + height + "]";
  }
}
