package dev.plantain.formats;

import dev.plantain.core.Image;
import dev.plantain.core.measure.Camera;
import java.util.List;
import java.util.Optional;

/**
 * A picture read from a file: upright, 8-bit sRGB, without transparency.
 *
 * @param image its pixels
 * @param format by content: {@code JPEG}, {@code PNG}, {@code WebP}, {@code TIFF}, {@code BMP} or
 *     {@code GIF}
 * @param camera from EXIF, where it tells the focal length
 * @param turned whether the file has its sides the other way round: EXIF says to turn it by a
 *     quarter
 * @param notes for people: what was left out or converted on the way
 */
public record Photo(
    Image image, String format, Optional<Camera> camera, boolean turned, List<String> notes) {
  public Photo {
    notes = List.copyOf(notes);
  }
}
