package dev.plantain.cli;

import dev.plantain.formats.DepthPng;
import picocli.CommandLine.Option;

/** In which formats depth is written besides {@code .npy}. */
final class DepthExportOptions {
  /** Units of the 16-bit picture. */
  enum DepthFormat {
    KITTI(DepthPng.Scale.KITTI),
    MM(DepthPng.Scale.MILLIMETRES);

    final DepthPng.Scale scale;

    DepthFormat(DepthPng.Scale scale) {
      this.scale = scale;
    }
  }

  @Option(
      names = "--depth-format",
      paramLabel = "kitti|mm",
      defaultValue = "kitti",
      description = "Units of the 16-bit PNG: 1/256 m, up to 256 m, or 1 mm, up to 65 m.")
  DepthFormat format = DepthFormat.KITTI;

  @Option(
      names = "--too-far",
      paramLabel = "invalid|refuse",
      defaultValue = "invalid",
      description = "Distances too far for that PNG: 0, or an error.")
  DepthPng.OutOfRange tooFar = DepthPng.OutOfRange.INVALID;

  @Option(names = "--exr", description = "Write depth as OpenEXR, float metres.")
  boolean exr;

  @Option(names = "--ply", description = "Write the point cloud as PLY, in OpenCV's axes.")
  boolean ply;

  @Option(names = "--glb", description = "Write the surface as GLB, without streaks at edges.")
  boolean glb;
}
