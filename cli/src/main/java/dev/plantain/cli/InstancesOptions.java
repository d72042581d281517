package dev.plantain.cli;

import dev.plantain.core.Instances;
import dev.plantain.core.instruct.Colours;
import picocli.CommandLine.Option;

/** Which things to count. */
final class InstancesOptions {
  @Option(
      names = "--of",
      required = true,
      paramLabel = "CLASS",
      description = "What to find, in the singular: chair, ripe tomato.")
  String phrase = "";

  @Option(
      names = "--background",
      paramLabel = "COLOUR",
      defaultValue = "black",
      converter = ColourConverter.class,
      description = "Colour of everything else (default: ${DEFAULT-VALUE}).")
  int background = Colours.BLACK;

  @Option(
      names = "--paper-decoder",
      description = "Read the drawing by the paper's own algorithm, for comparison.")
  boolean paper;

  Instances task() {
    Instances task = Instances.of(phrase).background(background);
    return paper ? task.readAsInPaper() : task;
  }
}
