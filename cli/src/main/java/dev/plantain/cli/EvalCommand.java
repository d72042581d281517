package dev.plantain.cli;

import dev.plantain.core.Vision;
import dev.plantain.diorama.Diorama;
import dev.plantain.diorama.ShardIndex;
import dev.plantain.diorama.Split;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Evaluation;
import dev.plantain.eval.Report;
import dev.plantain.eval.metric.Figure;
import dev.plantain.eval.set.BsdsSet;
import dev.plantain.eval.set.CamVidSet;
import dev.plantain.eval.set.DepthFolderSet;
import dev.plantain.eval.set.DioramaSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plantain eval}. */
@Command(
    name = "eval",
    header = "Measure a generator on a benchmark.",
    description = {
      "diorama: Diorama's own views, rendered now or from shards with --data.",
      "camvid: images/ and labels/ of 11 classes. bsds: images/ and groundTruth/*.mat.",
      "nyu, kitti: photos with NAME.depth.png beside them. depth: photos with NAME.npy."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain eval diorama --split test --limit 100 --json")
final class EvalCommand implements Callable<Integer> {
  /** Views of a split are numbered from here: far from what training renders. */
  private static final long FIRST_SEED = 900_000_000;

  private static final int SIDE = 128;

  private final Console console;

  @Parameters(paramLabel = "SET", description = "diorama, camvid, bsds, nyu, kitti or depth.")
  private String set = "";

  @Option(names = "--data", paramLabel = "DIR", description = "The set's folder.")
  private @Nullable Path data;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "test",
      description = "Of diorama: train, validation or test (default: ${DEFAULT-VALUE}).")
  private String split = "test";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Photos at most (default: ${DEFAULT-VALUE}).")
  private long limit = 100;

  @Option(
      names = "--vote",
      paramLabel = "N",
      defaultValue = "1",
      description = "Ask everything in N ways and merge (default: ${DEFAULT-VALUE}).")
  private int votes = 1;

  @Mixin private GeneratorOptions generator = new GeneratorOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private DebugOption debug = new DebugOption();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable")
  private boolean help;

  EvalCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (limit < 1 || votes < 1) {
      throw new UsageException("--limit and --vote take 1 or more");
    }
    EvalSet opened = open();
    long total = Math.min(limit, opened.size());
    try (Vision vision =
            Vision.with(generator.spec()).drawing(generator.options()).voting(votes);
        Progress progress = new Progress(console, total, "eval " + set)) {
      Report report =
          Evaluation.run(vision, generator.seed, opened, limit, done -> progress.step());
      if (json) {
        console.line(JsonText.line(object(report)));
      } else {
        print(report);
      }
    }
    return ExitCode.OK;
  }

  private EvalSet open() throws IOException {
    return switch (set.toLowerCase(Locale.ROOT)) {
      case "diorama" -> diorama();
      case "camvid" -> new CamVidSet(folder());
      case "bsds" -> new BsdsSet(folder());
      case "nyu" -> new DepthFolderSet(folder(), DepthFolderSet.Kind.NYU);
      case "kitti" -> new DepthFolderSet(folder(), DepthFolderSet.Kind.KITTI);
      case "depth" -> new DepthFolderSet(folder(), DepthFolderSet.Kind.NPY);
      default ->
          throw new UsageException(
              "\"%s\" is no benchmark; there are diorama, camvid, bsds, nyu, kitti, depth"
                  .formatted(set));
    };
  }

  private Path folder() {
    if (data == null) {
      throw new UsageException("eval %s needs its folder: --data DIR".formatted(set));
    }
    return data;
  }

  private EvalSet diorama() throws IOException {
    if (data != null) {
      ShardIndex index = ShardIndex.open(data);
      return new DioramaSet(
          "diorama, shards of " + data.getFileName(),
          index.size(),
          () -> IntStream.range(0, index.size()).mapToObj(index::view));
    }
    Split which = Splits.parse(split);
    Diorama diorama = Diorama.open(Diorama.installedLibraries(), console::warn);
    return new DioramaSet(
        "diorama " + which.name().toLowerCase(Locale.ROOT),
        limit,
        () ->
            LongStream.range(0, limit)
                .mapToObj(i -> diorama.view(which, FIRST_SEED + i, SIDE, SIDE)));
  }

  private static Map<String, Object> object(Report report) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("set", report.set());
    object.put("generator", report.generator());
    object.put("seed", report.seed());
    object.put("samples", report.samples());
    object.put("seconds", report.seconds());
    Map<String, Object> intervals = new LinkedHashMap<>();
    for (Figure f : report.figures()) {
      object.put(f.name(), f.value());
      intervals.put(f.name(), List.of(f.interval().low(), f.interval().high()));
    }
    object.put("interval95", intervals);
    object.put("iou_by_class", new TreeMap<>(report.classes()));
    object.put("failures", report.failures());
    return object;
  }

  private void print(Report report) {
    console.line(
        "%s, %d photos, %s, seed %d, %.0f s"
            .formatted(
                report.set(),
                report.samples(),
                report.generator(),
                report.seed(),
                report.seconds()));
    for (Figure f : report.figures()) {
      console.line(
          "  %-22s %8.4f   95%% %.4f … %.4f   n %d"
              .formatted(
                  f.name(), f.value(), f.interval().low(), f.interval().high(), f.samples()));
    }
    report.failures().forEach(line -> console.line("  failed: " + line));
  }
}
