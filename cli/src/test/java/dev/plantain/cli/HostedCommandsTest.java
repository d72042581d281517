package dev.plantain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plantain.core.Image;
import dev.plantain.formats.Coco;
import dev.plantain.formats.Images;
import dev.plantain.formats.Png;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command with a server behind it that draws the still life and answers questions. */
class HostedCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path out = Path.of("");
  private Path photo = Path.of("");
  private HttpServer server = ChatServer.create();
  private String answer = "";
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    System.setProperty("plantain.config", folder.resolve("settings").toString());
    System.setProperty("plantain.cache", folder.resolve("cache").toString());
    out = folder.resolve("results");
    photo = Run.photo(folder.resolve("photo.png"));
    server = ChatServer.create();
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/chat/completions", this::chat);
    server.createContext("/v1/images/edits", this::edit);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    System.clearProperty("plantain.config");
    System.clearProperty("plantain.cache");
  }

  private void chat(HttpExchange exchange) throws IOException {
    asked.add(
        "chat " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    ChatServer.say(exchange, answer);
  }

  private void edit(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
    asked.add("draw " + field(body, "prompt"));
    String[] size = field(body, "size").split("x");
    Image drawing =
        FakeProvider.paint(
            Integer.parseInt(size[0]), Integer.parseInt(size[1]), field(body, "prompt"));
    Path file = Files.createTempFile(folder, "drawing", ".png");
    Png.write(file, drawing);
    String base64 = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    ChatServer.send(exchange, Map.of("created", 1, "data", List.of(Map.of("b64_json", base64))));
  }

  private static String field(String body, String name) {
    int at = body.indexOf("name=\"" + name + "\"");
    int start = body.indexOf("\r\n\r\n", at) + 4;
    return body.substring(start, body.indexOf("\r\n", start));
  }

  private String spec() {
    return ChatServer.spec(server);
  }

  private Run run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("-o", out.toString(), "--json"));
    return Run.of(all.toArray(String[]::new));
  }

  private Run advised(String said, String... args) {
    answer = said;
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--generator", "fake", "--chat", spec()));
    Run run = run(all.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private long drawn() {
    return asked.stream().filter(a -> a.startsWith("draw")).count();
  }

  @Test
  void aHostedGeneratorMeasuresAndItsAnswersAreKept() throws IOException {
    Run run = run("depth", photo.toString(), "--generator", spec(), "--size", "160x120");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("asking " + spec() + " for up to 1 drawings");
    assertThat(run.json().getFirst().path("generator").asText()).isEqualTo(spec());
    assertThat(drawn()).isEqualTo(1);
    assertThat(run("depth", photo.toString(), "--generator", spec(), "--size", "160x120").code())
        .isZero();
    assertThat(drawn()).isEqualTo(1);

    assertThat(Run.of("cache", "size").out()).startsWith("1 answers");
    JsonNode listed = Run.of("cache", "list", "--json").json().getFirst();
    assertThat(listed.path("generator").asText()).isEqualTo(spec());
    assertThat(Run.of("cache", "clear").out()).startsWith("1 answers thrown away");
    assertThat(Run.of("cache", "list").out()).isEmpty();
    assertThat(Run.of("cache", "burn").code()).isEqualTo(2);
    assertThat(
            run("depth", photo.toString(), "--generator", spec(), "--size", "160x120", "--no-cache")
                .code())
        .isZero();
    assertThat(drawn()).isEqualTo(2);
    assertThat(Run.of("cache", "list").out()).isEmpty();
  }

  @Test
  void aFolderEndsWhenItsBudgetIsSpentAndGoesOnLater() throws IOException {
    Path many = Files.createDirectory(folder.resolve("many"));
    for (int i = 0; i < 6; i++) {
      Image image = Image.filled(160, 120, 0x101010 * (i + 1));
      Png.write(many.resolve("p%d.png".formatted(i)), image);
    }
    String[] ask = {
      "edit", many.toString(), "make it blue", "--generator", spec(), "--parallel", "2"
    };
    List<String> limited = new ArrayList<>(List.of(ask));
    limited.addAll(List.of("--max-calls", "3"));
    Run first = run(limited.toArray(String[]::new));
    assertThat(first.code()).isEqualTo(4);
    assertThat(first.err())
        .contains("the budget of 3 calls is spent")
        .contains("3 calls at the most");
    assertThat(drawn()).isEqualTo(3);
    Run second = run(ask);
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(second.json()).hasSize(6);
    assertThat(second.json())
        .extracting(json -> Path.of(json.path("input").asText()).getFileName().toString())
        .isSorted();
    assertThat(drawn()).isEqualTo(6);
  }

  @Test
  void aLimitOnCostNeedsAPrice() throws IOException {
    Run none = run("depth", photo.toString(), "--generator", spec(), "--max-cost", "1");
    assertThat(none.code()).isEqualTo(4);
    assertThat(none.err()).contains("needs the price");
    Path prices = folder.resolve("prices.txt");
    Files.writeString(prices, spec() + " image=0.6\n");
    Run enough =
        run(
            "depth",
            photo.toString(),
            "--generator",
            spec(),
            "--max-cost",
            "1",
            "--prices",
            prices.toString(),
            "--vote",
            "2");
    assertThat(enough.err()).contains("about $1.20 by the table");
    assertThat(drawn()).isEqualTo(1); // the second pass would cost too much; half a vote is none
    assertThat(enough.code()).isEqualTo(4);
  }

  @Test
  void aQuestionIsReasonedAbout() {
    String said =
        "{\"findings\":[{\"phrase\":\"left chair\",\"why\":\"it tips over\"},"
            + "{\"phrase\":\"right chair\",\"why\":\"it too\"}]}";
    Run run = advised(said, "refer", photo.toString(), "--reason", "what could fall?");
    JsonNode json = run.json().getFirst();
    assertThat(json.path("prompt").asText()).contains("left chair").contains("right chair");
    assertThat(json.toString()).contains("it tips over").contains("what could fall?");
    assertThat(asked.getFirst()).contains("what could fall?");

    Run nothing = advised("{\"findings\":[]}", "refer", photo.toString(), "--reason", "any cats?");
    assertThat(nothing.json().getFirst().has("prompt")).isFalse();
    assertThat(nothing.json().getFirst().path("files").has("drawing")).isFalse();
    assertThat(nothing.json().getFirst().path("files").has("mask-png")).isTrue();
  }

  @Test
  void whatIsNotThereIsNotDrawn() {
    Run absent =
        advised("{\"answer\":\"B\"}", "instances", photo.toString(), "--of", "chair", "--gate");
    assertThat(absent.json().getFirst().path("summary").toString()).contains("0");
    assertThat(absent.json().getFirst().path("files").has("drawing")).isFalse();
    assertThat(Run.of("cache", "clear").code()).isZero(); // or the model is not asked again
    Run there =
        advised("{\"answer\":\"A\"}", "instances", photo.toString(), "--of", "chair", "--gate");
    assertThat(there.code()).isZero();
  }

  @Test
  void aWrongPlanIsNoticed() {
    String said =
        "{\"things\":[{\"name\":\"chair\",\"count\":3,\"each\":["
            + "{\"phrase\":\"left chair\",\"colour\":\"#ff0000\"},"
            + "{\"phrase\":\"right chair\",\"colour\":\"#0000ff\"},"
            + "{\"phrase\":\"third chair\",\"colour\":\"#00ff00\"}]}]}";
    Run run = advised(said, "instances", photo.toString(), "--of", "chair", "--plan");
    assertThat(run.err()).contains("the plan counts 3 of \"chair\"");
    assertThat(run.json().getFirst().path("prompt").asText()).contains("third chair");
  }

  @Test
  void classesAreDiscovered() {
    String said = "{\"classes\":[\"wall\",\"floor\",\"chair\"]}";
    Run run = advised(said, "segment", photo.toString(), "--discover", "--coco");
    JsonNode json = run.json().getFirst();
    assertThat(json.path("prompt").asText()).contains("wall").contains("floor").contains("chair");
    assertThat(json.path("files").has("coco")).isTrue();
    Run plan =
        advised(
            "{\"things\":[{\"name\":\"chair\",\"count\":2,\"each\":["
                + "{\"phrase\":\"left chair\",\"colour\":\"#ff0000\"},"
                + "{\"phrase\":\"right chair\",\"colour\":\"#0000ff\"}]}]}",
            "segment",
            photo.toString(),
            "--classes",
            "chair,lamp",
            "--plan");
    assertThat(plan.json().getFirst().path("prompt").asText()).doesNotContain("lamp");
  }

  @Test
  void votesStopWhenSure() throws IOException {
    Run run =
        Run.of(
            "segment",
            photo.toString(),
            "--classes",
            "wall,floor,chair",
            "--vote",
            "auto",
            "--generator",
            "fake",
            "-o",
            out.toString(),
            "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode result = JSON.readTree(out.resolve("photo/segment/result.json").toFile());
    assertThat(result.path("passes")).hasSize(3);
    assertThat(Run.of("depth", photo.toString(), "--vote", "many", "--generator", "fake").code())
        .isEqualTo(2);
  }

  @Test
  void calibratingNeedsAGeneratorThatDraws() {
    assertThat(Run.of("calibrate", "--generator", "fake:closed", "--photos", "3").code())
        .isEqualTo(4);
    assertThat(Run.of("calibrate", "--generator", "fake", "--photos", "1").code()).isEqualTo(2);
  }

  @Test
  void whatIsFinishedWhenTheBudgetIsSpentHasItsFilesForTools() throws IOException {
    Path many = Files.createDirectory(folder.resolve("many"));
    Image still = Images.read(photo).image();
    for (int i = 0; i < 3; i++) {
      byte[] rgb8 = still.rgb8().clone();
      rgb8[0] = (byte) i; // or the second would be known from the first
      Png.write(many.resolve("p" + i + ".png"), Image.of(still.width(), still.height(), rgb8));
    }
    Run run =
        run(
            "instances",
            many.toString(),
            "--of",
            "chair",
            "--coco",
            "--yolo",
            "--generator",
            spec(),
            "--size",
            "160x120",
            "--parallel",
            "1",
            "--max-calls",
            "2");
    assertThat(run.code()).as(run.err()).isEqualTo(4);
    assertThat(Coco.read(out.resolve("instances-chair-coco.json"))).hasSize(2);
    assertThat(out.resolve("instances-chair-yolo/data.yaml")).exists();
    JsonNode result = JSON.readTree(out.resolve("p1/instances-chair/result.json").toFile());
    result.path("files").forEach(file -> assertThat(Path.of(file.asText())).exists());
  }

  @Test
  void drawingsOfManyClassesAreAnnounced() {
    String classes = CommandsTest.classes(30);
    String[] more = {"--classes", classes, "--generator", spec(), "--max-calls", "0"};
    assertThat(run(with(more, "segment", photo.toString())).err()).contains("for up to 2 drawings");
    // Depth, normals, classes in two, edges, and what covers most to be counted.
    assertThat(run(with(more, "see", photo.toString())).err()).contains("for up to 6 drawings");
  }

  private static String[] with(String[] options, String... command) {
    return Stream.of(command, options).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void aPlanFindsClassesByItself() {
    String said =
        "{\"things\":[{\"name\":\"chair\",\"count\":2,\"each\":["
            + "{\"phrase\":\"left chair\",\"colour\":\"#ff0000\"},"
            + "{\"phrase\":\"right chair\",\"colour\":\"#0000ff\"}]}]}";
    Run run = advised(said, "segment", photo.toString(), "--plan");
    assertThat(run.json().getFirst().path("prompt").asText()).contains("chair");
    assertThat(asked.getFirst()).contains("List the kinds of things that are in the photo");
    Run both = run("segment", photo.toString(), "--plan", "--discover", "--chat", spec());
    assertThat(both.code()).isEqualTo(2);
  }
}
