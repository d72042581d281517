package dev.plantain.core;

import dev.plantain.codec.Legend;
import dev.plantain.codec.PhraseMask;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Ask.Entry;
import dev.plantain.core.instruct.Colours;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.instruct.Palette;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Where what a phrase refers to is.
 *
 * @param phrase free words: "the chair nearest the window"
 * @param rgb the colour it is asked for in; exchanged if near a background that is the dialect's
 *     own and not black
 * @param backgroundRgb the colour of everything else; the dialect's own if empty
 * @param wording see {@link Dialect#write}
 * @throws dev.plantain.core.instruct.InstructionException if the phrase says nothing
 */
public record Referring(String phrase, int rgb, OptionalInt backgroundRgb, long wording)
    implements Task<Mask> {

  /**
   * A mask less sure than this in the mean is a generator's hesitation: to it, nothing is there.
   * Chosen on views of Diorama's training split, where Sprout's hesitant masks of true phrases lie
   * beside what is meant.
   */
  private static final float HESITANT = 0.15f;

  public Referring {
    phrase = new Entry(phrase, rgb).phrase();
  }

  /** One phrase, in white. */
  public static Referring to(String phrase) {
    return new Referring(phrase, Colours.WHITE, OptionalInt.empty(), 0);
  }

  /** Several phrases in one drawing, each in a colour of its own; one mask each, in order. */
  public static Each toEach(String... phrases) {
    return toEach(List.of(phrases));
  }

  /** Several phrases in one drawing, each in a colour of its own; one mask each, in order. */
  public static Each toEach(List<String> phrases) {
    return new Each(
        Segments.zip(phrases, Palette.distinct(phrases.size(), Colours.BLACK)),
        OptionalInt.empty(),
        0);
  }

  /** The same in this colour, {@code 0xRRGGBB}. */
  public Referring in(int colour) {
    return new Referring(phrase, colour, backgroundRgb, wording);
  }

  /** The same on this background, {@code 0xRRGGBB}. */
  public Referring background(int colour) {
    return new Referring(phrase, rgb, OptionalInt.of(colour), wording);
  }

  /** The same in other words. */
  public Referring worded(long seed) {
    return new Referring(phrase, rgb, backgroundRgb, seed);
  }

  @Override
  public String name() {
    return "refer";
  }

  @Override
  public Instruction ask(Dialect dialect) {
    return dialect.write(ask(List.of(new Entry(phrase, rgb)), backgroundRgb, dialect), wording);
  }

  /** Colours are chosen for black; on another ground those near it are exchanged. */
  private static Ask.Referring ask(List<Entry> legend, OptionalInt backgroundRgb, Dialect dialect) {
    int ground = backgroundRgb.orElse(dialect.referringBackground());
    boolean chosen = backgroundRgb.isPresent() || ground == Colours.BLACK;
    return new Ask.Referring(chosen ? legend : Segments.apart(legend, ground), ground);
  }

  @Override
  public Mask read(Drawing drawing, ColourProfile profile) {
    Image image = drawing.image();
    boolean[] inside = new boolean[image.width() * image.height()];
    float[] confidence = new float[inside.length];
    codec(drawing.instruction()).decode(profile.correct(image), inside, null, confidence);
    Mask mask = Mask.of(phrase, image.width(), image.height(), inside, confidence);
    return mask.isEmpty() || mask.score() >= HESITANT
        ? mask
        : Mask.of(phrase, image.width(), image.height(), new boolean[inside.length], confidence);
  }

  @Override
  public Image paint(Mask mask, Instruction instruction) {
    byte[] rgb8 = new byte[3 * mask.width() * mask.height()];
    boolean[] inside = new boolean[mask.width() * mask.height()];
    mask.bits().stream().forEach(i -> inside[i] = true);
    codec(instruction).paint(inside, rgb8);
    return Image.of(mask.width(), mask.height(), rgb8);
  }

  private static PhraseMask codec(Instruction instruction) {
    Ask.Referring ask = Reading.expect(Ask.Referring.class, instruction);
    return new PhraseMask(ask.legend().getFirst().rgb(), ask.background());
  }

  @Override
  public Mask fit(Mask mask, Upsampler photo) {
    return photo.mask(mask);
  }

  /** The same phrase in another colour and other words. */
  @Override
  public Referring variant(long seed) {
    return variant(seed, ColourProfile.identity());
  }

  @Override
  public Referring variant(long seed, ColourProfile profile) {
    int ground = backgroundRgb.orElse(Colours.BLACK);
    return seed == 0 ? this : in(profile.palette(1, seed, ground).getFirst()).worded(seed);
  }

  @Override
  public Optional<UnaryOperator<Mask>> mirror() {
    return Sides.named(List.of(phrase)) ? Optional.empty() : Optional.of(Mask::mirrored);
  }

  @Override
  public Mask fuse(List<Mask> answers) {
    return Fusion.masks(answers);
  }

  /**
   * Several phrases at once.
   *
   * @param legend the phrases and their colours, exchanged as in {@link Referring}
   * @param backgroundRgb the colour of everything else; the dialect's own if empty
   * @param wording see {@link Dialect#write}
   * @throws IllegalArgumentException if there is no phrase
   */
  public record Each(List<Entry> legend, OptionalInt backgroundRgb, long wording)
      implements Task<List<Mask>> {
    public Each {
      legend = List.copyOf(legend);
      if (legend.isEmpty()) {
        throw new IllegalArgumentException("nothing is referred to: give at least one phrase");
      }
    }

    /** The same on this background, {@code 0xRRGGBB}. */
    public Each background(int colour) {
      return new Each(legend, OptionalInt.of(colour), wording);
    }

    /** The same in other words. */
    public Each worded(long seed) {
      return new Each(legend, backgroundRgb, seed);
    }

    @Override
    public String name() {
      return "refer";
    }

    @Override
    public Instruction ask(Dialect dialect) {
      return dialect.write(Referring.ask(legend, backgroundRgb, dialect), wording);
    }

    @Override
    public List<Mask> read(Drawing drawing, ColourProfile profile) {
      return masks(Reading.labels(phrases(), codec(drawing.instruction()), drawing, profile));
    }

    @Override
    public Optional<List<Mask>> readTogether(List<Drawing> drawings, ColourProfile profile) {
      return Optional.of(masks(Reading.labels(phrases(), Each::codec, drawings, profile)));
    }

    private List<String> phrases() {
      return legend.stream().map(Entry::phrase).toList();
    }

    private static List<Mask> masks(LabelMap map) {
      return IntStream.range(0, map.classes().size()).mapToObj(map::mask).toList();
    }

    @Override
    public Image paint(List<Mask> masks, Instruction instruction) {
      Mask first = masks.getFirst();
      int[] labels = new int[first.width() * first.height()];
      Arrays.fill(labels, Legend.BACKGROUND);
      for (int i = 0; i < masks.size(); i++) {
        BitSet bits = masks.get(i).bits();
        int label = i;
        bits.stream().forEach(pixel -> labels[pixel] = label);
      }
      byte[] rgb8 = new byte[3 * labels.length];
      codec(instruction).paint(labels, rgb8);
      return Image.of(first.width(), first.height(), rgb8);
    }

    private static Legend codec(Instruction instruction) {
      Ask.Referring ask = Reading.expect(Ask.Referring.class, instruction);
      return Legend.of(ask.legend().stream().mapToInt(Entry::rgb).toArray())
          .withBackground(ask.background());
    }

    @Override
    public List<Mask> fit(List<Mask> masks, Upsampler photo) {
      return masks.stream().map(photo::mask).toList();
    }

    @Override
    public Each variant(long seed) {
      return variant(seed, ColourProfile.identity());
    }

    @Override
    public Each variant(long seed, ColourProfile profile) {
      if (seed == 0) {
        return this;
      }
      int ground = backgroundRgb.orElse(Colours.BLACK);
      return new Each(
          Segments.zip(phrases(), profile.palette(legend.size(), seed, ground)),
          backgroundRgb,
          seed);
    }

    @Override
    public Optional<UnaryOperator<List<Mask>>> mirror() {
      return Sides.named(phrases())
          ? Optional.empty()
          : Optional.of(masks -> masks.stream().map(Mask::mirrored).toList());
    }

    @Override
    public List<Mask> fuse(List<List<Mask>> answers) {
      List<Mask> fused = new ArrayList<>();
      for (int i = 0; i < legend.size(); i++) {
        int phrase = i;
        fused.add(Fusion.masks(answers.stream().map(masks -> masks.get(phrase)).toList()));
      }
      return List.copyOf(fused);
    }
  }
}
