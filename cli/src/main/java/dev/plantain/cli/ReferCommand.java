package dev.plantain.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plantain refer}. */
@Command(
    name = "refer",
    header = "Where what a phrase refers to is.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain refer photo.jpg \"the chair nearest the window\"")
final class ReferCommand extends TaskCommand {
  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PHRASE",
      description = "What to find, in free words; several are asked in one drawing.")
  private List<String> phrases = List.of();

  @Mixin private ReferJob job = new ReferJob();

  ReferCommand(Console console) {
    super(console);
  }

  @Override
  Job job() {
    job.phrases(phrases);
    return job;
  }
}
