package dev.plantain.cli;

import dev.plantain.core.ColourProfile;
import dev.plantain.core.Segments;
import dev.plantain.core.instruct.Colours;
import java.util.List;
import picocli.CommandLine.Option;

/** Which classes to look for. */
final class SegmentOptions {
  @Option(
      names = "--classes",
      paramLabel = "A,B=COLOUR,…",
      description =
          "Classes in any words, with commas between them; a colour may be a name, #80C000 or (128,"
              + " 192, 0).")
  String classes = "";

  /** How the generator distorts colours, for legends it keeps apart. */
  ColourProfile profile = ColourProfile.identity();

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

  /** The background; black where there is none. */
  int backgroundRgb() {
    return background.strip().equalsIgnoreCase("none") ? Colours.BLACK : Colours.parse(background);
  }

  /** The same question about these classes. */
  Segments task(List<String> names) {
    SegmentOptions other = new SegmentOptions();
    other.classes = String.join(",", names.stream().map(n -> n.replaceAll("[,=]", " ")).toList());
    other.background = background;
    other.nearest = nearest;
    other.profile = profile;
    return other.task();
  }

  Segments task() {
    if (classes.isBlank()) {
      throw new UsageException("say which classes, as in --classes sofa,lamp,wall");
    }
    boolean none = background.strip().equalsIgnoreCase("none");
    int ground = none ? Colours.BLACK : Colours.parse(background);
    Segments task = Segments.coloured(ClassList.parse(classes, profile, ground));
    task = none ? task : task.background(ground);
    return nearest ? task.nearestAlways() : task;
  }
}
