package dev.plantain.train.study;

import dev.plantain.core.Image;
import dev.plantain.formats.Images;
import dev.plantain.formats.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small pictures in a grid: a row for each scene, a column for each arm. */
final class Sheet {
  private static final int GAP = 2;

  private Sheet() {}

  /**
   * Writes a sheet.
   *
   * @param rows picture files, all of one size; missing ones stay white
   * @param scale pixels of the sheet for one of a picture's
   */
  static void write(Path file, List<List<Path>> rows, int size, int scale) throws IOException {
    int cell = size * scale + GAP;
    int width = rows.getFirst().size() * cell - GAP;
    int height = rows.size() * cell - GAP;
    byte[] rgb8 = Image.filled(width, height, 0xFFFFFF).rgb8();
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < rows.get(r).size(); c++) {
        Path picture = rows.get(r).get(c);
        if (Files.exists(picture)) {
          put(Images.read(picture).image(), rgb8, width, c * cell, r * cell, scale);
        }
      }
    }
    Png.write(file, Image.of(width, height, rgb8));
  }

  private static void put(Image image, byte[] rgb8, int width, int left, int top, int scale) {
    for (int y = 0; y < image.height() * scale; y++) {
      for (int x = 0; x < image.width() * scale; x++) {
        int rgb = image.rgb(x / scale, y / scale);
        int at = 3 * ((top + y) * width + left + x);
        rgb8[at] = (byte) (rgb >> 16);
        rgb8[at + 1] = (byte) (rgb >> 8);
        rgb8[at + 2] = (byte) rgb;
      }
    }
  }
}
