package dev.plantain.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plantain segment}. */
@Command(
    name = "segment",
    header = "Which class every pixel is of; any words may be a class.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain segment photo.jpg --classes sofa,lamp,wall=#808080 --coco")
final class SegmentCommand extends TaskCommand {
  @Mixin private SegmentJob job = new SegmentJob();

  SegmentCommand(Console console) {
    super(console);
  }

  @Override
  Job job() {
    return job;
  }
}
