package dev.plantain.core.instruct;

import dev.plantain.codec.NormalCodec;
import dev.plantain.codec.NormalCodec.Direction;
import dev.plantain.core.instruct.Colours.Notation;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a generator was taught to be asked and to draw: wordings of each task, depth schemes,
 * backgrounds, the axes of its normals.
 *
 * <p>It is data: a properties file in UTF-8. {@code paper.properties}, beside this class, is the
 * default and explains the keys; a user's own is read by {@link #read}. A task without a wording is
 * one the dialect cannot be asked.
 */
public final class Dialect {
  /** Longer texts are no instructions; a legend of 80 classes takes about 3,000. */
  static final int MAX_TEXT = 20_000;

  private static final List<Notation> NOTATIONS = List.of(Notation.values());

  private static final Map<String, Direction> DIRECTIONS =
      Map.of(
          "+x",
          Direction.RIGHT,
          "-x",
          Direction.LEFT,
          "+y",
          Direction.UP,
          "-y",
          Direction.DOWN,
          "+z",
          Direction.VIEWER,
          "-z",
          Direction.AWAY);

  private static final List<Dialect> BUILT_IN =
      List.of(load("paper.properties"), load("open-vision-banana.properties"));

  private final String name;
  private final Map<TaskKind, List<Template>> wordings = new EnumMap<>(TaskKind.class);
  private final Map<TaskKind, Integer> backgrounds = new EnumMap<>(TaskKind.class);
  private final Map<DepthScheme, String> schemes = new EnumMap<>(DepthScheme.class);
  private final DepthScheme scheme;
  private final NormalCodec normals;
  private final Notation notation;
  private final List<String> unverified;

  private Dialect(Properties file) {
    name = required(file, "name");
    for (TaskKind kind : TaskKind.values()) {
      List<Template> templates = new ArrayList<>();
      for (int i = 1; file.containsKey(kind.key + "." + i); i++) {
        templates.add(wording(kind, required(file, kind.key + "." + i)));
      }
      wordings.put(kind, List.copyOf(templates));
      String background = file.getProperty(kind.key + ".background");
      if (background != null) {
        backgrounds.put(kind, Colours.parse(background));
      }
    }
    for (DepthScheme each : DepthScheme.values()) {
      String words = file.getProperty("depth.scheme." + each.name().toLowerCase(Locale.ROOT));
      if (words != null) {
        schemes.put(each, TemplateReader.normal(words));
      }
    }
    scheme = choice(DepthScheme.class, file.getProperty("depth.scheme", "cube"));
    normals = channels(file.getProperty("normals.channels", "-x +y +z"));
    notation = choice(Notation.class, file.getProperty("colours", "name"));
    unverified =
        Stream.of(file.getProperty("unverified", "").split(" ")).filter(k -> !k.isBlank()).toList();
    if (!wordings(TaskKind.DEPTH_METRIC).isEmpty() && !schemes.containsKey(scheme)) {
      throw new InstructionException(
          "the dialect \"%s\" has no words for its depth scheme: set depth.scheme.%s"
              .formatted(name, scheme.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** The dialect of "Image Generators are Generalist Vision Learners". */
  public static Dialect paper() {
    return BUILT_IN.getFirst();
  }

  /** The dialect of Open Vision Banana, as far as it is published; see {@link #unverified}. */
  public static Dialect openVisionBanana() {
    return BUILT_IN.get(1);
  }

  /** The paper's first. */
  public static List<Dialect> builtIn() {
    return BUILT_IN;
  }

  /**
   * A built-in dialect by its name.
   *
   * @throws InstructionException if there is none, naming those there are
   */
  public static Dialect named(String name) {
    return BUILT_IN.stream()
        .filter(d -> d.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InstructionException(
                    "no dialect \"%s\"; there are %s"
                        .formatted(name, BUILT_IN.stream().map(Dialect::name).toList())));
  }

  /**
   * Reads a dialect's file.
   *
   * @throws InstructionException if a key has a wrong value; the message says which
   */
  public static Dialect read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      Properties properties = new Properties();
      properties.load(reader);
      return new Dialect(properties);
    } catch (IllegalArgumentException e) {
      throw new InstructionException(file + ": " + e.getMessage());
    }
  }

  private static Dialect load(String resource) {
    try (InputStream in = Dialect.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from this build");
      }
      Properties properties = new Properties();
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return new Dialect(properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String name() {
    return name;
  }

  /** Keys of this dialect's file that nobody has published or measured: best guesses. */
  public List<String> unverified() {
    return unverified;
  }

  /** The depth scheme it draws unless told otherwise. */
  public DepthScheme depthScheme() {
    return scheme;
  }

  /** The depth schemes it has words for. */
  public List<DepthScheme> depthSchemes() {
    return List.copyOf(schemes.keySet());
  }

  /** The colours it draws normals in. */
  public NormalCodec normals() {
    return normals;
  }

  /** The background it wants around segments where the task names none. */
  public OptionalInt segmentsBackground() {
    return background(TaskKind.SEGMENTS);
  }

  /** The background it wants around instances where the task names none. */
  public OptionalInt instancesBackground() {
    return background(TaskKind.INSTANCES);
  }

  /** The background it wants around what a phrase refers to; black where its file says nothing. */
  public int referringBackground() {
    return background(TaskKind.REFERRING).orElse(Colours.BLACK);
  }

  private OptionalInt background(TaskKind kind) {
    Integer rgb = backgrounds.get(kind);
    return rgb == null ? OptionalInt.empty() : OptionalInt.of(rgb);
  }

  /**
   * Puts an ask into words.
   *
   * @param wording 0 is the dialect's first wording; any other number picks one, and a way to write
   *     colours, at random but always the same
   * @throws InstructionException.Unsupported if the dialect has no words for it
   */
  public Instruction write(Ask ask, long wording) {
    TaskKind kind = TaskKind.of(ask);
    List<Template> templates = wordings(kind);
    if (templates.isEmpty()) {
      TaskKind nearest = kind.nearest();
      String advice =
          wordings(nearest).isEmpty()
              ? "use a generator of another dialect"
              : "ask for %s instead: %s".formatted(nearest.title, nearest.call);
      throw new InstructionException.Unsupported(
          "the dialect \"%s\" cannot ask for %s; %s".formatted(name, kind.title, advice));
    }
    SplittableRandom random = new SplittableRandom(wording);
    Template template =
        wording == 0 ? templates.getFirst() : templates.get(random.nextInt(templates.size()));
    Notation colours = wording == 0 ? notation : NOTATIONS.get(random.nextInt(NOTATIONS.size()));
    Gaps gaps = gaps(ask);
    for (boolean quoted : new boolean[] {false, true}) {
      String text = TemplateWriter.write(template, gaps, colours, quoted);
      if (reads(text, ask)) {
        return new Instruction(text, ask);
      }
    }
    throw new InstructionException(
        "the dialect \"%s\" cannot tell its own words apart here; reword \"%s\""
            .formatted(name, template.source()));
  }

  private boolean reads(String text, Ask ask) {
    return find(text).filter(ask::equals).isPresent();
  }

  /**
   * Reads a text back.
   *
   * @throws InstructionException.NotPerception if it has none of this dialect's forms
   */
  public Instruction parse(String text) {
    String normal = text.length() > MAX_TEXT ? "" : TemplateReader.normal(text);
    return new Instruction(
        text,
        find(normal)
            .orElseThrow(
                () ->
                    new InstructionException.NotPerception(
                        "not a perception instruction in the dialect \"%s\": \"%s\""
                            .formatted(name, excerpt(text)))));
  }

  private Optional<Ask> find(String text) {
    for (TaskKind kind : TaskKind.values()) {
      for (Template template : wordings(kind)) {
        Optional<Ask> ask = TemplateReader.read(template, text).flatMap(gaps -> ask(kind, gaps));
        if (ask.isPresent()) {
          return ask;
        }
      }
    }
    return Optional.empty();
  }

  private List<Template> wordings(TaskKind kind) {
    return wordings.getOrDefault(kind, List.of());
  }

  private Gaps gaps(Ask ask) {
    return switch (ask) {
      case Ask.MetricDepth depth ->
          new Gaps(List.of(), List.of(), OptionalInt.empty(), words(depth.scheme()));
      case Ask.Segments segments -> Gaps.of(segments.legend(), segments.background());
      case Ask.Instances instances ->
          new Gaps(List.of(instances.phrase()), List.of(), instances.background(), "");
      case Ask.Referring referring ->
          Gaps.of(referring.legend(), OptionalInt.of(referring.background()));
      case Ask.RelativeDepth depth -> Gaps.NONE;
      case Ask.Normals normals -> Gaps.NONE;
      case Ask.Edges edges -> Gaps.NONE;
    };
  }

  private String words(DepthScheme wanted) {
    String words = schemes.get(wanted);
    if (words == null) {
      throw new InstructionException.Unsupported(
          "the dialect \"%s\" draws depth in %s, not in %s"
              .formatted(name, schemes.keySet(), wanted));
    }
    return words;
  }

  /** The ask of these gaps; empty if no such ask can be, as two classes of one colour. */
  private Optional<Ask> ask(TaskKind kind, Gaps gaps) {
    try {
      return switch (kind) {
        case DEPTH_METRIC ->
            schemes.entrySet().stream()
                .filter(e -> e.getValue().equalsIgnoreCase(gaps.scheme()))
                .map(e -> (Ask) new Ask.MetricDepth(e.getKey()))
                .findFirst();
        case DEPTH_RELATIVE -> Optional.of(new Ask.RelativeDepth());
        case NORMALS -> Optional.of(new Ask.Normals(this.normals));
        case SEGMENTS -> Optional.of(new Ask.Segments(gaps.legend(), gaps.background()));
        case INSTANCES ->
            Optional.of(new Ask.Instances(gaps.phrases().getFirst(), gaps.background()));
        case REFERRING ->
            Optional.of(
                new Ask.Referring(
                    gaps.legend(), gaps.background().orElseGet(this::referringBackground)));
        case EDGES -> Optional.of(new Ask.Edges());
      };
    } catch (InstructionException.NotPerception | InstructionException.Unsupported e) {
      throw e;
    } catch (InstructionException e) {
      return Optional.empty();
    }
  }

  private static Template wording(TaskKind kind, String source) {
    Template template = Template.compile(source);
    boolean coloured =
        template.has(Template.Kind.LEGEND)
            || (template.has(Template.Kind.PHRASE)
                && (template.has(Template.Kind.COLOUR) || template.has(Template.Kind.IN_COLOUR)));
    boolean complete =
        switch (kind) {
          case DEPTH_METRIC -> template.has(Template.Kind.SCHEME);
          case SEGMENTS, REFERRING -> coloured;
          case INSTANCES -> template.has(Template.Kind.PHRASE) && !coloured;
          case DEPTH_RELATIVE, NORMALS, EDGES -> true;
        };
    if (!complete) {
      throw new InstructionException(
          "the wording \"%s\" of %s lacks gaps it needs".formatted(source, kind.key));
    }
    return template;
  }

  /** What red, green and blue show, as {@code normals.channels} has it: {@code "-x +y +z"}. */
  public static String channels(NormalCodec codec) {
    return Stream.of(codec.red(), codec.green(), codec.blue())
        .map(
            direction ->
                DIRECTIONS.entrySet().stream()
                    .filter(e -> e.getValue() == direction)
                    .findFirst()
                    .orElseThrow()
                    .getKey())
        .collect(Collectors.joining(" "));
  }

  private static NormalCodec channels(String text) {
    List<Direction> channels = new ArrayList<>();
    for (String word : text.strip().split(" +")) {
      Direction direction = DIRECTIONS.get(word);
      if (direction != null) {
        channels.add(direction);
      }
    }
    if (channels.size() != 3 || text.replaceAll("[^xyz]", "").chars().distinct().count() != 3) {
      throw new InstructionException(
          "normals.channels says what red, green and blue show, like \"-x +y +z\"; got \"%s\""
              .formatted(text));
    }
    return new NormalCodec(channels.get(0), channels.get(1), channels.get(2));
  }

  private static String excerpt(String text) {
    String normal = TemplateReader.normal(text.substring(0, Math.min(text.length(), 200)));
    return normal.length() <= 80 ? normal : normal.substring(0, 80) + "…";
  }

  private static String required(Properties file, String key) {
    String value = file.getProperty(key);
    if (value == null || value.isBlank()) {
      throw new InstructionException("a dialect needs the key \"%s\"".formatted(key));
    }
    return value;
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String value) {
    try {
      return Enum.valueOf(type, value.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new InstructionException(
          "\"%s\" is none of %s".formatted(value, List.of(type.getEnumConstants())));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
