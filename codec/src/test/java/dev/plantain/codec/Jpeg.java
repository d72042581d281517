package dev.plantain.codec;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** What saving as JPEG does to a picture: the JDK's writer, chroma subsampled 4:2:0. */
final class Jpeg {
  private Jpeg() {}

  static byte[] recompress(byte[] rgb8, int width, int height, float quality) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] packed = new int[width * height];
    for (int i = 0; i < packed.length; i++) {
      packed[i] = Colours.get(rgb8, i);
    }
    image.setRGB(0, 0, width, height, packed, 0, width);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try {
      ImageIO.setUseCache(false);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
        writer.setOutput(out);
        writer.write(null, new IIOImage(image, null, null), param);
      }
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
      read.getRGB(0, 0, width, height, packed, 0, width);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    byte[] result = new byte[rgb8.length];
    for (int i = 0; i < packed.length; i++) {
      Colours.put(packed[i] & 0xffffff, result, i);
    }
    return result;
  }
}
