package dev.plantain.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plantain depth}. */
@Command(
    name = "depth",
    header = "How far everything is, in metres.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain depth photo.jpg --ply --fov-x 70")
final class DepthCommand extends TaskCommand {
  @Mixin private DepthJob job = new DepthJob();

  DepthCommand(Console console) {
    super(console);
  }

  @Override
  Job job() {
    return job;
  }
}
