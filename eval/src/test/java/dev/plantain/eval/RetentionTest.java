package dev.plantain.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Segments;
import dev.plantain.core.Traits;
import dev.plantain.core.Vision;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.diorama.Box;
import dev.plantain.diorama.Camera;
import dev.plantain.diorama.Edit;
import dev.plantain.diorama.Thing;
import dev.plantain.diorama.View;
import dev.plantain.eval.metric.Figure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Painters whose skill is known are compared on scenes of red boxes before a wall. */
class RetentionTest {
  private static final int SIDE = 64;
  private static final int RED = 0xC03030;
  private static final int BLUE = 0x3040C0;
  private static final int GREEN = 0x208020;
  private static final int WALL = 0xB0A890;

  /** A generator from what it draws of the pictures and the prompt. */
  private record Painter(BiFunction<List<Image>, String, Image> hand) implements Generator {
    @Override
    public Traits traits() {
      return new Traits(
          "painter", "paper", new Traits.Sizes(1, SIDE * SIDE, 1 << 20, 4), true, "CC0-1.0");
    }

    @Override
    public Image draw(List<Image> images, String prompt, Options options) {
      return hand.apply(images, prompt);
    }

    @Override
    public boolean drawsInPlace() {
      return true;
    }

    @Override
    public void close() {}
  }

  private static Image scene(int box) {
    return scene(box, 20);
  }

  /** Boxes of one colour, by their left sides. */
  private static Image scene(int box, int... lefts) {
    byte[] rgb8 = Image.filled(SIDE, SIDE, WALL).rgb8();
    for (int i = 0; i < SIDE * SIDE; i++) {
      int pixel = i;
      if (IntStream.of(lefts).anyMatch(left -> inBox(pixel, left))) {
        for (int c = 0; c < 3; c++) {
          rgb8[3 * i + c] = (byte) (box >> (16 - 8 * c));
        }
      }
    }
    return Image.of(SIDE, SIDE, rgb8);
  }

  private static boolean inBox(int pixel, int left) {
    int x = pixel % SIDE;
    int y = pixel / SIDE;
    return x >= left && x < left + 24 && y >= 24 && y < 48;
  }

  private static View view() {
    return view(
        List.of(thing(1, "box", RED, false, 576)), List.of(edit("Make the box blue.", BLUE)));
  }

  /** A view of these things before the wall. */
  private static View view(List<Thing> things, List<Edit> edits) {
    List<Thing> all = new ArrayList<>(things);
    all.addFirst(thing(0, "wall", WALL, true, SIDE * SIDE));
    return new View(
        "toy",
        1,
        scene(RED),
        SIDE,
        SIDE,
        new float[SIDE * SIDE],
        new float[3 * SIDE * SIDE],
        new short[SIDE * SIDE],
        new byte[SIDE * SIDE],
        all,
        List.of("Red boxes before a wall."),
        List.of(),
        List.of(),
        edits,
        new Camera(SIDE, 53.1, 1.5, 0, 0));
  }

  private static Edit edit(String instruction, int rgb) {
    return new Edit(instruction, Edit.Kind.RECOLOUR, null, scene(rgb), false);
  }

  private static Thing thing(int id, String name, int rgb, boolean stuff, int pixels) {
    Box box = new Box(0, 0, 1, 1);
    return new Thing(id, name, name, "red", rgb, stuff, true, "", box, box, pixels, 2, null);
  }

  /** Segments by looking for the box's place being unlike the wall. */
  private static final Generator CHECKER =
      new Painter(
          (images, prompt) -> {
            Image photo = images.getFirst();
            Instruction instruction = Instruction.parse(prompt);
            Ask.Segments ask = (Ask.Segments) instruction.ask();
            List<String> names = ask.legend().stream().map(Ask.Entry::phrase).toList();
            int[] labels = new int[photo.width() * photo.height()];
            byte[] rgb8 = photo.rgb8();
            for (int i = 0; i < labels.length; i++) {
              boolean wall = Math.abs((rgb8[3 * i + 1] & 255) - (WALL >> 8 & 255)) < 12;
              int label = names.indexOf(wall ? "wall" : "box");
              labels[i] = label < 0 ? LabelMap.BACKGROUND : label;
            }
            return Segments.coloured(ask.legend())
                .paint(LabelMap.of(photo.width(), photo.height(), names, labels), instruction);
          });

  private static final Generator GOOD =
      new Painter((images, prompt) -> images.isEmpty() ? scene(RED) : scene(BLUE));

  /** Leaves the photo as it is, and draws a wall alone. */
  private static final Generator LAZY =
      new Painter(
          (images, prompt) ->
              images.isEmpty() ? Image.filled(SIDE, SIDE, WALL) : images.getFirst());

  private static double value(List<Figure> figures, String name) {
    return figures.stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .map(Figure::value)
        .orElseThrow();
  }

  private static List<Figure> compare(Generator tuned, Generator base) {
    return compare(tuned, base, Stream.generate(RetentionTest::view).limit(4));
  }

  private static List<Figure> compare(Generator tuned, Generator base, Stream<View> views) {
    return Retention.run(tuned, base, Vision.with(CHECKER), views, 5);
  }

  /** Whatever is asked for. */
  private static Generator drawing(Image picture) {
    return new Painter((images, prompt) -> picture);
  }

  @Test
  void theBetterPainterWinsEditsAndCaptions() {
    List<Figure> figures = compare(GOOD, LAZY);
    assertThat(value(figures, "retention.edit_wins")).isEqualTo(1);
    assertThat(value(figures, "retention.caption_wins")).isEqualTo(1);
    assertThat(value(figures, "retention.edit_psnr_db"))
        .isGreaterThan(value(figures, "retention.edit_psnr_db_base"));
    assertThat(value(figures, "retention.change_iou")).isEqualTo(1);
    assertThat(value(figures, "retention.change_iou_base")).isZero();
    assertThat(value(figures, "retention.caption_there")).isEqualTo(1);
    List<Figure> swapped = compare(LAZY, GOOD);
    assertThat(value(swapped, "retention.edit_wins")).isZero();
    assertThat(value(swapped, "retention.caption_wins")).isZero();
  }

  @Test
  void equalsTie() {
    List<Figure> figures = compare(GOOD, GOOD);
    assertThat(value(figures, "retention.edit_wins")).isEqualTo(0.5);
    assertThat(value(figures, "retention.caption_wins")).isEqualTo(0.5);
  }

  @Test
  void aRefusalLosesInsteadOfLeavingTheCount() {
    Generator refusing =
        new Painter(
            (images, prompt) -> {
              throw new GeneratorException("no");
            });
    List<Figure> figures = compare(refusing, LAZY);
    assertThat(value(figures, "retention.edit_wins")).isZero();
    assertThat(figures.getFirst().samples()).isEqualTo(4);
    assertThat(value(figures, "retention.refused")).isEqualTo(1);
    assertThat(value(figures, "retention.refused_base")).isZero();
  }

  @Test
  void aDrawingOfAnotherSizeIsOneThatWasRefused() {
    Generator small = new Painter((images, prompt) -> Image.filled(SIDE / 2, SIDE / 2, WALL));
    List<Figure> figures = compare(small, LAZY);
    assertThat(value(figures, "retention.edit_wins")).isZero();
    assertThat(value(figures, "retention.refused")).isEqualTo(1);
  }

  private static Stream<View> twoBoxes(int pixelsOfTheSecond) {
    return Stream.of(
        view(
            List.of(
                thing(1, "box", RED, false, 576), thing(2, "box", RED, false, pixelsOfTheSecond)),
            List.of()));
  }

  @Test
  void thePictureWithAsManyThingsAsTheCaptionSaysWins() {
    Generator two = drawing(scene(RED, 4, 36));
    Generator one = drawing(scene(RED, 20));
    List<Figure> figures = compare(two, one, twoBoxes(576));
    assertThat(value(figures, "retention.caption_wins")).isEqualTo(1);
    assertThat(value(figures, "retention.caption_there")).isEqualTo(1);
    assertThat(value(figures, "retention.caption_there_base")).isEqualTo(5 / 6.0);
    assertThat(value(compare(two, one, Stream.of(view())), "retention.caption_wins")).isZero();
  }

  @Test
  void amongAsManyThingsTheColourTells() {
    List<Figure> figures =
        compare(drawing(scene(RED, 4, 36)), drawing(scene(BLUE, 4, 36)), twoBoxes(576));
    assertThat(value(figures, "retention.caption_wins")).isEqualTo(1);
    assertThat(value(figures, "retention.caption_there_base")).isEqualTo(5 / 6.0);
  }

  /** A caption may say "several" where some are too small to speak of. */
  @Test
  void whatIsTooSmallToSpeakOfIsNotCounted() {
    List<Figure> figures =
        compare(drawing(scene(RED, 4, 36)), drawing(scene(RED, 20)), twoBoxes(10));
    assertThat(value(figures, "retention.caption_wins")).isEqualTo(0.5);
    assertThat(value(figures, "retention.caption_there")).isEqualTo(1);
  }

  /** The tuned one knows blue only, the base green only. */
  @Test
  void moreEditsOfTheSameViewsNarrowNoInterval() {
    Generator blue = knowing("blue", BLUE);
    Generator green = knowing("green", GREEN);
    Figure once = compare(blue, green, winsAndLosses(1)).getFirst();
    Figure often = compare(blue, green, winsAndLosses(10)).getFirst();
    assertThat(once.name()).isEqualTo("retention.edit_wins");
    assertThat(once.value()).isEqualTo(0.5);
    assertThat(once.samples()).isEqualTo(6);
    assertThat(once.interval().high() - once.interval().low()).isGreaterThan(0.5);
    assertThat(often.samples()).isEqualTo(60);
    assertThat(often.value()).isEqualTo(0.5);
    assertThat(often.interval()).isEqualTo(once.interval());
  }

  private static Generator knowing(String word, int rgb) {
    return new Painter(
        (images, prompt) -> images.isEmpty() || !prompt.contains(word) ? scene(RED) : scene(rgb));
  }

  private static Stream<View> winsAndLosses(int edits) {
    Edit won = edit("Make the box blue.", BLUE);
    Edit lost = edit("Make the box green.", GREEN);
    return IntStream.range(0, 6)
        .mapToObj(i -> view(List.of(), Collections.nCopies(edits, i % 2 == 0 ? won : lost)));
  }
}
