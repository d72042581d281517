package dev.plantain.cli;

import dev.plantain.core.measure.Camera;
import dev.plantain.formats.Photo;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How wide the camera saw. */
final class CameraOptions {
  /** A phone's main camera; used where nothing tells better, and said so. */
  private static final double ASSUMED_35MM = 28;

  @ArgGroup @Nullable Given given;

  /** One way of saying it. */
  static final class Given {
    @Option(
        names = "--focal-px",
        paramLabel = "PIXELS",
        description = "Focal length in pixels of the photo.")
    @Nullable Double focalPixels;

    @Option(names = "--fov-x", paramLabel = "DEGREES", description = "Horizontal angle of view.")
    @Nullable Double fovXDegrees;

    @Option(
        names = "--focal-35mm",
        paramLabel = "MM",
        description = "Focal length in 35 mm terms. Else EXIF tells, else 28 mm is assumed.")
    @Nullable Double focal35mm;
  }

  /**
   * A camera and where it is from.
   *
   * @param source for people
   */
  record Known(Camera camera, String source) {

    Map<String, Object> facts() {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("fx", camera.fx());
      facts.put("fy", camera.fy());
      facts.put("cx", camera.cx());
      facts.put("cy", camera.cy());
      facts.put("source", source);
      return facts;
    }

    String line(int width) {
      return String.format(
          Locale.ROOT,
          "camera: %.0f px focal length, %.1f° across (%s)",
          camera.fx(),
          camera.fovX(width),
          source);
    }
  }

  void validate() {
    if (given != null) {
      require("--focal-px", given.focalPixels, 1, 1e6);
      require("--fov-x", given.fovXDegrees, 1, 179);
      require("--focal-35mm", given.focal35mm, 1, 10_000);
    }
  }

  private static void require(String option, @Nullable Double value, double least, double most) {
    if (value != null && !(value >= least && value <= most)) {
      throw new UsageException(
          String.format(Locale.ROOT, "%s takes %.0f to %.0f, got %s", option, least, most, value));
    }
  }

  Known of(Photo photo) {
    int width = photo.image().width();
    int height = photo.image().height();
    if (given != null && given.focalPixels != null) {
      return new Known(Camera.ofFocalPixels(width, height, given.focalPixels), "--focal-px");
    }
    if (given != null && given.fovXDegrees != null) {
      return new Known(Camera.ofFovX(width, height, given.fovXDegrees), "--fov-x");
    }
    if (given != null && given.focal35mm != null) {
      return new Known(Camera.of35mmEquivalent(width, height, given.focal35mm), "--focal-35mm");
    }
    return photo
        .camera()
        .map(camera -> new Known(camera, "EXIF"))
        .orElseGet(
            () ->
                new Known(
                    Camera.of35mmEquivalent(width, height, ASSUMED_35MM),
                    "assumed: 28 mm in 35 mm terms; --fov-x, --focal-px or --focal-35mm tell"));
  }
}
