package dev.plantain.diorama;

import dev.plantain.core.Image;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Between {@link Image} and encoded bytes, without temporary files. */
final class Pictures {
  private Pictures() {}

  static BufferedImage buffered(Image image) {
    int w = image.width();
    int h = image.height();
    byte[] rgb = image.rgb8();
    BufferedImage out = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    int[] packed = ((DataBufferInt) out.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < packed.length; i++) {
      packed[i] =
          (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | (rgb[3 * i + 2] & 0xff);
    }
    return out;
  }

  static Image image(BufferedImage in) {
    int w = in.getWidth();
    int h = in.getHeight();
    int[] packed = in.getRGB(0, 0, w, h, null, 0, w);
    byte[] rgb = new byte[3 * packed.length];
    for (int i = 0; i < packed.length; i++) {
      rgb[3 * i] = (byte) (packed[i] >> 16);
      rgb[3 * i + 1] = (byte) (packed[i] >> 8);
      rgb[3 * i + 2] = (byte) packed[i];
    }
    return Image.of(w, h, rgb);
  }

  static @Nullable Image read(InputStream in) throws IOException {
    BufferedImage image = ImageIO.read(new MemoryCacheImageInputStream(in));
    return image == null ? null : image(image);
  }

  /**
   * @param quality 0…1
   */
  static void writeJpeg(Image image, float quality, OutputStream out) throws IOException {
    write("jpeg", new IIOImage(buffered(image), null, null), quality, out);
  }

  static void writePng(BufferedImage image, OutputStream out) throws IOException {
    write("png", new IIOImage(image, null, null), Float.NaN, out);
  }

  private static void write(String format, IIOImage image, float quality, OutputStream out)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (!Float.isNaN(quality)) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality);
      }
      writer.write(null, image, param);
    } finally {
      writer.dispose();
    }
  }
}
