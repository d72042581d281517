package dev.plantain.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.diorama.Dataset;
import dev.plantain.diorama.DatasetFormat;
import dev.plantain.diorama.DatasetOptions;
import dev.plantain.diorama.Diorama;
import dev.plantain.diorama.WorldOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plantain diorama}. */
@Command(
    name = "diorama",
    header = "Render synthetic worlds with exact answers, as WebDataset shards.",
    description = {
      "Needs Sweet Home 3D furniture libraries (.sh3f): --furniture, the environment variable"
          + " PLANTAIN_FURNITURE, or Debian's package sweethome3d-furniture.",
      "Beside the shards lie manifest.json, ATTRIBUTION.txt, statistics.json and statistics.html."
          + " An interrupted run goes on where it stopped."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {
      "  plantain diorama --scenes 1000 --split train --size 128 -o worlds",
      "  plantain diorama --scenes 24 --size 256 --preview 24 -o look"
    })
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
      converter = SizeConverter.OrSide.class,
      description =
          "Side of a view, or width and height: 144x112, in pixels (default: ${DEFAULT-VALUE}).")
  private SizeConverter.Size size = new SizeConverter.Size(128, 128);

  @Option(names = "--furniture", paramLabel = "DIR", description = "Folder of .sh3f libraries.")
  private @Nullable Path furniture;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description =
          "Folder of glTF models with a sizes.csv, used as well; may be given several times.")
  private List<Path> models = List.of();

  @Option(
      names = "--environments",
      paramLabel = "DIR",
      description = "Folder of panoramas (.hdr) that light most views.")
  private @Nullable Path environments;

  @Option(
      names = "--distortion",
      paramLabel = "K",
      defaultValue = "0",
      description = "Greatest radial distortion of the lens, 0 to 0.15 (default: none).")
  private double distortion;

  @Option(names = "--lived-in", description = "Fuller rooms, as people leave them.")
  private boolean livedIn;

  @Option(
      names = "--edits",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Most edits of a view, 1 to 50: of things in sight, each in several ways (default: two or"
              + " three of different kinds).")
  private int edits;

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
      names = "--format",
      paramLabel = "FORM",
      split = ",",
      description =
          "What to write besides the shards: files (PNG, NPY and JSON, a folder for each view),"
              + " coco (instances.json and captions.json); several by commas.")
  private List<String> formats = List.of();

  @Option(
      names = "--preview",
      paramLabel = "N",
      arity = "0..1",
      defaultValue = "0",
      fallbackValue = "24",
      description =
          "Also write preview.html: the first N views (24 if not said) with all answers on one"
              + " page.")
  private int preview;

  @Option(names = "--json", description = "Print the statistics as one JSON object.")
  private boolean json;

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
    if (scenes < 1
        || Math.max(size.width(), size.height()) > 4096
        || perShard < 1
        || threads < 1
        || preview < 0) {
      throw new UsageException(
          "--scenes, --per-shard and --threads take 1 or more, --preview 0 or more, --size at"
              + " most 4096");
    }
    Set<DatasetFormat> forms = forms();
    WorldOptions world = world();
    for (Path folder : models) {
      if (!Files.isDirectory(folder)) {
        throw new UsageException("--models takes a folder of glTF models, got " + folder);
      }
    }
    List<Path> libraries =
        new ArrayList<>(
            furniture == null ? Diorama.installedLibraries() : Diorama.librariesIn(furniture));
    libraries.addAll(models);
    Leftovers.watch(output, output);
    Dataset.Written written;
    try (Progress progress = new Progress(console, scenes, "diorama")) {
      int[] known = {0};
      written =
          Dataset.write(
              new DatasetOptions(
                  libraries,
                  Splits.parse(split),
                  seed,
                  scenes,
                  size.width(),
                  size.height(),
                  perShard,
                  threads,
                  output,
                  forms,
                  world,
                  preview),
              done -> {
                synchronized (known) {
                  for (; known[0] < done; known[0]++) {
                    progress.step();
                  }
                }
              });
    }
    tell(written);
    return ExitCode.OK;
  }

  private Set<DatasetFormat> forms() {
    Set<DatasetFormat> forms = EnumSet.of(DatasetFormat.SHARDS);
    for (String form : formats) {
      try {
        forms.add(DatasetFormat.valueOf(form.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new UsageException(
            "\"%s\" is no format of a data set; there are shards, files and coco".formatted(form));
      }
    }
    return forms;
  }

  private WorldOptions world() throws IOException {
    List<Path> maps = List.of();
    if (environments != null) {
      try (Stream<Path> files = Files.list(environments)) {
        maps =
            files
                .filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(".hdr"))
                .sorted()
                .toList();
      } catch (NotDirectoryException | NoSuchFileException e) {
        throw new UsageException("--environments takes a folder, got " + environments);
      }
      if (maps.isEmpty()) {
        throw new UsageException("no panorama (.hdr) in " + environments);
      }
    }
    try {
      return new WorldOptions(distortion, maps, livedIn, edits);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private void tell(Dataset.Written written) {
    if (json) {
      ObjectNode object = written.statistics().json();
      object.put("folder", output.toString()).put("library_warnings", written.warnings());
      console.line(object.toString());
      return;
    }
    int rejected = written.statistics().rejectedLayouts();
    console.line(
        "%d views in %s, %d of them (%.1f %%) with a rejected layout"
            .formatted(scenes, output, rejected, 100.0 * rejected / scenes));
  }
}
