package dev.plantain.diorama;

import dev.plantain.core.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Synthetic worlds with exact answers, made from furniture libraries and a seed. Safe for several
 * threads; a view is a pure function of libraries, split, seed and size.
 */
public final class Diorama {
  /** Changes whenever equal seeds no longer give equal views. */
  public static final int VERSION = 2;

  /** Share of views that are taken outdoors. */
  private static final double OUTDOORS = 0.3;

  /** Share of the views that an environment map lights, where there are any. */
  private static final double MAPPED = 0.7;

  private final Assets assets;
  private final boolean edits;
  private final WorldOptions options;
  private final List<Environment> environments;

  private Diorama(
      Assets assets, boolean edits, WorldOptions options, List<Environment> environments) {
    this.assets = assets;
    this.edits = edits;
    this.options = options;
    this.environments = environments;
  }

  /**
   * The same models in other worlds.
   *
   * @throws UncheckedIOException if an environment map cannot be read
   */
  public Diorama with(WorldOptions other) {
    List<Environment> read = new ArrayList<>();
    try {
      for (Path file : other.environments()) {
        read.add(Environment.read(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    return new Diorama(assets, edits, other, List.copyOf(read));
  }

  /** The same views without their edits, which take about a third of the time. */
  public Diorama withoutEdits() {
    return new Diorama(assets, false, options, environments);
  }

  /**
   * Opens furniture libraries; warnings about single models go to standard error, once each.
   *
   * @param libraries {@code .sh3f} files, and folders of glTF models with a {@code sizes.csv}
   * @throws UncheckedIOException if none of them can be read
   */
  public static Diorama open(List<Path> libraries) {
    return open(libraries, System.err::println);
  }

  /**
   * Opens furniture libraries.
   *
   * @param warnings gets one line for each library, model or texture that cannot be used
   * @throws UncheckedIOException if no library can be read
   */
  public static Diorama open(List<Path> libraries, Consumer<String> warnings) {
    return open(libraries, MeshCache.standard(), warnings);
  }

  static Diorama open(List<Path> libraries, MeshCache cache, Consumer<String> warnings) {
    try {
      return new Diorama(
          Assets.open(libraries, cache, new Assets.Warnings(warnings)),
          true,
          WorldOptions.standard(),
          List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * The {@code .sh3f} files of a folder, in the folder named by the environment variable {@code
   * PLANTAIN_FURNITURE}, or where Debian's {@code sweethome3d-furniture} puts them.
   *
   * @throws UncheckedIOException if there are none; the message says how to get them
   */
  public static List<Path> installedLibraries() {
    String named = System.getenv("PLANTAIN_FURNITURE");
    Path folder =
        named == null || named.isBlank()
            ? Path.of("/usr/share/sweethome3d/furniture")
            : Path.of(named);
    return librariesIn(folder);
  }

  /**
   * The {@code .sh3f} files of a folder, sorted.
   *
   * @throws UncheckedIOException if there are none; the message says how to get them
   */
  public static List<Path> librariesIn(Path folder) {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        List<Path> found =
            files
                .filter(p -> p.toString().toLowerCase(Locale.ROOT).endsWith(".sh3f"))
                .sorted()
                .toList();
        if (!found.isEmpty()) {
          return found;
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot list %s".formatted(folder), e);
      }
    }
    throw new UncheckedIOException(
        new IOException(
            ("no furniture library (.sh3f) in %s: install Debian's sweethome3d-furniture, or set"
                    + " PLANTAIN_FURNITURE to a folder that holds some")
                .formatted(folder)));
  }

  /** Models that were left out or looked poorer than meant, counted once each. */
  public int warnings() {
    return assets.warnings().count();
  }

  /** The libraries' licences, as their catalogues state them, without repetitions. */
  public List<String> licences() {
    return assets.all().stream()
        .map(m -> assets.entry(m.id()).licence())
        .distinct()
        .sorted()
        .toList();
  }

  /** The size each model's library states, in metres, by the model's id. */
  public Map<String, Thing.Size> catalogue() {
    return assets.all().stream().collect(Collectors.toUnmodifiableMap(Model::id, Model::size));
  }

  static String id(Split split, long seed) {
    return String.format(Locale.ROOT, "%s-%09d", split.name().toLowerCase(Locale.ROOT), seed);
  }

  /** Who made the models a split may show, one line each, as their licences ask to be told. */
  public String attribution(Split split) {
    StringBuilder text = new StringBuilder();
    text.append("3D models shown in this data set, from Sweet Home 3D furniture libraries\n\n");
    assets.all().stream()
        .filter(m -> Splits.of(m.id()) == split)
        .map(m -> assets.entry(m.id()))
        .map(e -> "%s (%s) by %s. %s".formatted(e.name(), e.id(), e.creator(), e.licence()))
        .sorted()
        .forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /**
   * Views of seeds {@code firstSeed, firstSeed + 1, …} without end, in order unless the caller
   * makes the stream unordered; {@link Stream#parallel()} uses several threads.
   */
  public Stream<View> views(Split split, long firstSeed, int width, int height) {
    return LongStream.iterate(firstSeed, s -> s + 1).mapToObj(s -> view(split, s, width, height));
  }

  /**
   * One view.
   *
   * @param width in pixels, 16 to 4096
   * @param height in pixels, 16 to 4096
   */
  public View view(Split split, long seed, int width, int height) {
    if (width < 16 || height < 16 || width > 4096 || height > 4096) {
      throw new IllegalArgumentException(
          "a view is 16 to 4096 pixels wide and high, got %d x %d".formatted(width, height));
    }
    return develop(split, seed, staging(split, seed, width, height)).view();
  }

  /**
   * A view with how it came about.
   *
   * @param made how its edits were rendered, in their order
   */
  record Developed(
      View view, Staging staging, Frame frame, Answers answers, List<Editor.Made> made) {}

  /** Renders what is staged and writes all its answers. */
  Developed develop(Split split, long seed, Staging staging) {
    Rng rng = staging.rng();
    Setting setting = staging.setting();
    World world = staging.world();
    Lens lens = staging.lens();
    Frame frame = Renderer.render(world, lens, staging.noise(), edits);
    Sensor sensor = Sensor.metered(frame, world, rng.fork(4));
    Answers answers = new Answers(world, lens, frame);
    Facts facts = new Facts(answers, setting, world, frame);
    List<Expression> expressions = Expressions.write(facts, split == Split.TRAIN, rng.fork(5));
    Image photo = sensor.take(frame);
    Editor editor =
        new Editor(
            assets,
            split,
            staging.unlabelled(),
            setting,
            world,
            lens,
            staging.noise(),
            frame,
            sensor,
            answers,
            facts,
            expressions,
            options.edits(),
            rng.fork(6));
    View view =
        new View(
            id(split, seed),
            seed,
            photo,
            lens.width(),
            lens.height(),
            answers.depth,
            answers.normals,
            answers.ids,
            answers.edges,
            answers.things,
            Captions.write(facts, setting, rng.fork(7)),
            expressions,
            Questions.write(facts, rng.fork(8)),
            edits ? editor.write(photo) : List.of(),
            lens.camera());
    return new Developed(view, staging, frame, answers, editor.made());
  }

  /**
   * What stands where and from where it is seen, before it is rendered.
   *
   * @param unlabelled whether things that training never labels may stand there
   * @param noise seed of the samples that light it
   */
  record Staging(
      Rng rng, boolean unlabelled, Setting setting, World world, Lens lens, long noise) {}

  Staging staging(Split split, long seed, int width, int height) {
    Rng rng = new Rng(Rng.mix(seed) + 31L * split.name().hashCode() + 1009L * VERSION);
    boolean unlabelled = rng.chance(split == Split.TRAIN ? 0.35 : 0.65);
    Setting setting =
        rng.chance(OUTDOORS)
            ? Outdoors.build(assets, split, unlabelled, rng.fork(1))
            : Rooms.build(assets, split, unlabelled, options.livedIn(), rng.fork(1));
    Rng extra = rng.fork(9);
    if (!environments.isEmpty() && extra.chance(MAPPED)) {
      Environment map = extra.pick(environments);
      setting = setting.under(map.daylight(extra.rangeF(-Math.PI, Math.PI)), extra);
    }
    World world = setting.world();
    Lens lens = Photographer.choose(setting, world, rng.fork(2), width, height);
    if (options.distortion() > 0) {
      lens = lens.bent(extra.range(-options.distortion(), options.distortion()));
    }
    return new Staging(rng, unlabelled, setting, world, lens, rng.fork(3).nextLong());
  }
}
