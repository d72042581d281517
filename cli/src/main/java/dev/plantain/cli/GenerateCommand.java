package dev.plantain.cli;

import dev.plantain.core.Generator;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Vision;
import dev.plantain.formats.Png;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plantain generate}. */
@Command(
    name = "generate",
    header = "Draw a picture from words.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain generate \"a living room with a red sofa\" --seed 7")
final class GenerateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "WORDS", description = "What to draw.")
  private String words = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      defaultValue = "plantain-out",
      description = "Where the picture goes (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("plantain-out");

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Mixin private GeneratorOptions drawing = new GeneratorOptions();
  @Mixin private SamplingOptions sampling = new SamplingOptions();

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  GenerateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    String prompt = Pictures.prompt(words);
    Options options = sampling.with(drawing.options());
    PhotoRun.requireWritable(folder);
    drawing.how.hosted.validate();
    drawing.announce(console, 1);
    try (Vision vision = drawing.open()) {
      Generator generator = vision.generator();
      Image image = Pictures.generate(generator, prompt, options);
      String name = Slug.of(prompt) + "-" + drawing.how.seed;
      Path file = folder.resolve(name + ".png");
      Leftovers.watch(folder, folder);
      Png.write(file, image);
      Map<String, Object> facts =
          Pictures.facts("", "generate", generator.traits(), drawing.how.seed, prompt, file, image);
      Pictures.keep(folder.resolve(name + ".json"), facts);
      console.line(
          json
              ? JsonText.line(facts)
              : "%s: %d x %d, drawn by %s with seed %d"
                  .formatted(
                      file,
                      image.width(),
                      image.height(),
                      generator.traits().name(),
                      drawing.how.seed));
    }
    return ExitCode.OK;
  }
}
