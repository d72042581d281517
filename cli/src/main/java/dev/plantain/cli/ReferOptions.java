package dev.plantain.cli;

import dev.plantain.core.Referring;
import dev.plantain.core.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How phrases are drawn. */
final class ReferOptions {
  @Option(
      names = "--colour",
      paramLabel = "COLOUR",
      converter = ColourConverter.class,
      description = "Colour of the one phrase (default: white).")
  @Nullable Integer colour;

  @Option(
      names = "--background",
      paramLabel = "COLOUR",
      converter = ColourConverter.class,
      description = "Colour of everything else (default: the dialect's own).")
  @Nullable Integer background;

  /** One phrase in its colour, or several, each in one of its own. */
  Task<?> task(List<String> phrases) {
    if (phrases.size() > 1) {
      if (colour != null) {
        throw new UsageException("--colour goes with one phrase; several get colours of their own");
      }
      Referring.Each each = Referring.toEach(phrases);
      return background == null ? each : each.background(background);
    }
    if (phrases.isEmpty()) {
      throw new UsageException("say what to find, as in \"the red cup\"");
    }
    Referring one = Referring.to(phrases.getFirst());
    one = colour == null ? one : one.in(colour);
    return background == null ? one : one.background(background);
  }
}
