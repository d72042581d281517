package dev.plantain.hosted;

import dev.plantain.core.Image;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Pictures as they go over the wire. */
final class Pictures {
  /** Larger than any generator draws; more would be an attack on memory. */
  private static final long MOST_PIXELS = 64L << 20;

  private Pictures() {}

  static byte[] png(Image image) {
    BufferedImage buffered =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[image.width()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < row.length; x++) {
        row[x] = image.rgb(x, y);
      }
      buffered.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(buffered, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return out.toByteArray();
  }

  /**
   * Reads a picture by its bytes, whatever its type is said to be. What is transparent becomes
   * black, the colour of no answer.
   *
   * @throws HostedException.BadAnswer if it is none
   */
  static Image read(byte[] bytes) {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new HostedException.BadAnswer(
            "the answer is no picture that can be read: %d bytes that begin with %s"
                .formatted(bytes.length, beginning(bytes)));
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
          throw new HostedException.BadAnswer(
              "the answer is a picture of %d million pixels".formatted(pixels >> 20));
        }
        return image(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof HostedException known) {
        throw known;
      }
      // ImageIO's readers throw what they like at a damaged file.
      throw new HostedException.BadAnswer(
          "the answer is a damaged picture: " + Wire.shortened(String.valueOf(e.getMessage())));
    }
  }

  private static String beginning(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(8, bytes.length); i++) {
      text.append("%02X".formatted(bytes[i]));
    }
    return text.isEmpty() ? "nothing" : text.toString();
  }

  private static Image image(BufferedImage read) {
    int width = read.getWidth();
    int height = read.getHeight();
    byte[] rgb8 = new byte[3 * width * height];
    int[] argb = new int[width];
    RowReader rows = rows(read);
    for (int y = 0, i = 0; y < height; y++) {
      rows.read(y, argb);
      for (int x = 0; x < width; x++, i += 3) {
        int alpha = argb[x] >>> 24;
        rgb8[i] = (byte) (((argb[x] >> 16 & 0xFF) * alpha + 127) / 255);
        rgb8[i + 1] = (byte) (((argb[x] >> 8 & 0xFF) * alpha + 127) / 255);
        rgb8[i + 2] = (byte) (((argb[x] & 0xFF) * alpha + 127) / 255);
      }
    }
    return Image.of(width, height, rgb8);
  }

  @FunctionalInterface
  private interface RowReader {
    /** Reads a row as ARGB, not premultiplied. */
    void read(int y, int[] argb);
  }

  private static RowReader rows(BufferedImage read) {
    ColorModel model = read.getColorModel();
    int bits = model.getComponentSize(0);
    boolean plain =
        model instanceof ComponentColorModel
            && !read.isAlphaPremultiplied()
            && (bits == 8 || bits == 16)
            && read.getRaster().getTransferType() != DataBuffer.TYPE_FLOAT
            && (model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
                || model.getColorSpace().isCS_sRGB());
    if (!plain) {
      return (y, argb) -> read.getRGB(0, y, argb.length, 1, argb, 0, argb.length);
    }
    // Java takes grey for linear light and would brighten it; servers mean sRGB.
    Raster raster = read.getRaster();
    int bands = raster.getNumBands();
    int most = (1 << bits) - 1;
    int colours = model.hasAlpha() ? bands - 1 : bands;
    int[] samples = new int[bands * read.getWidth()];
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
    return (sample * 255 + most / 2) / most;
  }
}
