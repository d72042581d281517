package dev.plantain.formats;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** The numbers of a PNG of one channel, grey levels or palette indices, untouched. */
final class GreyPng {
  private GreyPng() {}

  static Raster read(Path file) throws InputException {
    byte[] bytes = Images.bytes(file, Limits.DEFAULT);
    if (ImageKind.of(bytes).orElse(null) != ImageKind.PNG) {
      throw new InputException.NotAnImage(file + " is no PNG");
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (ImageInputStream in = new PatientStream(bytes)) {
      reader.setInput(in, true, true);
      if ((long) reader.getWidth(0) * reader.getHeight(0) > Limits.DEFAULT.pixels()) {
        throw new InputException.TooLarge(file + " has too many pixels");
      }
      BufferedImage picture = reader.read(0);
      if (picture.getRaster().getNumBands() != 1) {
        throw new InputException.NotAnImage(file + " has several channels, one is expected");
      }
      return picture.getRaster();
    } catch (InputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new InputException.Damaged(file + " is a damaged or truncated PNG", e);
    } finally {
      reader.dispose();
    }
  }
}
