package dev.plantain.cli;

import dev.plantain.sprout.SproutProvider;
import dev.plantain.train.AveragedWeights;
import dev.plantain.train.OwnTuning;
import dev.plantain.train.TrainConfig;
import dev.plantain.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plantain train}. */
@Command(
    name = "train",
    header = "Train Sprout: on Diorama shards, or on pictures of your own.",
    description = {
      "pretrain: begins a run of a configuration's stages with random weights.",
      "tune:     begins one with weights: --weights, or the embedded ones.",
      "          With --data instead of --config: on your own pictures, and measures",
      "          on every tenth of them, of fewer the last, before and after, for",
      "          report.html, .md and .json.",
      "          With --generator klein:MODEL:",
      "          an adapter of that model, for klein:MODEL?lora=FILE.",
      "resume:   goes on with a run from its last checkpoint, measuring as it would.",
      "average:  writes the mean of two weights or more, one trained from the other.",
      "",
      "The run's folder gets the configuration, a log, checkpoints, sample sheets and",
      "weights.safetensors, which --generator sprout:FILE draws with.",
      "",
      "Pictures of your own: images/NAME.jpg, and of the following what there is:",
      "labels/NAME.png (indices; classes.txt names them line by line),",
      "annotations.json (COCO), depth/NAME.npy (metres) or .png (millimetres),",
      "normals/NAME.npy, edges/NAME.png."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {
      "  plantain train pretrain --config train/pretrain.json -o runs/base",
      "  plantain train tune --config train/tune.json \\",
      "      --weights train/base.safetensors -o runs/tuned",
      "  plantain train tune --data my-pictures --lora 16 -o runs/mine",
      "  plantain train tune --data my-pictures --generator klein:DIR -o runs/k",
      "  plantain train average --weights a.safetensors,b.safetensors -o runs/mean"
    })
final class TrainCommand implements Callable<Integer> {
  private static final String SPROUT = "sprout";
  private static final String KLEIN = "klein:";
  private static final int KLEIN_RANK = 16;

  private final Console console;

  @Parameters(paramLabel = "pretrain|tune|resume|average", description = "What to do.")
  private String action = "";

  @Option(names = "--config", paramLabel = "FILE", description = "Configuration of the run (JSON).")
  private @Nullable Path config;

  @Option(
      names = "--weights",
      paramLabel = "FILE[,FILE…]",
      hideParamSyntax = true,
      split = ",",
      description = {
        "Weights to begin with (default of tune: the embedded ones);",
        "with average: two files or more."
      })
  private List<Path> weights = List.of();

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description =
          "Version that the mean calls itself (default: \"mean of A, B\" of its sources'"
              + " versions).")
  private @Nullable String name;

  @Option(names = "--data", paramLabel = "DIR", description = "Pictures of your own.")
  private @Nullable Path data;

  @Option(
      names = "--classes",
      paramLabel = "A,B,…",
      hideParamSyntax = true,
      split = ",",
      description = "Names of the indices in labels/, from 0, instead of classes.txt.")
  private @Nullable List<String> classes;

  @Option(
      names = "--lora",
      paramLabel = "RANK",
      description = "Train a low-rank adaptation instead of all parameters.")
  private @Nullable Integer lora;

  @Option(
      names = "--generator",
      paramLabel = "SPEC",
      defaultValue = "sprout",
      description = "With --data: sprout, or klein:MODEL (default: ${DEFAULT-VALUE}).")
  private String generator = SPROUT;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "512",
      description =
          "With a klein model: side of the square of a drawing's area (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--measure",
      paramLabel = "N",
      description =
          "Of pictures of your own, those held out that are measured, at most; 0 for none (default:"
              + " 1000, or as the run began).")
  private @Nullable Long measured;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "1500",
      description = "Steps on your own pictures (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "The run's folder.")
  private Path output = Path.of("");

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (measured != null && measured < 0) {
      throw new UsageException("--measure takes 0 or more, got " + measured);
    }
    if (action.equals("average")) {
      average();
      return written();
    }
    if (name != null) {
      throw new UsageException("--name is of train average, not of train " + action);
    }
    try (Interruption interruption = Interruption.ofThisThread()) {
      switch (action) {
        case "pretrain" -> train(configured(), given());
        case "tune" -> {
          if (data == null) {
            train(configured(), start());
          } else {
            own(data);
          }
        }
        case "resume" -> OwnTuning.resume(output, measured, listener()).ifPresent(this::print);
        default ->
            throw new UsageException(
                "train takes pretrain, tune, resume or average, got \"%s\"".formatted(action));
      }
      if (interruption.happened()) {
        console.line("stopped; go on with: plantain train resume -o " + output);
        return ExitCode.INTERRUPTED;
      }
    }
    return written();
  }

  private int written() {
    console.line("weights are in " + output.resolve("weights.safetensors"));
    return ExitCode.OK;
  }

  private TrainConfig configured() throws IOException {
    if (config == null) {
      throw new UsageException("train %s needs its configuration: --config FILE".formatted(action));
    }
    return TrainConfig.read(config);
  }

  private void average() throws IOException {
    if (weights.size() < 2) {
      throw new UsageException("train average needs what to average: --weights FILE,FILE");
    }
    if (name != null && name.isBlank()) {
      throw new UsageException("--name is what the mean calls itself, got nothing");
    }
    AveragedWeights.write(weights, output, name);
  }

  /** The one file of weights that was named, if any. */
  private @Nullable Path given() {
    if (weights.size() > 1) {
      throw new UsageException(
          "train %s begins with one file of weights, got %d".formatted(action, weights.size()));
    }
    return weights.isEmpty() ? null : weights.getFirst();
  }

  /** The weights to tune; embedded ones become a file of the run. */
  private Path start() throws IOException {
    Path given = given();
    if (given != null) {
      return given;
    }
    Files.createDirectories(output);
    Path embedded = output.resolve("embedded.safetensors");
    if (!Files.exists(embedded)) {
      Files.write(embedded, SproutProvider.embeddedWeights());
    }
    return embedded;
  }

  private void own(Path folder) throws IOException {
    if (config != null || steps < 1) {
      throw new UsageException("with --data go --steps (1 or more) and --lora, not --config");
    }
    TrainConfig.OwnData own = new TrainConfig.OwnData(folder.toString(), classes);
    Path start = generator.equals(SPROUT) ? start() : null;
    if (start == null && (!generator.startsWith(KLEIN) || !weights.isEmpty())) {
      throw new UsageException(
          "--generator takes sprout or klein:MODEL, the latter without --weights, got \"%s\""
              .formatted(generator));
    }
    TrainConfig run =
        start == null
            ? OwnTuning.klein(
                own,
                generator.substring(KLEIN.length()),
                size,
                steps,
                lora == null ? KLEIN_RANK : lora)
            : OwnTuning.config(own, start, steps, lora);
    train(run, start);
  }

  private void train(TrainConfig run, @Nullable Path start) throws IOException {
    if (run.own() == null) {
      Training.run(run, output, start, listener());
    } else {
      OwnTuning.run(run, output, start, measured, listener()).ifPresent(this::print);
    }
  }

  private void print(OwnTuning.Outcome outcome) {
    TuningText.lines(outcome).forEach(console::line);
    console.line("report: " + output.resolve("report.html"));
  }

  private Training.Listener listener() {
    return new Training.Listener() {
      @Override
      public void step(int step, int total, String stage, String line) {
        if (console.terminal()) {
          console.err().print("\r" + line + "   ");
          console.err().flush();
        } else {
          console.line(line);
        }
      }

      @Override
      public void warning(String line) {
        console.err().println("plantain: " + line);
      }
    };
  }
}
