package dev.plantain.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plantain instances}. */
@Command(
    name = "instances",
    header = "Every single thing of one class.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain instances photos/ --of chair --yolo")
final class InstancesCommand extends TaskCommand {
  @Mixin private InstancesJob job = new InstancesJob();

  InstancesCommand(Console console) {
    super(console);
  }

  @Override
  Job job() {
    return job;
  }
}
