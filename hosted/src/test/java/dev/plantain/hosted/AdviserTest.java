package dev.plantain.hosted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdviserTest {
  private static final Image PHOTO = Image.filled(64, 48, 0x808080);

  @TempDir Path folder;

  private void with(Loopback.Behaviour behaviour, boolean gemini, Consumer<Adviser> use) {
    try (Loopback server = new Loopback(behaviour)) {
      Terms terms = TestTerms.of(folder.resolve("s" + server.port()), server.port());
      String spec = gemini ? server.gemini() : server.openAi();
      try (Adviser adviser = Hosted.adviser(spec, terms)) {
        use.accept(adviser);
      }
    }
  }

  private static Loopback.Behaviour says(boolean gemini, String... answers) {
    return (a, r) -> {
      String answer = answers[Math.min(a.number(), answers.length - 1)];
      r.json(200, gemini ? Shapes.geminiText(answer, "STOP") : Shapes.openAiChat(answer));
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aQuestionBecomesPhrases(boolean gemini) {
    String answer =
        "{\"findings\":[{\"phrase\":\"the kettle on the stove\",\"why\":\"it is hot\"},"
            + "{\"phrase\":\"The kettle on the stove\",\"why\":\"again\"},"
            + "{\"phrase\":\"a \\\"knife\\\" {x}\",\"why\":\"sharp\"}]}";
    with(
        says(gemini, answer),
        gemini,
        adviser ->
            assertThat(adviser.reason(PHOTO, "what could hurt a toddler here?"))
                .extracting(Adviser.Finding::phrase)
                .containsExactly("the kettle on the stove", "a knife x"));
  }

  @Test
  void theSchemaGoesAlong() {
    try (Loopback server = new Loopback(says(false, "{\"answer\":\"B\"}"))) {
      Terms terms = TestTerms.of(folder, server.port());
      try (Adviser adviser = Hosted.adviser(server.openAi(), terms)) {
        assertThat(adviser.present(PHOTO, "a giraffe")).isFalse();
        assertThat(adviser.present(PHOTO, "a giraffe")).isFalse(); // from the cache
      }
      assertThat(server.asked).hasSize(1);
      Loopback.Asked asked = server.asked.getFirst();
      assertThat(asked.path()).isEqualTo("/v1/chat/completions");
      assertThat(asked.text())
          .contains("\"json_schema\"")
          .contains("\"enum\":[\"A\",\"B\"]")
          .contains("a giraffe")
          .contains("data:image/png;base64,");
    }
    try (Loopback server = new Loopback(says(true, "{\"answer\":\"A\"}"))) {
      Terms terms = TestTerms.of(folder.resolve("g"), server.port());
      try (Adviser adviser = Hosted.adviser(server.gemini(), terms)) {
        assertThat(adviser.present(PHOTO, "a chair")).isTrue();
      }
      assertThat(server.asked.getFirst().text())
          .contains("responseJsonSchema")
          .contains("application/json");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chairs!",
        "[]",
        "{\"classes\":\"chair\"}",
        "{\"classes\":[]}",
        "{\"classes\":[7]}",
        "{\"classes\":[\"\"]}",
        "{\"other\":[]}"
      })
  void aWrongAnswerIsAskedForOnceMore(String wrong) {
    with(
        (a, r) -> {
          if (a.number() > 0) {
            assertThat(a.text()).contains("was not accepted");
          }
          says(false, wrong, "```json\n{\"classes\":[\"Chair\",\"wall\"]}\n```").answer(a, r);
        },
        false,
        adviser -> assertThat(adviser.discover(PHOTO)).containsExactly("chair", "wall"));
    with(
        says(false, wrong),
        false,
        adviser ->
            assertThatThrownBy(() -> adviser.discover(PHOTO))
                .isInstanceOf(HostedException.BadAnswer.class)
                .hasMessageContaining("asked twice"));
  }

  @Test
  void aRefusalIsTold() {
    with(
        (a, r) -> r.json(200, Shapes.openAiRefusal("I can't help with that.")),
        false,
        adviser ->
            assertThatThrownBy(() -> adviser.discover(PHOTO))
                .isInstanceOf(GeneratorException.Refused.class)
                .hasMessageContaining("can't help"));
    with(
        (a, r) -> r.json(200, Shapes.geminiBlocked("SAFETY")),
        true,
        adviser ->
            assertThatThrownBy(() -> adviser.discover(PHOTO))
                .isInstanceOf(GeneratorException.Refused.class)
                .hasMessageContaining("SAFETY"));
  }

  @Test
  void aPlanListsEveryThingWithItsColour() {
    String good =
        "{\"things\":[{\"name\":\"chair\",\"count\":2,\"each\":[{\"phrase\":\"left"
            + " chair\",\"colour\":\"#FF0000\"},{\"phrase\":\"right"
            + " chair\",\"colour\":\"#0000FF\"}]},"
            + "{\"name\":\"wall\",\"count\":1,\"each\":[{\"phrase\":\"wall\",\"colour\":\"#00FF00\"}]}]}";
    with(
        says(false, good),
        false,
        adviser -> {
          Plan plan = adviser.plan(PHOTO, List.of("chair", "wall"), 0);
          assertThat(plan.things()).extracting(Plan.Thing::count).containsExactly(2, 1);
          assertThat(plan.things().getFirst().each().get(1).rgb()).isEqualTo(0x0000FF);
        });
    with(
        says(false, good),
        false,
        adviser ->
            assertThat(adviser.plan(PHOTO, List.of("Wall", "Chair"), 0).things())
                .extracting(Plan.Thing::name)
                .containsExactly("Chair", "Wall")); // as it was asked for
    // Colours that would be taken for one another are replaced.
    with(
        says(false, good.replace("#0000FF", "#FE0000")),
        false,
        adviser -> {
          Plan plan = adviser.plan(PHOTO, List.of(), 0);
          assertThat(plan.things().getFirst().each().get(0).rgb())
              .isNotEqualTo(plan.things().getFirst().each().get(1).rgb());
        });
    for (String wrong :
        new String[] {
          good.replace("\"count\":2", "\"count\":3"),
          good.replace("right chair", "left chair"),
          good.replace("#00FF00", "greenish"),
          good.replace("\"name\":\"wall\"", "\"name\":\"Chair\"")
        }) {
      with(
          says(false, wrong, good),
          false,
          adviser -> assertThat(adviser.plan(PHOTO, List.of(), 0).things()).hasSize(2));
    }
    with(
        says(false, good),
        false,
        adviser ->
            assertThatThrownBy(() -> adviser.plan(PHOTO, List.of("lamp"), 0))
                .isInstanceOf(HostedException.BadAnswer.class)
                .hasMessageContaining("none of the kinds"));
  }
}
