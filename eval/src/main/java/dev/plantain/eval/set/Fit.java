package dev.plantain.eval.set;

import dev.plantain.formats.InputException;
import dev.plantain.formats.NpyArray;
import dev.plantain.formats.Photo;
import java.util.Arrays;

/**
 * Answers lie on their photo pixel by pixel, as it is seen upright: as many values in other rows
 * are other answers.
 */
final class Fit {
  private Fit() {}

  /**
   * Refuses an answer of another size.
   *
   * @param answer its file, and what of it
   */
  static void require(Object answer, int width, int height, Photo photo) throws InputException {
    int[] fits = {photo.image().width(), photo.image().height()};
    if (width != fits[0] || height != fits[1]) {
      throw new InputException(
          "%s is %d x %d, its photo %d x %d%s"
              .formatted(
                  answer,
                  width,
                  height,
                  fits[0],
                  fits[1],
                  turned(photo, width == fits[1] && height == fits[0])));
    }
  }

  /**
   * Refuses an array that is not rows by columns, by values if there are several of each pixel.
   * Axes of length 1 change nothing.
   */
  static void require(Object answer, NpyArray array, int each, Photo photo) throws InputException {
    int width = photo.image().width();
    int height = photo.image().height();
    int[] shape = axes(array.shape());
    if (!Arrays.equals(shape, axes(height, width, each))) {
      throw new InputException(
          "%s is an array of %s, and %s fits its photo of %d x %d%s"
              .formatted(
                  answer,
                  Arrays.toString(array.shape()),
                  each == 1
                      ? Arrays.toString(new int[] {height, width})
                      : Arrays.toString(new int[] {height, width, each}),
                  width,
                  height,
                  turned(photo, Arrays.equals(shape, axes(width, height, each)))));
    }
  }

  private static int[] axes(int... shape) {
    return Arrays.stream(shape).filter(axis -> axis != 1).toArray();
  }

  private static String turned(Photo photo, boolean exchanged) {
    return photo.turned() && exchanged
        ? "; the photo is turned upright by its EXIF orientation: turn its answers alike, or take"
            + " the orientation out of it"
        : "";
  }
}
