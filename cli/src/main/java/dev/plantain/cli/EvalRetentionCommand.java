package dev.plantain.cli;

import dev.plantain.core.Generator;
import dev.plantain.core.Vision;
import dev.plantain.diorama.Diorama;
import dev.plantain.diorama.Split;
import dev.plantain.eval.Retention;
import dev.plantain.eval.metric.Figure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plantain eval retention}. */
@Command(
    name = "retention",
    header = "Whether a tuned generator still draws as well as its base.",
    description = {
      "Both draw the edits and captions of Diorama's views from the same noise, and",
      "rules that do not know which is which choose the better of each pair: edits by",
      "their exact target (PSNR, SSIM, GMSD), captions by which of the named things",
      "the checker finds, in their number and colours. 0.5 is a draw."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain eval retention --base sprout:train/base.safetensors --limit 100")
final class EvalRetentionCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--base",
      paramLabel = "SPEC",
      required = true,
      description = "The generator before tuning.")
  private String base = "";

  @Option(
      names = "--generator",
      paramLabel = "SPEC",
      defaultValue = "sprout",
      description = "The tuned one (default: ${DEFAULT-VALUE}).")
  private String tuned = "";

  @Option(
      names = "--checker",
      paramLabel = "SPEC",
      defaultValue = "sprout",
      description = "Who looks for a caption's things (default: ${DEFAULT-VALUE}).")
  private String checker = "";

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "test",
      description = "train, validation or test (default: ${DEFAULT-VALUE}).")
  private String split = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Views (default: ${DEFAULT-VALUE}).")
  private long limit;

  @Option(
      names = "--view",
      paramLabel = "WxH",
      defaultValue = "128x128",
      converter = SizeConverter.class,
      description = "Pixels of a view (default: ${DEFAULT-VALUE}).")
  private SizeConverter.Size view = new SizeConverter.Size(128, 128);

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the first noise (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  EvalRetentionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UsageException("--limit takes 1 or more, got " + limit);
    }
    Split which = Splits.parse(split);
    List<Figure> figures;
    try (Vision one = Vision.with(tuned);
        Vision other = Vision.with(base);
        Vision third = Vision.with(checker);
        Progress progress = new Progress(console, limit, "retention")) {
      requireDrawable(one.generator());
      requireDrawable(other.generator());
      Diorama diorama = Diorama.open(Diorama.installedLibraries(), console::warn);
      figures =
          Retention.run(
              one.generator(),
              other.generator(),
              third,
              LongStream.range(0, limit)
                  .mapToObj(
                      i -> {
                        progress.step();
                        return diorama.view(
                            which, EvalSets.FIRST_SEED + i, view.width(), view.height());
                      }),
              seed);
    }
    if (json) {
      console.line(JsonText.line(object(figures)));
    } else {
      figures.forEach(f -> console.line(FigureText.line(f)));
    }
    return ExitCode.OK;
  }

  /** Drawings are compared pixel by pixel with the views, so they must be of their size. */
  private void requireDrawable(Generator generator) {
    int multiple = generator.traits().sizes().multiple();
    if (view.width() % multiple != 0 || view.height() % multiple != 0) {
      throw new UsageException(
          "--view takes multiples of %d, as %s draws, got %dx%d"
              .formatted(multiple, generator.traits().name(), view.width(), view.height()));
    }
  }

  private Map<String, Object> object(List<Figure> figures) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("set", "retention");
    object.put("generator", tuned);
    object.put("base", base);
    object.put("seed", seed);
    object.put("samples", limit);
    FigureText.put(object, figures);
    return object;
  }
}
