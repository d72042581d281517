package dev.plantain.cli;

import dev.plantain.core.Vision;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import dev.plantain.formats.Limits;
import dev.plantain.formats.OutputException;
import dev.plantain.formats.Photo;
import dev.plantain.hosted.HostedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One thing done to every photo of a run: the generator opened once, progress shown, a photo that
 * fails told and left out.
 */
final class PhotoRun {
  /** Bytes of heap that measuring takes per pixel of a photo, at the most. */
  private static final long BYTES_PER_PIXEL = 64;

  private static final int SMALLEST_SIDE = 8;

  private final Console console;
  private final boolean json;
  private final String task;

  /**
   * @param json whether machines are told, not people
   * @param task its name in JSON of what failed
   */
  PhotoRun(Console console, boolean json, String task) {
    this.console = console;
    this.json = json;
    this.task = task;
  }

  /** Opens a generator. */
  @FunctionalInterface
  interface Opening {
    Vision open() throws IOException;
  }

  /**
   * What is done to a photo, in two parts.
   *
   * @param <L> what looking gives
   */
  interface Work<L> {
    /** Asks; may happen for several photos at once. */
    L look(Inputs.Input input, Photo photo, Vision vision) throws IOException;

    /** Writes and tells; happens for one photo after the other, in order. */
    Told tell(Inputs.Input input, Photo photo, L looked, Vision vision) throws IOException;
  }

  /** Work in one part. */
  @FunctionalInterface
  interface Whole extends Work<Photo> {
    Told on(Inputs.Input input, Photo photo, Vision vision) throws IOException;

    @Override
    default Photo look(Inputs.Input input, Photo photo, Vision vision) {
      return photo;
    }

    @Override
    default Told tell(Inputs.Input input, Photo photo, Photo looked, Vision vision)
        throws IOException {
      return on(input, photo, vision);
    }
  }

  private record Looked<L>(Photo photo, Vision vision, L result) {}

  /**
   * What is told of a photo.
   *
   * @param lines for people
   * @param warnings for people
   * @param json one object on one line, for machines
   * @param code the worst exit code of what was done
   */
  record Told(List<String> lines, List<String> warnings, String json, int code) {
    Told {
      lines = List.copyOf(lines);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Does the work.
   *
   * @param start called once, when the generator is open
   * @return the exit code
   */
  int over(Inputs inputs, Opening opening, Consumer<Vision> start, Whole work) throws IOException {
    return over(inputs, opening, start, work, 1);
  }

  /**
   * Does the work.
   *
   * @param start called once, when the generator is open
   * @param atOnce photos looked at at once
   * @return the exit code
   */
  <L> int over(Inputs inputs, Opening opening, Consumer<Vision> start, Work<L> work, int atOnce)
      throws IOException {
    CompletableFuture<Vision> opened = openBeside(opening);
    int code = ExitCode.OK;
    boolean started = false;
    try (Ahead<Inputs.Input, Looked<L>> ahead =
            new Ahead<>(inputs.photos(), atOnce, input -> look(input, opened, work));
        Progress progress =
            new Progress(console, inputs.photos().size(), inputs.many() ? task : "")) {
      for (Inputs.Input input : inputs.photos()) {
        try {
          Looked<L> looked = ahead.next();
          if (!started) {
            start.accept(looked.vision);
            started = true;
          }
          Told told = work.tell(input, looked.photo, looked.result, looked.vision);
          progress.aside();
          tell(input, looked.photo, told);
          code = Math.max(code, told.code);
        } catch (Exception | OutOfMemoryError e) {
          // Spent is spent: the photos that follow would only say so, too.
          boolean spent = e instanceof HostedException.BudgetSpent;
          if (spent) {
            ahead.settle();
          }
          boolean hopeless = opened.isCompletedExceptionally() || spent;
          if (!inputs.many() || hopeless) {
            if (json) {
              console.line(JsonText.failure(input.file().toString(), task, Failure.of(e)));
            }
            throw e;
          }
          Failure failure = Failure.of(e);
          progress.aside();
          console.err().println("error: %s: %s".formatted(input.file(), failure.message()));
          console.err().flush();
          if (json) {
            console.line(JsonText.failure(input.file().toString(), task, failure));
          }
          code = Math.max(code, failure.code());
        }
        progress.step();
      }
    } finally {
      var _ =
          opened.whenComplete(
              (vision, e) -> {
                if (vision != null) {
                  vision.close();
                }
              });
    }
    return code;
  }

  private <L> Looked<L> look(Inputs.Input input, CompletableFuture<Vision> opened, Work<L> work)
      throws IOException {
    Photo photo = read(input.file());
    Vision vision = opened.join();
    return new Looked<>(photo, vision, work.look(input, photo, vision));
  }

  /** The first photo is read meanwhile. */
  private static CompletableFuture<Vision> openBeside(Opening opening) {
    CompletableFuture<Vision> opened = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("opening")
        .start(
            () -> {
              try {
                opened.complete(opening.open());
              } catch (IOException e) {
                opened.completeExceptionally(new UncheckedIOException(e));
              } catch (Throwable e) {
                opened.completeExceptionally(e);
              }
            });
    return opened;
  }

  private void tell(Inputs.Input input, Photo photo, Told told) {
    List<String> warnings = new ArrayList<>(photo.notes());
    warnings.addAll(told.warnings);
    warnings.forEach(console::warn);
    if (json) {
      console.line(told.json);
      return;
    }
    console.line(
        "%s: %d x %d".formatted(input.file(), photo.image().width(), photo.image().height()));
    told.lines.forEach(line -> console.line("  " + line));
  }

  /** Reads a photo that can be measured in this much memory. */
  static Photo read(Path file) throws IOException {
    long pixels =
        Math.min(Limits.DEFAULT.pixels(), Runtime.getRuntime().maxMemory() / BYTES_PER_PIXEL);
    Photo photo = Images.read(file, new Limits(Limits.DEFAULT.bytes(), pixels));
    int width = photo.image().width();
    int height = photo.image().height();
    if (Math.min(width, height) < SMALLEST_SIDE) {
      throw new InputException(
          "%s has %d x %d pixels; nothing can be seen below %d x %d"
              .formatted(file, width, height, SMALLEST_SIDE, SMALLEST_SIDE));
    }
    return photo;
  }

  /** Better told now than after the drawing. */
  static void requireWritable(Path folder) throws OutputException {
    Path place = folder.toAbsolutePath();
    while (place != null && !Files.exists(place)) {
      place = place.getParent();
    }
    if (place == null || !Files.isDirectory(place)) {
      throw new OutputException(
          "%s cannot be a folder for results: %s is a file".formatted(folder, place));
    }
    if (!Files.isWritable(place)) {
      throw new OutputException(
          "no results can be written to %s: no permission to write in %s; choose another with -o"
              .formatted(folder, place));
    }
  }
}
