package dev.plantain.formats;

import dev.plantain.core.Image;
import dev.plantain.core.measure.NormalMap;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Normals as RGB: each component {@code n} as {@code (1 + n)/2 · 255}, the way tools for 3D expect
 * normal maps; black where invalid. The axes stand in the text {@code frame}.
 */
public final class NormalPng {
  private NormalPng() {}

  /** Writes normals. */
  public static void write(Path file, NormalMap normals, NormalFrame frame) throws OutputException {
    Image image = image(normals, frame);
    AtomicFile.write(
        file,
        out ->
            Png.write(
                out,
                Pixels.buffered(image),
                Map.of("frame", frame.name().toLowerCase(Locale.ROOT))));
  }

  static Image image(NormalMap normals, NormalFrame frame) {
    float[] xyz = frame.of(normals);
    byte[] rgb8 = new byte[xyz.length];
    for (int i = 0; i < rgb8.length; i++) {
      rgb8[i] = (byte) (Float.isNaN(xyz[i]) ? 0 : Math.round((1 + xyz[i]) / 2 * 255));
    }
    return Image.of(normals.width(), normals.height(), rgb8);
  }
}
