package dev.plantain.train.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.diorama.Split;
import dev.plantain.train.Kind;
import dev.plantain.train.ToyShards;
import dev.plantain.train.TrainConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole study of a toy protocol. */
class StudyTest {
  private static final int SIZE = 32;
  private static final Study.Scenes SCENES =
      (split, first, count, size) ->
          ToyShards.views((split == Split.TEST ? 200 : 100) + first, count, size).toList();

  private static String json(Path data) {
    String scales = "{\"quarter\": 16, \"eighth\": 16, \"sixteenth\": 32}";
    String stage =
        "{\"name\": \"%s\", \"steps\": %d, \"size\": 32, \"drawings\": 6, \"asks\": 3,"
            + " \"pureNoise\": 0.5, \"rate\": 0.001, \"warmup\": 1, \"decay\": 0.5, \"mixture\":"
            + " {\"weights\": %s}}";
    return """
    {"data": "%s",
     "shape": {"photo": %s, "drawing": %s, "photoBlocks": 1, "token": 32, "condition": 32, "fine": 8},
     "seeds": [1, 2],
     "views": [5],
     "pretrain": %s,
     "tune": %s,
     "huber": {"NORMALS": 0.1},
     "even": ["DEPTH"],
     "specialist": {"seed": 9, "views": 5, "steps": 2, "rates": [0.0005, 0.001]},
     "validation": {"firstSeed": 3, "count": 2},
     "test": {"firstSeed": 4, "count": 4},
     "curve": [0.5],
     "drawingsPerSecond": {"pretrain": 100, "tune": 50, "specialist": 10},
     "checkpointMinutes": 1000,
     "pictures": 2}
    """
        .formatted(
            data,
            scales,
            scales,
            stage.formatted("pretrain", 2, "{\"CAPTION\": 0.4, \"EDIT\": 0.6}"),
            stage.formatted("tune", 3, "{\"DEPTH\": 1.0, \"NORMALS\": 1.0, \"SEGMENT\": 1.0}"));
  }

  private static StudyConfig protocol(Path folder) throws IOException {
    Path data = folder.resolve("views");
    ToyShards.write(data, 12, SIZE);
    Path file = folder.resolve("protocol.json");
    Files.writeString(file, json(data));
    return StudyConfig.read(file);
  }

  /** Does a study; stops at the first step of a run of its own, if told to. */
  private static boolean run(
      StudyConfig config, Path folder, @Nullable String only, @Nullable String stopIn)
      throws IOException {
    boolean[] stopped = new boolean[1];
    boolean[] in = new boolean[1];
    boolean done =
        Study.open(config, folder)
            .run(
                SCENES,
                only,
                () -> stopped[0],
                new Study.Listener() {
                  @Override
                  public void run(String name, int number, int of) {
                    in[0] = name.equals(stopIn);
                  }

                  @Override
                  public void step(int step, int total, String stage, String line) {
                    if (in[0]) {
                      stopped[0] = true;
                      Thread.currentThread().interrupt();
                    }
                  }

                  @Override
                  public void warning(String line) {
                    throw new AssertionError(line);
                  }
                });
    boolean _ = Thread.interrupted();
    return done;
  }

  @Test
  @Tag("slow")
  void itReportsAllAndGoesOnAfterAnyStop(@TempDir Path folder) throws IOException {
    StudyConfig config = protocol(folder);
    List<String> names = Study.runs(config);
    assertThat(names).hasSize(6 + 2 * (2 + 6)).doesNotHaveDuplicates();
    Path parts = folder.resolve("parts");
    for (String stop :
        List.of("sweep-normals-0.001", "pretrained-s1", "tuned-5-s1", "specialist-depth-5-s2")) {
      assertThat(run(config, parts, null, stop)).as(stop).isFalse();
      assertThat(parts.resolve(stop).resolve("done.json")).doesNotExist();
      Study.open(config, parts).report();
    }
    assertThat(Files.readString(parts.resolve("report.md"))).contains("not run yet");
    assertThat(run(config, parts, null, null)).isTrue();

    String report = Files.readString(parts.resolve("report.md"));
    assertThat(report)
        .contains("## In words", "Effect of pre-training, 5 views, seeds [1, 2], depth.delta1")
        .contains("## Figures: depth", "## Figures: normals", "## Figures: segment")
        .contains("## Paired differences: segment", "segment.miou_unlabelled")
        .contains("## Things that were never labelled", "## Learning rates of the specialists")
        .contains("## Learning curves", "## Pictures", "## Runs")
        .contains("22 of 22 runs are done")
        .doesNotContain("not run yet");
    assertThat(report.split("\\| chosen \\|", -1)).hasSize(1 + 3);
    assertThat(Files.readString(parts.resolve("report.html"))).contains("data:image/png;base64,");
    assertThat(ImageIO.read(parts.resolve("curve-segment.png").toFile()).getWidth()).isPositive();
    assertThat(ImageIO.read(parts.resolve("pictures-segment.png").toFile()).getWidth())
        .isEqualTo(6 * (2 * SIZE + 2) - 2);
    for (String name : names) {
      assertThat(parts.resolve(name).resolve("checkpoints")).doesNotExist();
    }
    // What was stopped ends as if it had never been.
    for (String name : List.of("sweep-normals-0.001", "pretrained-s1")) {
      Path whole = folder.resolve("whole");
      assertThat(run(config, whole, name, null)).isTrue();
      assertThat(parts.resolve(name).resolve("weights.safetensors"))
          .hasSameBinaryContentAs(whole.resolve(name).resolve("weights.safetensors"));
    }
    // Every run was measured at half of its steps, rounded up, and at its end.
    RunFiles curve = new RunFiles(parts.resolve("scratch-5-s2"));
    assertThat(curve.curve().stream().map(RunFiles.Point::steps)).containsExactly(2, 3);
  }

  @Test
  void oneRunAloneNeedsThoseBeforeIt(@TempDir Path folder) throws IOException {
    StudyConfig config = protocol(folder);
    Path study = folder.resolve("study");
    assertThatThrownBy(() -> run(config, study, "tuned-5-s1", null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("pretrained-s1, which is not done");
    assertThatThrownBy(() -> run(config, study, "specialist-depth-5-s1", null))
        .hasMessageContaining("sweep-depth-0.0005");
    assertThatThrownBy(() -> run(config, study, "tuned-3-s1", null))
        .hasMessageContaining("no run \"tuned-3-s1\"");
    assertThat(run(config, study, "scratch-5-s1", null)).isTrue();
    try (Stream<Path> files = Files.list(study)) {
      assertThat(files.filter(f -> Files.exists(f.resolve("done.json"))).count()).isEqualTo(1);
    }
  }

  @Test
  void aStudyOfAnotherProtocolIsRefused(@TempDir Path folder) throws IOException {
    StudyConfig config = protocol(folder);
    Study.open(config, folder.resolve("study"));
    Files.writeString(
        folder.resolve("other.json"), json(folder.resolve("views")).replace("[1, 2]", "[1, 3]"));
    StudyConfig other = StudyConfig.read(folder.resolve("other.json"));
    assertThatThrownBy(() -> Study.open(other, folder.resolve("study")))
        .hasMessageContaining("another protocol");
  }

  @Test
  void whatIsMissingOrWrongIsNamed(@TempDir Path folder) throws IOException {
    String right = json(folder.resolve("views"));
    for (String key : List.of("seeds", "tune", "specialist", "rates", "pureNoise", "photoBlocks")) {
      assertThatThrownBy(() -> read(folder, right.replaceFirst("\"" + key + "\": ?", "\"x\": ")))
          .as(key)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("p.json")
          .hasMessageMatching("(?s).*(" + key + "|\"x\").*");
      String without =
          right.replaceFirst("\"" + key + "\": ?(\\[[^\\]]*\\]|\\{[^\n]*\\}|[0-9.]+),?", "");
      assertThatThrownBy(() -> read(folder, without.replaceAll(",\\s*([}\\]])", "$1")))
          .as("without " + key)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(key);
    }
    assertThatThrownBy(() -> read(folder, right.replace("\"seed\": 9", "\"seed\": 2")))
        .hasMessageContaining("specialist.seed 2");
    assertThatThrownBy(() -> read(folder, right.replace("\"views\": 5", "\"views\": 6")))
        .hasMessageContaining("specialist.views 6");
    assertThatThrownBy(() -> read(folder, right.replace("\"DEPTH\"", "\"EDGES\"")))
        .hasMessageContaining("tune.mixture");
    assertThatThrownBy(() -> read(folder, right.replace("\"NORMALS\": 0.1", "\"NORMALS\": 0")))
        .hasMessageContaining("huber has lengths above 0");
    assertThatThrownBy(() -> read(folder, right.replace("[\"DEPTH\"]", "[\"EDGES\"]")))
        .hasMessageContaining("EDGES");
  }

  @Test
  void drawingsAreLearntAsTheProtocolSaysAndSpecialistsByTheirOwnLoss(@TempDir Path folder)
      throws IOException {
    StudyConfig config = protocol(folder);
    Plan plan = new Plan(config);
    for (Run run : plan.runs()) {
      TrainConfig training = plan.config(run, 0.001);
      assertThat(training.huber()).isEqualTo(run.draws() ? Map.of(Kind.NORMALS, 0.1) : null);
      assertThat(training.even()).isEqualTo(run.draws() ? Set.of(Kind.DEPTH) : null);
    }
  }

  private static StudyConfig read(Path folder, String json) throws IOException {
    Path file = folder.resolve("p.json");
    Files.writeString(file, json);
    return StudyConfig.read(file);
  }

  @Test
  void theCommittedProtocolIsOne() throws IOException {
    StudyConfig config = StudyConfig.read(Path.of("study.json"));
    assertThat(config.size()).isEqualTo(64);
    assertThat(Study.estimate(config).getLast()).contains("37 runs");
  }
}
