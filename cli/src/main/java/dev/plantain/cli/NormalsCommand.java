package dev.plantain.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plantain normals}. */
@Command(
    name = "normals",
    header = "Which way every surface faces.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain normals photo.jpg --frame opencv")
final class NormalsCommand extends TaskCommand {
  @Mixin private NormalsJob job = new NormalsJob();

  NormalsCommand(Console console) {
    super(console);
  }

  @Override
  Job job() {
    return job;
  }
}
