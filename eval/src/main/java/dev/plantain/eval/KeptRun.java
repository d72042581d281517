package dev.plantain.eval;

import dev.plantain.core.Generator;
import dev.plantain.core.Vision;
import dev.plantain.core.Voting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A run that is done and kept, with its own reports, in its {@link RunFolder}. */
public final class KeptRun {
  private final Path folder;
  private final Report report;
  private final List<Examples.Example> first;

  private KeptRun(Path folder, Report report, List<Examples.Example> first) {
    this.folder = folder;
    this.report = report;
    this.first = List.copyOf(first);
  }

  /**
   * Measures, or goes on with the run that the folder holds.
   *
   * @param generator asked as often as it is best asked; stays the caller's
   * @param seed of the drawings
   * @param limit of samples
   * @throws dev.plantain.formats.InputException if the folder holds a run that asks something else,
   *     or over other data
   */
  public static KeptRun measure(
      Generator generator, long seed, EvalSet set, long limit, Path folder) throws IOException {
    Voting voting = Voting.of(generator.passes());
    String asking = "vote %d, drawn at the generator's size".formatted(voting.most());
    Provenance asked =
        Provenance.now(set.name(), generator.traits().name(), seed, asking, generator.about());
    try (RunFolder run = RunFolder.open(folder, asked)) {
      // Not closed: what it owns is the caller's.
      Vision vision = Vision.with(run.keeping(generator)).seeded(seed).voting(voting);
      Report report = Evaluation.run(vision, seed, set, limit, 1, run, done -> {});
      RunReport.write(run, vision, set, report);
      List<Scored> done = RunFolder.samples(folder).subList(0, (int) report.samples());
      return new KeptRun(folder, report, Examples.first(vision, set, done));
    }
  }

  /** What was found. */
  public Report report() {
    return report;
  }

  Path folder() {
    return folder;
  }

  /** The first answers of each question. */
  List<Examples.Example> first() {
    return first;
  }
}
