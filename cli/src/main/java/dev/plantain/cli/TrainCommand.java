package dev.plantain.cli;

import dev.plantain.train.TrainConfig;
import dev.plantain.train.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plantain train}. */
@Command(
    name = "train",
    header = "Train Sprout on Diorama shards, or go on with a run.",
    description = {
      "The stages of the configuration (pre-training, tuning) follow one another. The run's folder",
      "gets the configuration, a log, checkpoints, sample sheets and weights.safetensors."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {
      "  plantain train run --config train/sprout.json -o runs/mine",
      "  plantain train resume -o runs/mine"
    })
final class TrainCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "run|resume", description = "Start a run, or go on with one.")
  private String action = "";

  @Option(names = "--config", paramLabel = "FILE", description = "Configuration of the run (JSON).")
  private @Nullable Path config;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Weights to begin a new run with; random ones without.")
  private @Nullable Path weights;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "The run's folder.")
  private Path output = Path.of("");

  @Mixin private DebugOption debug = new DebugOption();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Training.Listener listener =
        (step, total, stage, line) -> {
          if (console.terminal()) {
            console.err().print("\r" + line + "   ");
            console.err().flush();
          } else {
            console.line(line);
          }
        };
    switch (action) {
      case "run" -> {
        if (config == null) {
          throw new UsageException("train run needs its configuration: --config FILE");
        }
        Training.run(TrainConfig.read(config), output, weights, listener);
      }
      case "resume" -> Training.resume(output, listener);
      default ->
          throw new UsageException("train takes run or resume, got \"%s\"".formatted(action));
    }
    console.line("weights are in " + output.resolve("weights.safetensors"));
    return ExitCode.OK;
  }
}
