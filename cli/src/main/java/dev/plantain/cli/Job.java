package dev.plantain.cli;

import dev.plantain.core.Answer;
import dev.plantain.core.Image;
import dev.plantain.core.Task;
import dev.plantain.formats.Photo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A task with its options: what to ask, and what to make of the answer. */
interface Job {

  /**
   * What to ask.
   *
   * @throws UsageException if the options do not go together
   */
  Task<?> task();

  /** The task's name. */
  default String name() {
    return task().name();
  }

  /** The folder of its results within a photo's. */
  default String folder() {
    return name();
  }

  /** Complains before anything is opened. */
  default void validate(Inputs inputs) {
    task();
  }

  /**
   * What to ask of one photo: the {@link #task()}, unless a language model that looks at the photo
   * says otherwise. May be called for several photos at once.
   */
  default Asked ask(Image photo) {
    return Asked.of(task());
  }

  /**
   * What is asked of one photo.
   *
   * @param task its question
   * @param known the answer, if it is known without drawing
   * @param notes what is to be said about it
   * @param check what in the measurement is not as expected, for people
   */
  record Asked(
      Task<?> task, Optional<Object> known, Notes notes, Function<Object, List<String>> check) {
    static Asked of(Task<?> task) {
      return new Asked(task, Optional.empty(), new Notes(), measurement -> List.of());
    }
  }

  /** How many drawings a pass asks of a photo, at the most. */
  default int drawings() {
    return 1;
  }

  /** Called once before the first photo, when it is known who draws. */
  default void begin(Setting setting) {}

  /** Called once after the last photo. */
  default void end(Console console) throws IOException {}

  /** How the usual files are written. */
  default ResultFiles files() {
    return ResultFiles.DEFAULT;
  }

  /** Changes the answer before it is written, and adds to what is said about it. */
  default Answer.Seen<?> refine(Answer.Seen<?> answer, Photo photo, Notes notes)
      throws IOException {
    return answer;
  }

  /** Writes more files. */
  default void export(
      Answer.Seen<?> answer, Photo photo, Inputs.Input input, Path folder, Notes notes)
      throws IOException {}

  /**
   * Where and by whom a run is made.
   *
   * @param output the folder of the whole run
   * @param many whether it is over a folder
   * @param single the folder of the photo's results, if it is over one photo
   * @param generator its name
   */
  record Setting(Path output, boolean many, Path single, String generator) {}

  /**
   * What comes with an answer.
   *
   * @param lines for people
   * @param warnings for people
   * @param facts for {@code result.json}
   * @param files by role
   */
  record Notes(
      List<String> lines,
      List<String> warnings,
      Map<String, Object> facts,
      Map<String, Path> files) {
    Notes() {
      this(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }
  }
}
