package dev.plantain.formats;

import dev.plantain.core.Image;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/** Between Java's pictures and ours. */
final class Pixels {
  private Pixels() {}

  /**
   * 8-bit sRGB: 16 bits are rounded to 8, what is transparent is laid on white, as viewers do.
   *
   * @param orientation 1 to 8 as in EXIF, undone
   */
  static Image upright(BufferedImage picture, int orientation) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    boolean turned = orientation >= 5;
    int w = turned ? height : width;
    int h = turned ? width : height;
    byte[] rgb8 = new byte[Math.multiplyExact(3, Math.multiplyExact(w, h))];
    int[] row = new int[width];
    RowReader rows = rows(picture);
    for (int y = 0; y < height; y++) {
      rows.read(y, row);
      for (int x = 0; x < width; x++) {
        int u =
            switch (orientation) {
              case 2, 3 -> width - 1 - x;
              case 5, 8 -> y;
              case 6, 7 -> height - 1 - y;
              default -> x;
            };
        int v =
            switch (orientation) {
              case 3, 4 -> height - 1 - y;
              case 5, 6 -> x;
              case 7, 8 -> width - 1 - x;
              default -> y;
            };
        put(rgb8, 3 * (v * w + u), row[x]);
      }
    }
    return Image.of(w, h, rgb8);
  }

  private static void put(byte[] rgb8, int i, int argb) {
    int alpha = argb >>> 24;
    int white = 255 * (255 - alpha);
    rgb8[i] = (byte) (((argb >> 16 & 0xFF) * alpha + white + 127) / 255);
    rgb8[i + 1] = (byte) (((argb >> 8 & 0xFF) * alpha + white + 127) / 255);
    rgb8[i + 2] = (byte) (((argb & 0xFF) * alpha + white + 127) / 255);
  }

  @FunctionalInterface
  private interface RowReader {
    /** Reads a row as ARGB, not premultiplied. */
    void read(int y, int[] argb);
  }

  private static RowReader rows(BufferedImage picture) {
    ColorModel model = picture.getColorModel();
    int bits = model.getComponentSize(0);
    boolean plain =
        model instanceof ComponentColorModel
            && !picture.isAlphaPremultiplied()
            && (bits == 8 || bits == 16)
            && picture.getRaster().getTransferType() != DataBuffer.TYPE_FLOAT
            && (model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
                || model.getColorSpace().isCS_sRGB());
    if (!plain) {
      return (y, argb) -> picture.getRGB(0, y, argb.length, 1, argb, 0, argb.length);
    }
    // Java takes grey for linear light and would brighten it; files mean sRGB. It also truncates 16
    // bits, which turns white into 254.
    Raster raster = picture.getRaster();
    int bands = raster.getNumBands();
    int most = (1 << bits) - 1;
    int colours = model.hasAlpha() ? bands - 1 : bands;
    int[] samples = new int[bands * picture.getWidth()];
    return (y, argb) -> {
      raster.getPixels(0, y, argb.length, 1, samples);
      for (int x = 0, i = 0; x < argb.length; x++, i += bands) {
        int r = level(samples[i], most);
        int g = colours >= 3 ? level(samples[i + 1], most) : r;
        int b = colours >= 3 ? level(samples[i + 2], most) : r;
        int alpha = model.hasAlpha() ? level(samples[i + bands - 1], most) : 255;
        argb[x] = alpha << 24 | r << 16 | g << 8 | b;
      }
    };
  }

  private static int level(int sample, int most) {
    return most == 255 ? sample : (sample * 255 + most / 2) / most;
  }

  /** Java's picture of the same pixels. */
  static BufferedImage buffered(Image image) {
    BufferedImage picture =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb8 = image.rgb8();
    int[] row = new int[image.width()];
    for (int y = 0, i = 0; y < image.height(); y++) {
      for (int x = 0; x < row.length; x++, i += 3) {
        row[x] = (rgb8[i] & 0xFF) << 16 | (rgb8[i + 1] & 0xFF) << 8 | (rgb8[i + 2] & 0xFF);
      }
      picture.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
    return picture;
  }

  /** Our picture of an opaque one of Java's. */
  static Image image(BufferedImage picture) {
    return upright(picture, 1);
  }
}
