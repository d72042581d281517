package dev.plantain.formats;

import dev.plantain.core.measure.DepthMap;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.nio.file.Path;
import java.util.Map;

/**
 * Depth as 16-bit grey: metres times a scale, rounded; 0 where there is no finite distance.
 *
 * <p>The scale stands in the text {@code depth-units-per-metre}.
 */
public final class DepthPng {
  private DepthPng() {}

  /**
   * Units per metre.
   *
   * @param unitsPerMetre above 0
   */
  public record Scale(double unitsPerMetre) {
    /** As the KITTI depth benchmark has it: 1/256 m, up to 255.99 m. */
    public static final Scale KITTI = new Scale(256);

    /** Millimetres, up to 65.535 m. */
    public static final Scale MILLIMETRES = new Scale(1000);

    public Scale {
      if (!(unitsPerMetre > 0) || Double.isInfinite(unitsPerMetre)) {
        throw new IllegalArgumentException("a scale is positive, got " + unitsPerMetre);
      }
    }

    /** The farthest distance in metres that fits. */
    public double farthest() {
      return 65535 / unitsPerMetre;
    }
  }

  /** What becomes of finite distances too far for 16 bits. */
  public enum OutOfRange {
    /** An {@link OutputException}. */
    REFUSE,
    /** 0, as for what is invalid. */
    INVALID
  }

  /**
   * Writes depth. A distance that would round to 0 becomes 1 unit: 0 means invalid.
   *
   * @throws OutputException also for a distance out of range, if so wanted
   */
  public static void write(Path file, DepthMap depth, Scale scale, OutOfRange far)
      throws OutputException {
    BufferedImage picture =
        new BufferedImage(depth.width(), depth.height(), BufferedImage.TYPE_USHORT_GRAY);
    short[] units = ((DataBufferUShort) picture.getRaster().getDataBuffer()).getData();
    float[] metres = depth.metres();
    for (int i = 0; i < units.length; i++) {
      if (!Float.isFinite(metres[i])) {
        continue;
      }
      long unit = Math.max(1, Math.round(metres[i] * scale.unitsPerMetre()));
      if (unit > 65535 && far == OutOfRange.REFUSE) {
        throw new OutputException(
            ("%s cannot hold %.1f m: 16 bits at %s units per metre end at %.1f m; use a smaller"
                    + " scale or mark far pixels invalid")
                .formatted(file, metres[i], scale.unitsPerMetre(), scale.farthest()));
      }
      units[i] = (short) (unit > 65535 ? 0 : unit);
    }
    Map<String, String> texts =
        Map.of("depth-units-per-metre", Double.toString(scale.unitsPerMetre()));
    AtomicFile.write(file, out -> Png.write(out, picture, texts));
  }

  /**
   * Reads depth; 0 is invalid.
   *
   * @throws InputException if it is no 16-bit grey PNG
   */
  public static DepthMap read(Path file, Scale scale) throws InputException {
    Raster raster = GreyPng.read(file);
    if (raster.getSampleModel().getSampleSize(0) != 16) {
      throw new InputException.NotAnImage(file + " is no 16-bit grey PNG, so no depth");
    }
    int w = raster.getWidth();
    int h = raster.getHeight();
    int[] units = raster.getSamples(0, 0, w, h, 0, (int[]) null);
    float[] metres = new float[units.length];
    for (int i = 0; i < metres.length; i++) {
      metres[i] = units[i] == 0 ? Float.NaN : (float) (units[i] / scale.unitsPerMetre());
    }
    return DepthMap.of(w, h, metres);
  }
}
