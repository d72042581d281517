package dev.plantain.cli;

import picocli.CommandLine.Command;

/** {@code plantain edges}. */
@Command(
    name = "edges",
    header = "Where objects end.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain edges photo.jpg")
final class EdgesCommand extends TaskCommand {
  private final EdgesJob job = new EdgesJob();

  EdgesCommand(Console console) {
    super(console);
  }

  @Override
  Job job() {
    return job;
  }
}
