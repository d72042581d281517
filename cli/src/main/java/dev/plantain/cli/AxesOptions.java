package dev.plantain.cli;

import dev.plantain.core.Answer;
import dev.plantain.core.Image;
import dev.plantain.core.Normals;
import dev.plantain.core.Vision;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.eval.NormalAxes;
import dev.plantain.eval.NormalAxes.Box;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The check of a generator's normals on a photo whose walls are known. */
final class AxesOptions {
  @Option(
      names = "--axes",
      paramLabel = "PHOTO",
      description = "Check the axes of normals on this photo, and nothing else.")
  @Nullable Path photo;

  @Option(
      names = "--floor",
      paramLabel = "X,Y,WxH",
      converter = BoxConverter.class,
      description = "With --axes: pixels that show floor only (default: in the middle below).")
  private @Nullable Box floor;

  @Option(
      names = "--wall",
      paramLabel = "X,Y,WxH",
      converter = BoxConverter.class,
      description = "With --axes: pixels that show the left wall only (default: at the left).")
  private @Nullable Box wall;

  @Mixin AskOptions.DialectOption dialect = new AskOptions.DialectOption();

  /** Asks, and tells what the channels show. */
  int check(Console console, GeneratorOptions generator, boolean json) throws IOException {
    Path file = photo == null ? Path.of("") : photo;
    Optional<Dialect> chosen = dialect.chosen();
    Image image = PhotoRun.read(file).image();
    Box below = floor == null ? Box.floorOf(image.width(), image.height()) : floor;
    Box left = wall == null ? Box.wallOf(image.width(), image.height()) : wall;
    requireInside("--floor", below, file, image);
    requireInside("--wall", left, file, image);
    generator.announce(console, 1);
    try (Vision opened = generator.open()) {
      Vision vision = opened.drawing(generator.options());
      vision = chosen.map(vision::speaking).orElse(vision);
      Answer<NormalMap> answer = vision.answer(image, Normals.camera());
      NormalAxes axes = NormalAxes.find(answer.orThrow(), vision.dialect().normals(), below, left);
      tell(console, generator.generator, vision.dialect(), axes, json);
      return axes.channels().isPresent() ? ExitCode.OK : ExitCode.GENERATOR;
    }
  }

  private static void requireInside(String option, Box box, Path file, Image image) {
    if (box.x() + box.width() > image.width() || box.y() + box.height() > image.height()) {
      throw new UsageException(
          "%s %d,%d,%dx%d is not inside %s, which has %d x %d pixels"
              .formatted(
                  option,
                  box.x(),
                  box.y(),
                  box.width(),
                  box.height(),
                  file,
                  image.width(),
                  image.height()));
    }
  }

  private static void tell(
      Console console, String generator, Dialect dialect, NormalAxes axes, boolean json) {
    String assumed = Dialect.channels(dialect.normals());
    Optional<String> found = axes.channels().map(Dialect::channels);
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("generator", generator);
      object.put("dialect", dialect.name());
      object.put("assumed", assumed);
      object.put("channels", found.orElse(null));
      object.put("doubt", axes.doubt().orElse(null));
      object.put("floor", facts(axes.floor()));
      object.put("wall", facts(axes.wall()));
      object.put("towards_viewer", axes.towardsViewer());
      console.line(JsonText.line(object));
      return;
    }
    console.line("floor, which faces up: " + words(axes.floor()));
    console.line("left wall, which faces right: " + words(axes.wall()));
    if (found.isEmpty()) {
      console.warn(
          "%s; pass what shows floor and wall only with --floor and --wall, or take another photo"
              .formatted(axes.doubt().orElse("")));
      return;
    }
    console.line(
        found.get().equals(assumed)
            ? "as the dialect %s has it:".formatted(dialect.name())
            : "the dialect %s has %s; in a file of your own, for --dialect, put:"
                .formatted(dialect.name(), assumed));
    console.line("normals.channels=" + found.get());
  }

  private static Map<String, Object> facts(NormalAxes.Region region) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("median", region.median());
    object.put("agreement", region.agreement());
    return object;
  }

  private static String words(NormalAxes.Region region) {
    double[] m = region.median();
    return String.format(
        Locale.ROOT,
        "red %+.2f, green %+.2f, blue %+.2f; %.0f %% of its pixels agree",
        m[0],
        m[1],
        m[2],
        100 * region.agreement());
  }

  /** Reads {@code 200,400,80x40}. */
  static final class BoxConverter implements ITypeConverter<Box> {
    private static final Pattern BOX =
        Pattern.compile("(\\d{1,6}),(\\d{1,6}),(\\d{1,6})[xX×](\\d{1,6})");

    @Override
    public Box convert(String text) {
      Matcher m = BOX.matcher(text.strip());
      List<Integer> numbers =
          m.matches()
              ? List.of(
                  Integer.parseInt(m.group(1)),
                  Integer.parseInt(m.group(2)),
                  Integer.parseInt(m.group(3)),
                  Integer.parseInt(m.group(4)))
              : List.of();
      if (numbers.isEmpty() || numbers.get(2) < 1 || numbers.get(3) < 1) {
        throw new TypeConversionException(
            "a box is COLUMN,ROW,WIDTHxHEIGHT in pixels, got \"%s\"".formatted(text));
      }
      return new Box(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
    }
  }
}
