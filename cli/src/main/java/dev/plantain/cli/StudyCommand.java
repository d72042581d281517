package dev.plantain.cli;

import dev.plantain.diorama.Diorama;
import dev.plantain.diorama.Split;
import dev.plantain.diorama.View;
import dev.plantain.train.study.Study;
import dev.plantain.train.study.StudyConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plantain study}. */
@Command(
    name = "study",
    header = "Does learning to draw teach seeing? Trains, measures and compares.",
    description = {
      "Does every run of a protocol: pre-training, tuning with and without it, and",
      "specialists trained with the usual loss of one task. Then writes report.md",
      "and report.html. Cut short, the same command goes on where it stopped.",
      "",
      "docs/study.md says what is compared and how; train/study.json is the protocol,",
      "whose views plantain diorama renders. The whole takes hours: --plan says how",
      "many."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {
      "  plantain study --config train/study.json -o runs/study --plan",
      "  plantain study --config train/study.json -o runs/study",
      "  plantain study --config train/study.json -o runs/study --report"
    })
final class StudyCommand implements Callable<Integer> {
  /** Dozens of runs of thousands of steps make a long log. */
  private static final int STEPS_A_LINE = 100;

  private final Console console;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Protocol of the study (JSON).")
  private Path config = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "The study's folder.")
  private Path output = Path.of("");

  @Option(names = "--only", paramLabel = "RUN", description = "Do this run alone.")
  private @Nullable String only;

  @Option(names = "--plan", description = "Train nothing: list the runs and the time they take.")
  private boolean plan;

  @Option(names = "--report", description = "Train nothing: report what is done.")
  private boolean report;

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  StudyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if ((plan ? 1 : 0) + (report ? 1 : 0) + (only != null ? 1 : 0) > 1) {
      throw new UsageException("study takes one of --only, --plan and --report");
    }
    StudyConfig protocol = StudyConfig.read(config);
    if (plan) {
      Study.runs(protocol).forEach(console::line);
      Study.estimate(protocol).forEach(console::line);
      return ExitCode.OK;
    }
    Study study = Study.open(protocol, output);
    if (!report) {
      try (Interruption interruption = Interruption.ofThisThread()) {
        if (!study.run(this::scenes, only, interruption::happened, listener())) {
          console.line("stopped; the same command goes on from here");
          return ExitCode.INTERRUPTED;
        }
      }
    }
    study.report().forEach(file -> console.line("the report is in " + file));
    return ExitCode.OK;
  }

  private List<View> scenes(Split split, long firstSeed, int count, int size) {
    // Nothing here asks for edits.
    Diorama diorama = Diorama.open(Diorama.installedLibraries(), console::warn).withoutEdits();
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(i -> diorama.view(split, firstSeed + i, size, size))
        .toList();
  }

  private Study.Listener listener() {
    return new Study.Listener() {
      @Override
      public void run(String name, int number, int of) {
        console.line("run %d of %d: %s".formatted(number, of, name));
      }

      @Override
      public void step(int step, int total, String stage, String line) {
        if (console.terminal()) {
          console.err().print("\r" + line + "   ");
          console.err().flush();
        } else if (step % STEPS_A_LINE == 0 || step == total) {
          console.line(line);
        }
      }

      @Override
      public void warning(String line) {
        console.warn(line);
      }
    };
  }
}
