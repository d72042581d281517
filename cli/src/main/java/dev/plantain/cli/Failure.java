package dev.plantain.cli;

import dev.plantain.core.DrawingException;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.instruct.InstructionException;
import dev.plantain.train.DivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;

/**
 * What went wrong, for people and scripts.
 *
 * @param code of {@link ExitCode}
 * @param kind of failure in a word, for {@code --json}
 * @param message one line: what was wrong, where, what to do
 */
record Failure(int code, String kind, String message) {

  static Failure of(Throwable thrown) {
    return switch (thrown) {
      case UsageException e -> new Failure(ExitCode.USAGE, "usage", line(e));
      case InstructionException e -> new Failure(ExitCode.USAGE, "usage", line(e));
      case GeneratorException e -> new Failure(ExitCode.GENERATOR, "generator", line(e));
      case DrawingException e -> new Failure(ExitCode.GENERATOR, "drawing", line(e));
      case DivergedException e -> new Failure(ExitCode.GENERATOR, "diverged", line(e));
      case CompletionException e when e.getCause() != null -> of(e.getCause());
      case UncheckedIOException e when e.getCause() != null -> of(e.getCause());
      case IOException e -> new Failure(ExitCode.INPUT, "input", line(e));
      case OutOfMemoryError e ->
          new Failure(
              ExitCode.INPUT,
              "input",
              "out of memory (%s): scale the photo down, or give Java more with PLANTAIN_JAVA=-Xmx8g"
                  .formatted(line(e)));
      case LinkageError e ->
          new Failure(
              ExitCode.GENERATOR,
              "generator",
              "a native library of the generator cannot be loaded (%s); is there room on the disk, and is this platform supported?"
                  .formatted(line(e)));
      default ->
          new Failure(
              ExitCode.INTERNAL,
              "internal",
              "this is a defect of Plantain: %s (--debug prints where)"
                  .formatted(thrown)
                  .replaceAll("\\s+", " "));
    };
  }

  /** The message of a throwable on one line. */
  private static String line(Throwable e) {
    String message = e.getMessage();
    String text = message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    return text.replaceAll("\\s+", " ").strip();
  }
}
