package dev.plantain.train.study;

import dev.plantain.diorama.Split;
import dev.plantain.diorama.View;
import dev.plantain.formats.AtomicFile;
import dev.plantain.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The study, in a folder: every run of a protocol in a folder of its own, and a report. Done again,
 * it goes on where it stopped.
 */
public final class Study {
  private final StudyConfig config;
  private final Path folder;
  private final Plan plan;

  /** Where scenes to measure on come from: the same ones each time. */
  @FunctionalInterface
  public interface Scenes {
    /** Square views of a split from a seed on. */
    List<View> of(Split split, long firstSeed, int count, int size) throws IOException;
  }

  /** Hears of a study's runs, and of their training's steps. */
  public interface Listener extends Training.Listener {
    /** A run begins, or goes on. */
    void run(String name, int number, int of);
  }

  private Study(StudyConfig config, Path folder) {
    this.config = config;
    this.folder = folder;
    plan = new Plan(config);
  }

  /**
   * Opens a study in a new folder, or in one that holds it.
   *
   * @throws IOException if the folder holds a study of another protocol
   */
  public static Study open(StudyConfig config, Path folder) throws IOException {
    Path kept = folder.resolve("study.json");
    if (!Files.exists(kept)) {
      byte[] json = config.json();
      AtomicFile.write(kept, out -> out.write(json));
    } else if (!StudyConfig.read(kept).equals(config)) {
      throw new IOException(
          folder + " holds a study of another protocol; go on with that one, or name a new folder");
    }
    return new Study(config, folder);
  }

  /** Names of all runs of a protocol, in the order they are done. */
  public static List<String> runs(StudyConfig config) {
    return new Plan(config).runs().stream().map(Run::name).toList();
  }

  /** What a protocol asks for, and how long that takes by the speed it states: for people. */
  public static List<String> estimate(StudyConfig config) {
    return new Plan(config).estimate();
  }

  /**
   * Does the runs that are not done, and reports.
   *
   * @param only the one run to do; null for all
   * @param stop whether to end, asked when the thread was interrupted
   * @return whether all that was asked for is done; else it was told to stop
   * @throws IOException if there is no such run, one it needs is not done, or anything cannot be
   *     read or written
   */
  public boolean run(Scenes scenes, @Nullable String only, BooleanSupplier stop, Listener listener)
      throws IOException {
    List<Run> runs =
        only == null
            ? plan.runs()
            : List.of(
                plan.named(only)
                    .orElseThrow(
                        () ->
                            new IOException(
                                "the study has no run \"%s\"; it has %s"
                                    .formatted(only, String.join(", ", runs(config))))));
    Examiner examiner = new Examiner(config, scenes);
    Runner runner = new Runner(config, plan, folder, examiner, stop);
    try {
      examiner.pictures(truths(), folder.resolve("pictures"));
      for (int i = 0; i < runs.size(); i++) {
        Run run = runs.get(i);
        if (runner.files(run).done().isEmpty()) {
          listener.run(run.name(), i + 1, runs.size());
        }
        if (!runner.run(run, listener)) {
          return false;
        }
      }
    } catch (IOException | RuntimeException e) {
      // What was under way when it was told to stop may have failed for that.
      if (stop.getAsBoolean()) {
        return false;
      }
      throw e;
    }
    report();
    return true;
  }

  private RunFiles truths() {
    return new RunFiles(folder);
  }

  /**
   * Writes {@code report.md} and {@code report.html} of the runs that are done.
   *
   * @return both files
   */
  public List<Path> report() throws IOException {
    Findings findings = new Findings(config, plan, run -> new RunFiles(folder.resolve(run.name())));
    Path markdown = folder.resolve("report.md");
    Path html = folder.resolve("report.html");
    Page page = new StudyReport(config, plan, findings, folder).page();
    RunFiles.save(markdown, page.markdown());
    RunFiles.save(html, page.html());
    return List.of(markdown, html);
  }
}
