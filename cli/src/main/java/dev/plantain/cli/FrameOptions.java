package dev.plantain.cli;

import dev.plantain.formats.NormalFrame;
import picocli.CommandLine.Option;

/** How normals are written. */
final class FrameOptions {
  @Option(
      names = "--frame",
      paramLabel = "opengl|opencv",
      defaultValue = "opengl",
      description =
          "Axes: opengl is x right, y up, z to the viewer (default); opencv y down, z away.")
  NormalFrame frame = NormalFrame.OPENGL;

  @Option(names = "--exr", description = "Write normals as OpenEXR as well.")
  boolean exr;
}
