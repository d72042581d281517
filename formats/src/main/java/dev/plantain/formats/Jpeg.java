package dev.plantain.formats;

import dev.plantain.core.Image;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG files: for photos. Their losses spoil the colours of drawings. */
public final class Jpeg {
  private Jpeg() {}

  /**
   * Writes a picture.
   *
   * @param quality in [0, 1]
   */
  public static void write(Path file, Image image, double quality) throws OutputException {
    AtomicFile.write(file, out -> write(out, image, quality));
  }

  /**
   * The bytes of a picture's file.
   *
   * @param quality in [0, 1]
   */
  public static byte[] bytes(Image image, double quality) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(out, image, quality);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * The picture as its file shows it.
   *
   * @param quality in [0, 1]
   */
  public static Image lossy(Image image, double quality) {
    try {
      return Pixels.image(ImageIO.read(new ByteArrayInputStream(bytes(image, quality))));
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be read from", e);
    }
  }

  private static void write(OutputStream out, Image image, double quality) throws IOException {
    if (!(quality >= 0 && quality <= 1)) {
      throw new IllegalArgumentException("the quality of a JPEG is in [0, 1], got " + quality);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality((float) quality);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(Pixels.buffered(image), null, null), param);
    } finally {
      writer.dispose();
    }
  }
}
