package dev.plantain.core.instruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.codec.NormalCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstructionTest {

  @Property(tries = 1500)
  void whatIsWrittenReadsBack(@ForAll("asks") Ask ask, @ForAll long wording) {
    Instruction written = Dialect.paper().write(ask, wording);
    assertThat(Instruction.parse(written.text())).isEqualTo(written);
  }

  @Property(tries = 500)
  void otherDialectsReadBackToo(@ForAll("asks") Ask ask, @ForAll long wording) {
    Dialect dialect = Dialect.openVisionBanana();
    try {
      Instruction written = dialect.write(ask, wording);
      assertThat(dialect.parse(written.text())).isEqualTo(written);
    } catch (InstructionException.Unsupported e) {
      assertThat(ask).isInstanceOfAny(Ask.MetricDepth.class, Ask.Edges.class);
    }
  }

  @Property(tries = 700)
  void anyTextIsReadOrRefused(@ForAll String text, @ForAll("asks") Ask ask, @ForAll int cut) {
    Instruction written = Dialect.paper().write(ask, cut);
    int at = Math.floorMod(cut, written.text().length());
    for (String attempt : List.of(text, written.text().substring(0, at) + text)) {
      try {
        Instruction.parse(attempt);
      } catch (InstructionException.NotPerception expected) {
        assertThat(expected).hasMessageContaining("not a perception instruction");
      }
    }
  }

  @Provide
  Arbitrary<Ask> asks() {
    Arbitrary<Integer> colour =
        Arbitraries.oneOf(
            Arbitraries.of(0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0xFFA500, 0x80C000, 0x008B8B),
            Arbitraries.integers().between(0, 0xFFFFFF));
    Arbitrary<OptionalInt> background =
        Arbitraries.oneOf(Arbitraries.just(OptionalInt.empty()), colour.map(OptionalInt::of));
    Arbitrary<List<Ask.Entry>> legend =
        Combinators.combine(phrases(), colour).as(Ask.Entry::new).list().ofMinSize(1).ofMaxSize(12);
    return Arbitraries.oneOf(
        Arbitraries.of(DepthScheme.class).map(Ask.MetricDepth::new),
        Arbitraries.of(
            new Ask.RelativeDepth(), new Ask.Normals(NormalCodec.paper()), new Ask.Edges()),
        Combinators.combine(phrases(), background).as(Ask.Instances::new),
        Combinators.combine(legend, background)
            .as((l, b) -> new Ask.Segments(distinct(l, b), b))
            .map(a -> a),
        Combinators.combine(legend, colour)
            .as((l, b) -> new Ask.Referring(distinct(l, OptionalInt.of(b)), b))
            .map(a -> a));
  }

  /** Plain words, words of the sentences themselves, and anything at all. */
  private static Arbitrary<String> phrases() {
    return Arbitraries.oneOf(
        Arbitraries.of("sofa", "traffic light", "people", "Röntgen's lamp", "椅子", "T-shirt"),
        Arbitraries.of(
            "the man who is in red; the dog",
            "a cup is rendered in green",
            "\"quoted\" cat",
            "car. The background is black.",
            "bus are represented by (1, 2, 3). The tram",
            "{each|x}",
            "\\",
            "'",
            "red",
            "#80C000",
            "a: b, c"),
        Arbitraries.strings().ofMinLength(1).ofMaxLength(40).filter(s -> !normal(s).isEmpty()));
  }

  private static String normal(String s) {
    return s.replaceAll("[\\s\\p{Z}\\p{Cc}]+", " ").strip();
  }

  private static List<Ask.Entry> distinct(List<Ask.Entry> legend, OptionalInt background) {
    Set<String> names = new HashSet<>();
    Set<Integer> colours = new HashSet<>();
    background.ifPresent(colours::add);
    List<Ask.Entry> kept = new ArrayList<>();
    for (Ask.Entry entry : legend) {
      String name = Phrases.bare(entry.phrase()).toLowerCase(Locale.ROOT);
      int rgb = entry.rgb();
      while (!colours.add(rgb)) {
        rgb = (rgb + 0x010101) & 0xFFFFFF;
      }
      if (names.add(name)) {
        kept.add(new Ask.Entry(entry.phrase(), rgb));
      }
    }
    return kept;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Generate a semantic segmentation visualization image, using this color mapping: "
            + "{\"sofa\": \"red\", 'lamp': (0, 255, 0), rug: <0, 0, 255>}.",
        "This image is a per-pixel class labeling of the input. The sofa are represented by "
            + "(255, 0, 0). The lamp are represented by #00ff00. The rug is represented by blue.",
        "segment this image by class: sofa in red, lamp in Lime, rug in #00F",
      })
  void theFormsOfThePaperAreRead(String text) {
    assertThat(Instruction.parse(text).ask())
        .isEqualTo(
            new Ask.Segments(
                List.of(
                    new Ask.Entry("sofa", 0xFF0000),
                    new Ask.Entry("lamp", 0x00FF00),
                    new Ask.Entry("rug", 0x0000FF)),
                OptionalInt.empty()));
  }

  @Test
  void masksAreAskedForAsInThePaper() {
    assertThat(
            Instruction.parse(
                    "A segmentation map image. The area that corresponds to the cup is rendered"
                        + " solid white; the man in the red shirt is rendered in green.")
                .ask())
        .isEqualTo(
            new Ask.Referring(
                List.of(
                    new Ask.Entry("cup", 0xFFFFFF),
                    new Ask.Entry("man in the red shirt", 0x00FF00)),
                0x000000));
    assertThat(
            Instruction.parse(
                    "This image shows segmentation masks for the crescent-shaped croissants from"
                        + " the input image. The background is set to #102030. The"
                        + " crescent-shaped croissants are <255, 165, 0>.")
                .ask())
        .isEqualTo(
            new Ask.Referring(
                List.of(new Ask.Entry("crescent-shaped croissants", 0xFFA500)), 0x102030));
  }

  @ParameterizedTest
  @CsvSource({
    "the a cappella singer, cappella singer",
    "a the an x, x",
    "the a, a",
    "the, the",
    "theatre, theatre"
  })
  void noArticleIsLeft(String phrase, String bare) {
    assertThat(Phrases.bare(phrase)).isEqualTo(bare);
    assertThat(Phrases.bare(bare)).isEqualTo(bare);
    Ask asked = new Ask.Referring(List.of(new Ask.Entry(phrase, 0xFF0000)), 0);
    assertThat(Dialect.paper().write(asked, 0).ask()).isEqualTo(asked);
  }

  @Test
  void legendsAreReadAsJson() {
    String legend =
        "{\"caf\\u00e9\": \"red\", \"a\\tb\\/c\": \"blue\", \"\\uD83E\\uDE91 \\\"\\\\n\": \"lime\","
            + " 'it\\'s \\u12': \"black\"}";
    assertThat(
            Instruction.parse(
                    "Generate a semantic segmentation visualization image, using this color"
                        + " mapping: "
                        + legend
                        + ".")
                .ask())
        .isEqualTo(
            new Ask.Segments(
                List.of(
                    new Ask.Entry("café", 0xFF0000),
                    new Ask.Entry("a b/c", 0x0000FF),
                    new Ask.Entry("🪑 \"\\n", 0x00FF00),
                    new Ask.Entry("it's u12", 0)),
                OptionalInt.empty()));
  }

  @Test
  void theDefaultWordingsAreStable() {
    Dialect paper = Dialect.paper();
    assertThat(paper.write(new Ask.MetricDepth(DepthScheme.CUBE), 0).text())
        .isEqualTo(
            "Generate a metric depth map of this image, using the rainbow cube false-color"
                + " scheme.");
    assertThat(paper.write(new Ask.Instances("chair", OptionalInt.of(0)), 0).text())
        .isEqualTo(
            "Generate an instance segmentation visualization of this image. Each chair is colored"
                + " differently. The background is black.");
    assertThat(
            paper
                .write(
                    new Ask.Referring(
                        List.of(new Ask.Entry("the chair nearest the window", 0xFFFFFF)), 0),
                    0)
                .text())
        .isEqualTo(
            "A segmentation map image. The area that corresponds to the chair nearest the window is"
                + " rendered solid white; everything else is black.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Turn this cat into a dog",
        "make the sofa red",
        "Each chair is colored differently",
        "Generate a metric depth map of this image, using the sepia false-color scheme.",
        "Segment this image by class: cat in red, dog in red",
      })
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> Instruction.parse(text))
        .isInstanceOf(InstructionException.NotPerception.class);
  }

  @Test
  void anUnservedTaskNamesTheNearest() {
    assertThatThrownBy(
            () -> Dialect.openVisionBanana().write(new Ask.MetricDepth(DepthScheme.CUBE), 0))
        .isInstanceOf(InstructionException.Unsupported.class)
        .hasMessageContaining("Depth.relative()");
  }

  @Test
  void impossibleLegendsAreRefused() {
    assertThatThrownBy(
            () ->
                new Ask.Segments(
                    List.of(new Ask.Entry("cat", 0xFF0000), new Ask.Entry("dog", 0xFF0000)),
                    OptionalInt.empty()))
        .hasMessageContaining("shares the colour #FF0000");
    assertThatThrownBy(
            () ->
                new Ask.Segments(
                    List.of(new Ask.Entry("cat", 1), new Ask.Entry("Cat", 2)), OptionalInt.empty()))
        .hasMessageContaining("asked for twice");
    assertThatThrownBy(() -> new Ask.Instances(" \t", OptionalInt.empty()))
        .hasMessageContaining("phrase is empty");
  }

  @Test
  void hostileTextsTakeNoTime() {
    String entries = " The a is represented by red. The b is represented by blue.".repeat(160);
    String phrases = " from the input image. The x".repeat(600);
    long start = System.nanoTime();
    for (String text :
        List.of(
            "This image is a per-pixel class labeling of the input." + entries + " Nothing",
            "This image shows segmentation masks for the x" + phrases,
            "This image shows segmentation masks for the x" + phrases + " is mauvish")) {
      assertThatThrownBy(() -> Instruction.parse(text))
          .isInstanceOf(InstructionException.NotPerception.class);
    }
    assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "red|FF0000",
        "Dark Orange|FF8C00",
        "darkorange|FF8C00",
        "#80C000|80C000",
        "#fA0|FFAA00",
        "(255, 192, 128)|FFC080",
        "<255, 165, 0>|FFA500",
        "rgb(1,2,3)|010203",
        "grey|808080"
      })
  void coloursAreRead(String text, String hex) {
    assertThat(Colours.parse(text)).isEqualTo(Integer.parseInt(hex, 16));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "reddish", "#12345", "(256, 0, 0)", "red green", "#GG0000"})
  void whatIsNoColourIsRefused(String text) {
    assertThatThrownBy(() -> Colours.parse(text)).isInstanceOf(InstructionException.class);
  }
}
