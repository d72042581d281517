package dev.plantain.cli;

import dev.plantain.core.Answer;
import dev.plantain.core.Task;
import dev.plantain.core.Vision;
import dev.plantain.formats.Photo;
import dev.plantain.formats.ResultJson;
import dev.plantain.hosted.HostedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Does a {@link Job} on photos: asks, refines, writes, tells. */
final class Answering {
  private final Console console;
  private final OutputOptions output;
  private final Job job;
  private final int atOnce;

  Answering(Console console, OutputOptions output, Job job) {
    this(console, output, job, 1);
  }

  /**
   * @param atOnce photos looked at at once
   */
  Answering(Console console, OutputOptions output, Job job, int atOnce) {
    this.atOnce = atOnce;
    this.console = console;
    this.output = output;
    this.job = job;
  }

  /**
   * Does the job on all photos.
   *
   * @return the exit code
   */
  int over(Inputs inputs, PhotoRun.Opening opening) throws IOException {
    job.validate(inputs);
    PhotoRun.requireWritable(output.folder);
    PhotoRun run = new PhotoRun(console, output.json, job.name());
    int code;
    try {
      code =
          run.over(inputs, opening, vision -> job.begin(setting(inputs, vision)), work(), atOnce);
    } catch (HostedException.BudgetSpent e) {
      // What was answered before is whole, and its results name the files that this writes.
      job.end(console);
      throw e;
    }
    job.end(console);
    return code;
  }

  private PhotoRun.Work<Looked> work() {
    return new PhotoRun.Work<>() {
      @Override
      public Looked look(Inputs.Input input, Photo photo, Vision vision) {
        Job.Asked asked = job.ask(photo.image());
        return new Looked(asked, answer(asked, photo, vision));
      }

      @Override
      public PhotoRun.Told tell(Inputs.Input input, Photo photo, Looked looked, Vision vision)
          throws IOException {
        Leftovers.watch(output.folder.resolve(input.name()), output.folder);
        return told(answered(looked.asked, looked.answer, input, photo));
      }
    };
  }

  private record Looked(Job.Asked asked, Answer<?> answer) {}

  /** Asks, unless the answer is known. */
  static Answer<?> answer(Job.Asked asked, Photo photo, Vision vision) {
    return asked.known().isPresent()
        ? known(asked.task(), asked.known().get(), vision.generator().traits().name())
        : vision.answer(photo.image(), asked.task());
  }

  @SuppressWarnings("unchecked") // whoever knows the answer gives it the task's type
  private static <M> Answer<M> known(Task<M> task, Object measurement, String generator) {
    return new Answer.Seen<>(task, (M) measurement, List.of(), List.of(), generator);
  }

  private Job.Setting setting(Inputs inputs, Vision vision) {
    return new Job.Setting(
        output.folder,
        inputs.many(),
        folder(inputs.photos().getFirst()),
        vision.generator().traits().name());
  }

  private Path folder(Inputs.Input input) {
    return output.folder.resolve(input.name()).resolve(job.folder());
  }

  /** An answer whose files are written. */
  record Answered(Answer.Seen<?> answer, Job.Notes notes, Path folder, String json) {

    /** The measurement in a line. */
    String line() {
      return answer.task().name() + ": " + Describe.of(answer.measurement());
    }

    /** Where the files are. */
    String wrote() {
      String names =
          notes.files().values().stream()
              .filter(file -> file.startsWith(folder))
              .map(file -> folder.relativize(file).toString())
              .collect(Collectors.joining(", "));
      return "wrote %s: %s".formatted(folder, names);
    }

    List<String> warnings() {
      List<String> all = new ArrayList<>(answer.warnings());
      all.addAll(notes.warnings());
      return all;
    }
  }

  /**
   * Writes the files of an answer.
   *
   * @throws RuntimeException the reason, if there is none
   */
  Answered answered(Job.Asked asked, Answer<?> answer, Inputs.Input input, Photo photo)
      throws IOException {
    Answer.Seen<?> seen =
        switch (answer) {
          case Answer.Seen<?> s -> s;
          case Answer.Failed<?> failed -> throw failed.reason();
        };
    Job.Notes notes = asked.notes();
    notes.warnings().addAll(asked.check().apply(seen.measurement()));
    Answer.Seen<?> refined = job.refine(seen, photo, notes);
    Path folder = folder(input);
    try {
      return write(refined, input, photo, folder, notes);
    } catch (IOException | RuntimeException e) {
      // Half of the results look like all of them.
      notes.files().values().forEach(file -> file.toFile().delete());
      folder.toFile().delete();
      throw e;
    }
  }

  private Answered write(
      Answer.Seen<?> refined, Inputs.Input input, Photo photo, Path folder, Job.Notes notes)
      throws IOException {
    job.files().write(folder, photo.image(), refined, notes.files());
    job.export(refined, photo, input, folder, notes);
    Path result = folder.resolve("result.json");
    notes.files().put("result", result);
    Map<String, Object> facts = new LinkedHashMap<>(notes.facts());
    if (!notes.warnings().isEmpty()) {
      facts.put("notes", notes.warnings());
    }
    String name = input.file().toString();
    ResultJson.write(result, name, refined, notes.files(), facts);
    return new Answered(
        refined, notes, folder, ResultJson.line(name, refined, notes.files(), facts));
  }

  static PhotoRun.Told told(Answered answered) {
    List<String> lines = new ArrayList<>();
    lines.add(answered.line());
    lines.addAll(answered.notes().lines());
    lines.add(answered.wrote());
    return new PhotoRun.Told(lines, answered.warnings(), answered.json(), ExitCode.OK);
  }
}
