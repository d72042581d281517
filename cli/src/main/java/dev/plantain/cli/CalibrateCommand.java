package dev.plantain.cli;

import dev.plantain.core.Vision;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.diorama.Diorama;
import dev.plantain.diorama.Split;
import dev.plantain.eval.Calibration;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.set.DioramaSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plantain calibrate}. */
@Command(
    name = "calibrate",
    header = "Measure how a generator distorts the colours it is asked for.",
    description = {
      "Asks for classes of Diorama's views in colours from all over the cube, compares what is"
          + " drawn with what was asked for, and keeps a profile: later questions to the same"
          + " generator are read with it, and their legends chosen by it.",
      "With --axes PHOTO instead: asks for the normals of a photo with a floor below and a wall on"
          + " the left, and tells what red, green and blue show, as a dialect's file has it."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {
      "  plantain calibrate --generator gemini:MODEL --photos 30",
      "  plantain calibrate --generator klein:DIR --axes corridor.jpg"
    })
final class CalibrateCommand implements Callable<Integer> {
  private static final long FIRST_SEED = 800_000_000;

  private final Console console;

  @Mixin private GeneratorOptions generator = new GeneratorOptions();

  @Option(
      names = "--photos",
      paramLabel = "N",
      defaultValue = "48",
      description = "Photos to ask about, a drawing each (default: ${DEFAULT-VALUE}).")
  private int photos = 48;

  @Option(
      names = "--view",
      paramLabel = "WxH",
      defaultValue = "256x192",
      converter = SizeConverter.class,
      description = "Pixels of a photo (default: ${DEFAULT-VALUE}).")
  private SizeConverter.Size view = new SizeConverter.Size(256, 192);

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to keep the profile (default: the settings folder).")
  private @Nullable Path output;

  @Mixin private AxesOptions axes = new AxesOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  CalibrateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (photos < 3) {
      throw new UsageException("--photos takes 3 or more, got " + photos);
    }
    generator.how.hosted.validate();
    if (axes.photo != null) {
      return axes.check(console, generator, json);
    }
    Path file = output == null ? Profiles.file(generator.generator) : output;
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      PhotoRun.requireWritable(folder);
    }
    generator.announce(console, photos);
    Optional<Dialect> dialect = axes.dialect.chosen();
    try (Vision opened = generator.open().drawing(generator.options());
        Progress progress = new Progress(console, photos, "calibrate")) {
      Vision vision = dialect.map(opened::speaking).orElse(opened);
      Calibration.Result result = Calibration.run(vision, views(), photos, n -> progress.step());
      if (result.regions() == 0) {
        result.failures().stream().limit(3).forEach(console::warn);
        console.err().println("error: nothing was drawn that can be measured; see the warnings");
        console.err().flush();
        return ExitCode.GENERATOR;
      }
      if (folder != null) {
        Files.createDirectories(folder);
      }
      result.profile().write(file);
      tell(result, file);
    }
    return ExitCode.OK;
  }

  private EvalSet views() {
    Diorama diorama = Diorama.open(Diorama.installedLibraries(), console::warn).withoutEdits();
    return new DioramaSet(
        "diorama validation",
        photos,
        () ->
            LongStream.range(0, photos)
                .mapToObj(
                    i ->
                        diorama.view(
                            Split.VALIDATION, FIRST_SEED + i, view.width(), view.height())));
  }

  private void tell(Calibration.Result result, Path file) {
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("generator", generator.generator);
      object.put("profile", file.toString());
      object.put("regions", result.regions());
      object.put("wrong_colour", result.wrong());
      object.put("patchy", result.patchy());
      object.put("error_before", result.errorBefore());
      object.put("error_after", result.errorAfter());
      object.put("helps", result.helps());
      object.put("failures", result.failures());
      console.line(JsonText.line(object));
      return;
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %d regions measured; %d more in the colour of another class, %d of no one colour"
            .formatted(generator.generator, result.regions(), result.wrong(), result.patchy()));
    lines.add(
        String.format(
            Locale.ROOT,
            "  colours are off by %.1f of 255 levels, corrected by %.1f (on regions held back)",
            result.errorBefore(),
            result.errorAfter()));
    lines.add(
        result.helps()
            ? "  profile: " + file
            : "  correction does not help: a profile without any is kept in " + file);
    lines.forEach(console::line);
    result.failures().stream().limit(5).forEach(console::warn);
  }
}
