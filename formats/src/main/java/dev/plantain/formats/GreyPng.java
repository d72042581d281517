package dev.plantain.formats;

import java.awt.image.Raster;
import java.nio.file.Path;

/** The numbers of a PNG of one channel, grey levels or palette indices, untouched. */
final class GreyPng {
  private GreyPng() {}

  static Raster read(Path file) throws InputException {
    Raster raster = PngSamples.raster(file);
    if (raster.getNumBands() != 1) {
      throw new InputException.NotAnImage(file + " has several channels, one is expected");
    }
    return raster;
  }
}
