package dev.plantain.core;

import dev.plantain.codec.Legend;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Ask.Entry;
import dev.plantain.core.instruct.Colours;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.instruct.Palette;
import dev.plantain.core.measure.LabelMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Which class every pixel is of. Any words may be a class.
 *
 * @param legend the classes and the colours they are asked for in; where the background is the
 *     dialect's own, those near it are exchanged
 * @param backgroundRgb the colour of what is in no class; the dialect's own, or none, if empty
 * @param nearest every pixel goes to the nearest colour, however far, as in the paper; else a
 *     colour far from all is {@link LabelMap#UNASSIGNED}
 * @param wording see {@link Dialect#write}
 * @throws dev.plantain.core.instruct.InstructionException if the legend is empty, or two entries
 *     cannot be told apart
 */
public record Segments(List<Entry> legend, OptionalInt backgroundRgb, boolean nearest, long wording)
    implements Task<LabelMap> {

  public Segments {
    legend = new Ask.Segments(legend, backgroundRgb).legend();
  }

  /** These classes, in colours far apart; every pixel is of one of them. */
  public static Segments of(String... classes) {
    return of(List.of(classes));
  }

  /** These classes, in colours far apart; every pixel is of one of them. */
  public static Segments of(List<String> classes) {
    return coloured(zip(classes, Palette.distinct(classes.size())));
  }

  /** These classes in these colours; every pixel is of one of them. */
  public static Segments coloured(List<Entry> legend) {
    return new Segments(legend, OptionalInt.empty(), false, 0);
  }

  /** The same with a background, black, for what is in no class. */
  public Segments background() {
    return background(Colours.BLACK);
  }

  /** The same with a background of this colour, {@code 0xRRGGBB}. */
  public Segments background(int rgb) {
    return new Segments(legend, OptionalInt.of(rgb), nearest, wording);
  }

  /** The same with every pixel in the class of the nearest colour, however far. */
  public Segments nearestAlways() {
    return new Segments(legend, backgroundRgb, true, wording);
  }

  /** The same in other words. */
  public Segments worded(long seed) {
    return new Segments(legend, backgroundRgb, nearest, seed);
  }

  /** Names of the classes; a label is an index of this list. */
  public List<String> classes() {
    return legend.stream().map(Entry::phrase).toList();
  }

  /** How many drawings so many classes are asked for in: a legend has room for some only. */
  public static int drawings(int classes) {
    return Division.drawings(classes);
  }

  @Override
  public String name() {
    return "segment";
  }

  @Override
  public Instruction ask(Dialect dialect) {
    OptionalInt own = dialect.segmentsBackground();
    if (backgroundRgb.isPresent() || own.isEmpty()) {
      return dialect.write(new Ask.Segments(legend, backgroundRgb), wording);
    }
    return dialect.write(new Ask.Segments(apart(legend, own.getAsInt()), own), wording);
  }

  @Override
  public LabelMap read(Drawing drawing, ColourProfile profile) {
    Ask.Segments ask = Reading.expect(Ask.Segments.class, drawing.instruction());
    if (ask.background().isEmpty()) {
      Reading.refuseBlank(drawing, "map of the classes");
    }
    return Reading.labels(classes(), codec(drawing.instruction()), drawing, profile);
  }

  @Override
  public Optional<LabelMap> readTogether(List<Drawing> drawings, ColourProfile profile) {
    return Optional.of(Reading.labels(classes(), this::codec, drawings, profile));
  }

  @Override
  public Image paint(LabelMap map, Instruction instruction) {
    byte[] rgb8 = new byte[3 * map.width() * map.height()];
    codec(instruction).paint(map.labels(), rgb8);
    return Image.of(map.width(), map.height(), rgb8);
  }

  private Legend codec(Instruction instruction) {
    Ask.Segments ask = Reading.expect(Ask.Segments.class, instruction);
    Legend all = Legend.of(ask.legend().stream().mapToInt(Entry::rgb).toArray());
    Legend colours = nearest ? all.nearestAlways() : all;
    return ask.background().isPresent()
        ? colours.withBackground(ask.background().getAsInt())
        : colours;
  }

  @Override
  public LabelMap fit(LabelMap map, Upsampler photo) {
    return photo.labels(map);
  }

  /** The same classes in a random legend and other words. */
  @Override
  public Segments variant(long seed) {
    return variant(seed, ColourProfile.identity());
  }

  @Override
  public Segments variant(long seed, ColourProfile profile) {
    if (seed == 0) {
      return this;
    }
    int[] taken = backgroundRgb.stream().toArray();
    List<Entry> shuffled = zip(classes(), profile.palette(legend.size(), seed, taken));
    return new Segments(shuffled, backgroundRgb, nearest, seed);
  }

  @Override
  public Optional<UnaryOperator<LabelMap>> mirror() {
    return Sides.named(classes()) ? Optional.empty() : Optional.of(LabelMap::mirrored);
  }

  @Override
  public LabelMap fuse(List<LabelMap> answers) {
    return LabelVote.of(answers);
  }

  static List<Entry> zip(List<String> phrases, List<Integer> colours) {
    List<Entry> legend = new ArrayList<>();
    for (int i = 0; i < phrases.size(); i++) {
      legend.add(new Entry(phrases.get(i), colours.get(i)));
    }
    return List.copyOf(legend);
  }

  /** The same phrases, none in a colour near the background's. */
  static List<Entry> apart(List<Entry> legend, int background) {
    return zip(
        legend.stream().map(Entry::phrase).toList(),
        Palette.apart(legend.stream().map(Entry::rgb).toList(), background));
  }
}
