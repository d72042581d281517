package dev.plantain.cli;

import dev.plantain.core.Segments;
import dev.plantain.core.instruct.Colours;
import picocli.CommandLine.Option;

/** Which classes to look for. */
final class SegmentOptions {
  @Option(
      names = "--classes",
      required = true,
      paramLabel = "A,B=COLOUR,…",
      description =
          "Classes in any words, with commas between them; a colour may be a name, #80C000 or (128,"
              + " 192, 0).")
  String classes = "";

  @Option(
      names = "--background",
      paramLabel = "COLOUR|none",
      defaultValue = "black",
      description =
          "Colour of what is in no class; none: all is in one. Default: ${DEFAULT-VALUE}.")
  String background = "black";

  @Option(
      names = "--nearest",
      description = "Give every pixel the class of the nearest colour, however far.")
  boolean nearest;

  Segments task() {
    boolean none = background.strip().equalsIgnoreCase("none");
    int ground = none ? Colours.BLACK : Colours.parse(background);
    Segments task = Segments.coloured(ClassList.parse(classes, ground));
    task = none ? task : task.background(ground);
    return nearest ? task.nearestAlways() : task;
  }
}
