package dev.plantain.eval.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.core.Image;
import dev.plantain.eval.metric.Figure;
import dev.plantain.eval.metric.WinRate.Vote;
import dev.plantain.formats.InputException;
import dev.plantain.formats.Png;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser uses it, and the votes it leaves. */
class ArenaTest {
  private static final int PAIRS = 12;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Prompted> prompts = new ArrayList<>();
  private Contestant first = new Contestant("one", Path.of("."));
  private Contestant second = new Contestant("other", Path.of("."));

  @BeforeEach
  void draw() throws IOException {
    first = new Contestant("one", Files.createDirectories(folder.resolve("one")));
    second = new Contestant("other", Files.createDirectories(folder.resolve("other")));
    for (int i = 0; i < PAIRS; i++) {
      prompts.add(new Prompted("p" + i, "a <b>thing</b> " + i, Optional.empty(), List.of()));
      Png.write(first.folder().resolve("p%d.png".formatted(i)), Image.filled(8, 8, 0xff0000));
      Png.write(second.folder().resolve("p%d.png".formatted(i)), Image.filled(8, 8, 0x0000ff));
    }
  }

  private ArenaServer serve(Ballots ballots, String voter, long seed) throws IOException {
    return ArenaServer.start(prompts, first, second, ballots, voter, 0, seed);
  }

  private Ballots ballots() throws IOException {
    return Ballots.open(folder.resolve("run").resolve("votes.jsonl"));
  }

  private HttpResponse<byte[]> get(ArenaServer arena, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(arena.address() + path)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpResponse<String> vote(ArenaServer arena, String token, String key, String choice)
      throws IOException, InterruptedException {
    String body =
        JSON.createObjectNode()
            .put("token", token)
            .put("key", key)
            .put("choice", choice)
            .toString();
    return http.send(
        HttpRequest.newBuilder(URI.create(arena.address() + "vote"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String token(ArenaServer arena) throws IOException, InterruptedException {
    String page = new String(get(arena, "").body(), StandardCharsets.UTF_8);
    Matcher matcher = Pattern.compile("[0-9a-f]{32}").matcher(page);
    assertThat(matcher.find()).as("the page has a token").isTrue();
    return matcher.group();
  }

  /** Votes for the first maker's pictures, known by their bytes, in pairs of even number. */
  private List<String> voteAll(ArenaServer arena, int most)
      throws IOException, InterruptedException {
    byte[] red = Files.readAllBytes(first.folder().resolve("p0.png"));
    String token = token(arena);
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      JsonNode next = JSON.readTree(get(arena, "next").body());
      if (!next.has("key")) {
        break;
      }
      String key = next.get("key").asText();
      boolean left = Arrays.equals(get(arena, "left/" + key).body(), red);
      assertThat(Arrays.equals(get(arena, "right/" + key).body(), red)).isNotEqualTo(left);
      seen.add(next.get("prompt").asText() + (left ? " left" : " right"));
      boolean even = next.get("prompt").asText().matches(".*[02468]");
      assertThat(vote(arena, token, key, even ? (left ? "left" : "right") : "tie").statusCode())
          .isEqualTo(200);
    }
    return seen;
  }

  @Test
  void everyPairIsJudgedOnceInAnOrderOfChance() throws Exception {
    List<String> order;
    try (ArenaServer arena = serve(ballots(), "ann", 1)) {
      assertThat(arena.left()).isEqualTo(PAIRS);
      order = voteAll(arena, 2 * PAIRS);
      assertThat(arena.left()).isZero();
    }
    assertThat(order).hasSize(PAIRS).doesNotHaveDuplicates();
    assertThat(order.stream().map(s -> s.replaceAll(" (left|right)$", "")).toList())
        .isNotEqualTo(prompts.stream().map(Prompted::prompt).toList());
    // Each side has the first maker now and then.
    assertThat(order).anyMatch(s -> s.endsWith("left")).anyMatch(s -> s.endsWith("right"));
    try (ArenaServer arena = serve(Ballots.open(folder.resolve("again.jsonl")), "ann", 1)) {
      assertThat(voteAll(arena, PAIRS)).as("the same seed").isEqualTo(order);
    }
    try (ArenaServer arena = serve(Ballots.open(folder.resolve("other.jsonl")), "ann", 2)) {
      assertThat(voteAll(arena, PAIRS)).as("another seed").isNotEqualTo(order);
    }
    List<Figure> figures = ballots().figures(false);
    // Six wins and six ties.
    assertThat(figures.getFirst().value()).isEqualTo(0.75);
    assertThat(figures.getFirst().interval().low()).isBetween(0.5, 0.75);
    assertThat(figures.getFirst().interval().high()).isBetween(0.75, 1.0);
    assertThat(figures).anyMatch(f -> f.name().contains("tie") && f.value() == 0.5);
  }

  @Test
  void votesOutliveTheServerAndAreNotAskedAgain() throws Exception {
    try (ArenaServer arena = serve(ballots(), "ann", 1)) {
      voteAll(arena, 5);
    }
    // A new process reads what is on disk; of another voter everything is asked.
    try (ArenaServer arena = serve(ballots(), "ann", 1);
        ArenaServer other = serve(ballots(), "bob", 1)) {
      assertThat(arena.left()).isEqualTo(PAIRS - 5);
      assertThat(other.left()).isEqualTo(PAIRS);
    }
    assertThat(ballots().count(false)).isEqualTo(5);
  }

  @Test
  void halfALineOfAKilledServerIsDropped() throws Exception {
    try (ArenaServer arena = serve(ballots(), "ann", 1)) {
      voteAll(arena, 3);
    }
    Path file = folder.resolve("run").resolve("votes.jsonl");
    Files.writeString(file, "{\"id\":\"p1\",\"vo", StandardOpenOption.APPEND);
    Ballots ballots = ballots();
    assertThat(ballots.count(false)).isEqualTo(3);
    ballots.add(new Ballots.Ballot("p9", "zoe", false, Vote.WIN, true));
    assertThat(ballots().count(false)).as("what comes after is whole").isEqualTo(4);
    Files.writeString(file, "nonsense\n" + Files.readString(file));
    assertThatThrownBy(this::ballots).isInstanceOf(InputException.class).hasMessageContaining("1");
  }

  @Test
  void onlyThePageVotes() throws Exception {
    try (ArenaServer arena = serve(ballots(), "ann", 1)) {
      String key = JSON.readTree(get(arena, "next").body()).get("key").asText();
      String token = token(arena);
      assertThat(vote(arena, "0".repeat(32), key, "left").statusCode()).isEqualTo(403);
      assertThat(vote(arena, token, key, "both").statusCode()).isEqualTo(403);
      vote(arena, token, "f".repeat(32), "left"); // no such pair
      assertThat(arena.left()).isEqualTo(PAIRS);
      assertThat(vote(arena, token, key, "left").statusCode()).isEqualTo(200);
      vote(arena, token, key, "left"); // twice
      assertThat(arena.left()).isEqualTo(PAIRS - 1);
      assertThat(get(arena, "left/" + key).statusCode()).isEqualTo(404);
      assertThat(get(arena, "left/../../run/votes.jsonl").statusCode()).isEqualTo(404);
      // A pair that cannot be shown.
      String lost = JSON.readTree(get(arena, "next").body()).get("key").asText();
      try (Stream<Path> pictures = Files.list(first.folder())) {
        for (Path picture : pictures.toList()) {
          Files.delete(picture);
        }
      }
      assertThat(get(arena, "left/" + lost).statusCode() + get(arena, "right/" + lost).statusCode())
          .isEqualTo(200 + 404);
      assertThat(vote(arena, token, lost, "skip").statusCode()).isEqualTo(200);
      assertThat(arena.left()).isEqualTo(PAIRS - 2);
    }
    assertThat(ballots().count(false)).isOne();
  }

  @Test
  void anotherSitesNameIsRefused() throws Exception {
    try (ArenaServer arena = serve(ballots(), "ann", 1);
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), URI.create(arena.address()).getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /next HTTP/1.0\r\nHost: evil.example\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("403")
          .doesNotContain("key");
    }
  }

  @Test
  void thePageTellsNothingOfTheMakers() throws Exception {
    try (ArenaServer arena = serve(ballots(), "ann", 1)) {
      String page = new String(get(arena, "").body(), StandardCharsets.UTF_8);
      String next = new String(get(arena, "next").body(), StandardCharsets.UTF_8);
      assertThat(page + next)
          .doesNotContain(first.folder().toString())
          .doesNotContain(second.folder().toString())
          .doesNotContain("p0.png");
      // Prompts are text, not markup.
      assertThat(page).doesNotContain("innerHTML");
    }
  }
}
