package dev.plantain.hosted;

import dev.plantain.core.Image;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
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
    BufferedImage rgb = read;
    if (read.getType() != BufferedImage.TYPE_INT_RGB) {
      rgb = new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
      Graphics2D g = rgb.createGraphics();
      g.drawImage(read, 0, 0, Color.BLACK, null);
      g.dispose();
    }
    int width = rgb.getWidth();
    int height = rgb.getHeight();
    byte[] rgb8 = new byte[3 * width * height];
    int[] row = new int[width];
    for (int y = 0, i = 0; y < height; y++) {
      rgb.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++, i += 3) {
        rgb8[i] = (byte) (row[x] >> 16);
        rgb8[i + 1] = (byte) (row[x] >> 8);
        rgb8[i + 2] = (byte) row[x];
      }
    }
    return Image.of(width, height, rgb8);
  }
}
