package dev.plantain.formats;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * The numbers of a PNG untouched: grey levels, palette indices or channels of 8 or 16 bits, which
 * turning it into a picture would change.
 *
 * @param bands channels
 * @param bits of a number
 * @param values interleaved, row-major
 */
public record PngSamples(int width, int height, int bands, int bits, int[] values) {

  /**
   * Reads a PNG.
   *
   * @throws InputException if it is none, damaged, or too large
   */
  public static PngSamples read(Path file) throws InputException {
    Raster raster = raster(file);
    return new PngSamples(
        raster.getWidth(),
        raster.getHeight(),
        raster.getNumBands(),
        raster.getSampleModel().getSampleSize(0),
        raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null));
  }

  /**
   * Reads a PNG that must be of a kind.
   *
   * @throws InputException also if it has other channels or bits
   */
  public static PngSamples read(Path file, int bands, int bits) throws InputException {
    PngSamples png = read(file);
    if (png.bands != bands || png.bits != bits) {
      throw new InputException.NotAnImage(
          "%s has %d channels of %d bits; expected are %d of %d"
              .formatted(file, png.bands, png.bits, bands, bits));
    }
    return png;
  }

  static Raster raster(Path file) throws InputException {
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
