package dev.plantain.sprout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Dialect;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PromptReaderTest {
  private static final int RED = 0xFF0000;

  @Test
  void readsAJsonLikeLegend() {
    assertThat(
            PromptReader.read(
                "Generate a semantic segmentation visualization image, using this color mapping:"
                    + " {\"sofa bed\": \"#FF0000\", \"floor lamp\": (0, 128, 255), \"rug\": <1, 2,"
                    + " 3>}."))
        .contains(
            Segment.coloured("sofa bed", RED),
            Segment.coloured("floor lamp", 0x0080FF),
            Segment.coloured("rug", 0x010203))
        .hasSize(4);
  }

  @Test
  void readsALegendThatNamesColoursFirst() {
    assertThat(PromptReader.read("Segment it: {\"#FF0000\": \"sofa\", \"blue\": \"lamp\"}"))
        .contains(Segment.coloured("sofa", RED), Segment.coloured("lamp", 0x0000FF));
  }

  @Test
  void readsSentences() {
    assertThat(
            PromptReader.read(
                "A segmentation map image. The area that corresponds to the red cup is rendered"
                    + " solid white; everything else is black."))
        .containsExactly(
            Segment.coloured("red cup", 0xFFFFFF),
            Segment.coloured("everything else", 0x000000),
            Segment.plain("A segmentation map image"),
            Segment.plain("The area that corresponds to the"));
  }

  @Test
  void anAdjectiveStaysAWord() {
    List<Segment> segments = PromptReader.read("A red sofa stands beside a blue lamp.");
    assertThat(segments).allMatch(s -> s.rgb().isEmpty());
    assertThat(segments.getFirst().text()).contains("red sofa").contains("blue lamp");
  }

  @Test
  void anEditKeepsItsVerbAndBindsItsColour() {
    assertThat(PromptReader.read("Make the sofa red."))
        .containsExactly(Segment.coloured("sofa", RED), Segment.plain("Make the"));
  }

  @Test
  void bindsABackground() {
    assertThat(
            PromptReader.read(
                "Generate a segmentation mask of this image with the tall lamp in red on a black"
                    + " background."))
        .contains(Segment.coloured("tall lamp", RED), Segment.coloured("background", 0x000000));
  }

  @Property
  void findsEveryPhraseOfEveryWordingWithItsColour(@ForAll long wording, @ForAll int seed) {
    int a = seed & 0xFFFFFF;
    int b = a ^ 0x5A3C96;
    int ground = a ^ 0x808080;
    Ask.Segments ask =
        new Ask.Segments(
            List.of(new Ask.Entry("floor lamp", a), new Ask.Entry("sofa", b)),
            OptionalInt.of(ground));
    String prompt = Dialect.paper().write(ask, wording).text();
    assertThat(PromptReader.read(prompt))
        .as(prompt)
        .contains(Segment.coloured("floor lamp", a), Segment.coloured("sofa", b))
        .anyMatch(s -> s.rgb().equals(OptionalInt.of(ground)));
  }

  @Property
  void findsTheReferredPhraseInEveryWording(@ForAll long wording) {
    Ask.Referring ask =
        new Ask.Referring(List.of(new Ask.Entry("green chair left of the table", RED)), 0x101010);
    String prompt = Dialect.paper().write(ask, wording).text();
    assertThat(PromptReader.read(prompt))
        .as(prompt)
        .contains(Segment.coloured("green chair left of the table", RED));
  }

  @Property
  void isTotal(@ForAll String text) {
    assertThat(PromptReader.read(text)).doesNotContainNull();
  }
}
