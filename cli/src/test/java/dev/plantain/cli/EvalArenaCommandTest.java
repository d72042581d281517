package dev.plantain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plantain.core.Image;
import dev.plantain.formats.Png;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The arena with a language model as judge, behind a server on this machine. */
class EvalArenaCommandTest {
  private static final int PAIRS = 3;

  @TempDir Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** What it says, one after the other, and then from the beginning. */
  private List<String> answers = List.of();

  private HttpServer server = ChatServer.create();

  @BeforeEach
  void prepare() throws IOException {
    System.setProperty("plantain.config", folder.resolve("settings").toString());
    System.setProperty("plantain.cache", folder.resolve("cache").toString());
    server = ChatServer.create();
    server.createContext("/v1/chat/completions", this::chat);
    server.start();
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      String id = "0000" + i;
      entries.add("\"%s\": {\"prompt\": \"a fig on plate %d\", \"models\": {}}".formatted(id, i));
      Files.createDirectories(folder.resolve("a"));
      Files.createDirectories(folder.resolve("b"));
      Png.write(folder.resolve("a").resolve(id + ".png"), Image.filled(8, 8, 0xff0000));
      Png.write(folder.resolve("b").resolve(id + ".png"), Image.filled(8, 8, 0x0000ff));
    }
    Files.writeString(folder.resolve("genai_image.json"), "{" + String.join(", ", entries) + "}");
  }

  @AfterEach
  void stop() {
    server.stop(0);
    System.clearProperty("plantain.config");
    System.clearProperty("plantain.cache");
  }

  private void chat(HttpExchange exchange) throws IOException {
    String answer = answers.get(asked.size() % answers.size());
    asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    ChatServer.say(exchange, answer);
  }

  private static String says(String phrase) {
    return "{\"findings\":[{\"phrase\":\"%s\",\"why\":\"it is whole\"}]}".formatted(phrase);
  }

  private Run judge(String... said) {
    answers = List.of(said);
    return Run.of(
        "eval",
        "arena",
        "genai-bench",
        "--data",
        folder.toString(),
        "--a",
        folder.resolve("a").toString(),
        "--b",
        folder.resolve("b").toString(),
        "-o",
        folder.resolve("run").toString(),
        "--judge",
        "--chat",
        ChatServer.spec(server));
  }

  @Test
  void theModelSeesEachPairOnBothSides() throws IOException {
    Run run = judge(says("the left picture"), says("the right picture"));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("3 pairs judged; in 0 of them")
        .contains("judge, 3 votes")
        .containsPattern("win_rate +1\\.0000")
        .containsPattern("tie_share +0\\.0000")
        .doesNotContain("people");
    assertThat(asked).hasSize(2 * PAIRS).allMatch(a -> a.contains("a fig on plate"));
    assertThat(Files.readAllLines(folder.resolve("run").resolve("votes.jsonl")))
        .hasSize(PAIRS)
        .allMatch(line -> line.contains("\"judge\":true") && line.contains("\"WIN\""));
    // The same command has nothing left to ask.
    assertThat(judge(says("the left picture")).out()).contains("0 pairs judged");
    assertThat(asked).hasSize(2 * PAIRS);
  }

  @Test
  void aModelThatLikesASideTellsNothing() {
    Run run = judge(says("the left picture"));
    assertThat(run.out())
        .contains("in 3 of them it chose the same side")
        .containsPattern("win_rate +0\\.5000")
        .containsPattern("tie_share +1\\.0000");
  }

  @Test
  void whatIsNoAnswerIsNoVote() {
    Run run = judge(says("the plate"));
    assertThat(run.out()).contains("0 pairs judged").contains("3 failed");
    assertThat(run.err()).contains("named neither picture");
  }

  @Test
  void aJudgeNeedsAModel() {
    Run run =
        Run.of(
            "eval",
            "arena",
            "genai-bench",
            "--data",
            ".",
            "--a",
            ".",
            "--b",
            ".",
            "-o",
            folder.resolve("x").toString(),
            "--judge");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--chat");
  }
}
