package dev.plantain.cli;

import dev.plantain.core.Generator;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Vision;
import dev.plantain.formats.Photo;
import dev.plantain.formats.Png;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plantain edit}. */
@Command(
    name = "edit",
    header = "Change a photo as words say.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain edit photo.jpg \"remove the plant\"")
final class EditCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "PHOTO",
      description = "A picture, or a folder of pictures.")
  private Path photo = Path.of("");

  @Parameters(index = "1", paramLabel = "WORDS", description = "What to change.")
  private String words = "";

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private GeneratorOptions drawing = new GeneratorOptions();
  @Mixin private SamplingOptions sampling = new SamplingOptions();

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  EditCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    String prompt = Pictures.prompt(words);
    Options options = sampling.with(drawing.options());
    Inputs inputs = Inputs.of(photo);
    drawing.how.hosted.validate();
    drawing.announce(console, inputs.photos().size());
    PhotoRun.Work<Image> work =
        new PhotoRun.Work<>() {
          @Override
          public Image look(Inputs.Input input, Photo p, Vision vision) {
            return Pictures.edit(vision.generator(), p.image(), prompt, options);
          }

          @Override
          public PhotoRun.Told tell(Inputs.Input input, Photo p, Image edited, Vision vision)
              throws IOException {
            return edit(input, edited, vision.generator(), prompt);
          }
        };
    PhotoRun.requireWritable(output.folder);
    return new PhotoRun(console, output.json, "edit")
        .over(inputs, drawing::open, vision -> {}, work, drawing.atOnce());
  }

  private PhotoRun.Told edit(Inputs.Input input, Image image, Generator generator, String prompt)
      throws IOException {
    Path folder = output.folder.resolve(input.name()).resolve("edit-" + Slug.of(prompt));
    Leftovers.watch(output.folder.resolve(input.name()), output.folder);
    Path file = folder.resolve("edited.png");
    Png.write(file, image);
    Map<String, Object> facts =
        Pictures.facts(
            input.file().toString(),
            "edit",
            generator.traits(),
            drawing.how.seed,
            prompt,
            file,
            image);
    Pictures.keep(folder.resolve("result.json"), facts);
    String line =
        "edit: %s, %d x %d, drawn by %s"
            .formatted(file, image.width(), image.height(), generator.traits().name());
    return new PhotoRun.Told(List.of(line), List.of(), JsonText.line(facts), ExitCode.OK);
  }
}
