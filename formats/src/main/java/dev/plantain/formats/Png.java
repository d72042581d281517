package dev.plantain.formats;

import dev.plantain.core.Image;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** PNG files: lossless, 8-bit RGB. What drawings must be kept as. */
public final class Png {
  private static final String NATIVE = "javax_imageio_png_1.0";

  private Png() {}

  /** Writes a picture. */
  public static void write(Path file, Image image) throws OutputException {
    AtomicFile.write(file, out -> write(out, Pixels.buffered(image), Map.of()));
  }

  /** The bytes of a picture's file. */
  public static byte[] bytes(Image image) {
    return bytes(Pixels.buffered(image));
  }

  static byte[] bytes(BufferedImage picture) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(out, picture, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * Writes any picture with texts (tEXt chunks).
   *
   * @param texts Latin-1 keywords and values
   */
  static void write(OutputStream out, RenderedImage picture, Map<String, String> texts)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(picture), null);
      if (!texts.isEmpty()) {
        IIOMetadataNode root = new IIOMetadataNode(NATIVE);
        IIOMetadataNode chunks = new IIOMetadataNode("tEXt");
        texts.forEach(
            (keyword, value) -> {
              IIOMetadataNode entry = new IIOMetadataNode("tEXtEntry");
              entry.setAttribute("keyword", keyword);
              entry.setAttribute("value", value);
              chunks.appendChild(entry);
            });
        root.appendChild(chunks);
        metadata.mergeTree(NATIVE, root);
      }
      writer.setOutput(stream);
      writer.write(new IIOImage(picture, null, metadata));
    } finally {
      writer.dispose();
    }
  }
}
