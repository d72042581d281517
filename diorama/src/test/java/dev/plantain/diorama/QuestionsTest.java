package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionsTest {
  private static List<Question> about(Facts facts) {
    return Questions.write(facts, new Rng(1));
  }

  private static int id(Facts facts, String name) {
    return facts.things.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow().id();
  }

  @Test
  void aThingAnswersByItsOwnName() {
    Facts facts =
        FactsTest.facts(
            FactsTest.box("washing machine", "tumble dryer", 0.6, -1, 0, 3),
            FactsTest.box("washing machine", 0.6, 0, 0, 3),
            FactsTest.box("toy", "xylophone", 0.4, 1, 0, 3),
            FactsTest.box("toy", "doll", 0.4, 2, 0, 3),
            FactsTest.box("clothes", "clothes rack", 0.5, -2, 0, 3));
    assertThat(about(facts))
        .containsExactlyInAnyOrder(
            new Question(
                "Where do dirty clothes get clean?",
                "the washing machine",
                List.of(id(facts, "washing machine")),
                false),
            new Question(
                "What makes music when it is played?",
                "the xylophone",
                List.of(id(facts, "xylophone")),
                false),
            new Question(
                "Where could coats and shirts hang?",
                "the clothes rack",
                List.of(id(facts, "clothes rack")),
                false));
  }

  @Test
  void whatIsLeftOutOfACategoryAsksNothing() {
    assertThat(
            about(FactsTest.facts(FactsTest.box("washing machine", "tumble dryer", 0.6, 0, 0, 3))))
        .isEmpty();
  }
}
