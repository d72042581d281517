package dev.plantain.cli;

import dev.plantain.diorama.Dataset;
import dev.plantain.diorama.DatasetOptions;
import dev.plantain.diorama.Diorama;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plantain diorama}. */
@Command(
    name = "diorama",
    header = "Render synthetic worlds with exact answers, as WebDataset shards.",
    description = {
      "Needs Sweet Home 3D furniture libraries (.sh3f): --furniture, the environment variable",
      "PLANTAIN_FURNITURE, or Debian's package sweethome3d-furniture.",
      "An interrupted run goes on where it stopped."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain diorama --scenes 1000 --split train --size 128 -o worlds")
final class DioramaCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--scenes", paramLabel = "N", required = true, description = "How many views.")
  private int scenes;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "train",
      description = "Whose models: train, validation or test (default: ${DEFAULT-VALUE}).")
  private String split = "train";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the first view; the others follow (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--size",
      paramLabel = "PX",
      defaultValue = "128",
      description = "Side of a view (default: ${DEFAULT-VALUE}).")
  private int size = 128;

  @Option(names = "--furniture", paramLabel = "DIR", description = "Folder of .sh3f libraries.")
  private @Nullable Path furniture;

  @Option(
      names = "--per-shard",
      paramLabel = "N",
      defaultValue = "250",
      description = "Views in one shard (default: ${DEFAULT-VALUE}).")
  private int perShard = 250;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that render (default: all processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "Folder to write to.")
  private Path output = Path.of("");

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  DioramaCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (scenes < 1 || size < 16 || size > 4096 || perShard < 1 || threads < 1) {
      throw new UsageException(
          "--scenes, --per-shard and --threads take 1 or more, --size 16 to 4096");
    }
    List<Path> libraries =
        furniture == null ? Diorama.installedLibraries() : Diorama.librariesIn(furniture);
    try (Progress progress = new Progress(console, scenes, "diorama")) {
      int[] known = {0};
      Dataset.write(
          new DatasetOptions(
              libraries, Splits.parse(split), seed, scenes, size, size, perShard, threads, output),
          done -> {
            synchronized (known) {
              for (; known[0] < done; known[0]++) {
                progress.step();
              }
            }
          });
    }
    console.line("%d views in %s".formatted(scenes, output));
    return ExitCode.OK;
  }
}
