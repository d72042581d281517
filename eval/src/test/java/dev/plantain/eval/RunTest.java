package dev.plantain.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Traits;
import dev.plantain.core.Vision;
import dev.plantain.formats.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on disk: kept, gone on with, reported, compared. */
class RunTest {
  private static final int SIDE = 48;
  private static final int SAMPLES = 14;

  private static final Map<String, String> ABOUT =
      Map.of("made", "now", "shape", "{\"photo\":{\"half\":8,\"quarter\":16},\"depth\":2}");

  @TempDir Path dir = Path.of("");

  /** Scenes made from their number, with a truth of each kind. */
  private record Scenes(int count) implements EvalSet {
    @Override
    public String name() {
      return "scenes";
    }

    @Override
    public long size() {
      return count;
    }

    @Override
    public Stream<Sample> samples() {
      return LongStream.range(0, count).mapToObj(Scenes::scene);
    }

    private static Sample scene(long number) {
      SplittableRandom random = new SplittableRandom(number);
      int n = SIDE * SIDE;
      byte[] rgb8 = new byte[3 * n];
      float[] metres = new float[n];
      float[] normals = new float[3 * n];
      int[] labels = new int[n];
      BitSet inside = new BitSet();
      boolean[] edges = new boolean[n];
      int split = 8 + random.nextInt(32);
      for (int i = 0; i < n; i++) {
        boolean left = i % SIDE < split;
        rgb8[3 * i] = (byte) (left ? 200 : 40);
        rgb8[3 * i + 1] = (byte) (number * 9);
        metres[i] = left ? 2 : 5 + 0.1f * Math.floorDiv(i, SIDE);
        normals[3 * i + 2] = 1;
        labels[i] = left ? 0 : 1;
        inside.set(i, left);
        edges[i] = i % SIDE == split;
      }
      return new Sample(
          "scene " + number,
          Image.of(SIDE, SIDE, rgb8),
          List.of(
              new Truth.DepthTruth(metres, 80),
              new Truth.NormalTruth(normals),
              new Truth.SegmentTruth(
                  List.of("wall", "floor"),
                  List.of(0xFF0000, 0x00FF00),
                  OptionalInt.empty(),
                  labels),
              new Truth.ReferTruth("the wall", inside, false),
              new Truth.InstanceTruth("wall", List.of(inside)),
              new Truth.EdgeTruth(List.of(edges))));
    }
  }

  /** Draws blocks of colours that follow from what it is asked, and fails now and then. */
  private record Chance(int pauseMillis) implements Generator {
    @Override
    public Traits traits() {
      return new Traits(
          "chance 1", "paper", new Traits.Sizes(8, SIDE * SIDE, SIDE * SIDE, 4), true, "MIT");
    }

    @Override
    public Image draw(List<Image> images, String prompt, Options options) {
      long seed = prompt.hashCode() * 31L + images.hashCode() + options.seed();
      SplittableRandom random = new SplittableRandom(seed);
      if (random.nextInt(9) == 0) {
        throw new GeneratorException("no wish to draw");
      }
      try {
        Thread.sleep(pauseMillis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new GeneratorException("interrupted");
      }
      byte[] rgb8 = new byte[3 * SIDE * SIDE];
      int[] colours = {0xFF0000, 0x00FF00, 0x2040FF, 0xFFFF00, 0xFFFFFF, 0};
      int[] blocks = random.ints(16, 0, colours.length).toArray();
      for (int i = 0; i < SIDE * SIDE; i++) {
        int colour = colours[blocks[(i / SIDE) / 12 * 4 + i % SIDE / 12]];
        rgb8[3 * i] = (byte) (colour >> 16);
        rgb8[3 * i + 1] = (byte) (colour >> 8);
        rgb8[3 * i + 2] = (byte) colour;
      }
      return Image.of(SIDE, SIDE, rgb8);
    }

    @Override
    public boolean drawsInPlace() {
      return true;
    }

    @Override
    public void close() {}
  }

  /** A run in a process of its own. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
      run(Path.of(args[0]), SAMPLES, 5, 0);
    }
  }

  private static Report run(Path folder, int samples, int pauseMillis, long seed)
      throws IOException {
    Scenes set = new Scenes(samples);
    Generator generator = new Chance(pauseMillis);
    try (RunFolder run =
        RunFolder.open(folder, Provenance.now(set.name(), "chance 1", seed, "vote 1", ABOUT))) {
      Vision vision = Vision.with(run.keeping(generator)).seeded(seed);
      Report report = Evaluation.run(vision, seed, set, samples, 2, run, done -> {});
      RunReport.write(run, vision, set, report);
      return report;
    }
  }

  private static String timeless(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> line.replaceAll("\"seconds\":[^,]*,", ""))
        .filter(line -> !line.contains(" s of drawing, reading and counting"))
        .collect(Collectors.joining("\n"));
  }

  private static void assertSameReports(Path one, Path other) throws IOException {
    for (String name : List.of("report.md", "report.html", "samples.jsonl")) {
      assertThat(timeless(other.resolve(name))).as(name).isEqualTo(timeless(one.resolve(name)));
    }
  }

  @Test
  void aRunGoesOnAndItsReportIsTheSame() throws IOException {
    Report whole = run(dir.resolve("whole"), 6, 0, 0);
    run(dir.resolve("parts"), 2, 0, 0);
    // Half a line, as a process leaves it that is killed while it writes.
    Files.writeString(
        dir.resolve("parts/samples.jsonl"), "{\"id\":\"scene 2\",\"da", StandardOpenOption.APPEND);
    Report parts = run(dir.resolve("parts"), 6, 0, 0);
    assertThat(parts.figures()).isEqualTo(whole.figures());
    assertSameReports(dir.resolve("whole"), dir.resolve("parts"));
    assertThat(whole.failures()).isNotEmpty();
    String report = Files.readString(dir.resolve("whole/report.md"));
    assertThat(report)
        .contains(
            "| depth.delta1 |",
            "| instances.pmf1 |",
            "no wish to draw",
            "| generator | chance 1 |",
            "| weights: shape | photo: half 8, quarter 16; depth 2 |");
    assertThat(Files.readString(dir.resolve("whole/report.html")))
        .contains("data:image/jpeg;base64,", "worst", "<svg")
        .doesNotContain("<th></th>");
  }

  @Test
  void aRunOverOtherDataIsNotGoneOnWith() throws IOException {
    Path folder = dir.resolve("run");
    run(folder, 2, 0, 0);
    EvalSet others =
        new EvalSet() {
          @Override
          public String name() {
            return "scenes";
          }

          @Override
          public long size() {
            return 6;
          }

          @Override
          public Stream<Sample> samples() {
            return LongStream.range(100, 106).mapToObj(Scenes::scene);
          }
        };
    try (RunFolder run =
        RunFolder.open(folder, Provenance.now("scenes", "chance 1", 0, "vote 1", ABOUT))) {
      Vision vision = Vision.with(run.keeping(new Chance(0)));
      assertThatThrownBy(() -> Evaluation.run(vision, 0, others, 6, 1, run, done -> {}))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("other data")
          .hasMessageContaining("another folder");
    }
  }

  @Test
  void aFailureCountsAsWrong() throws IOException {
    Report report = run(dir.resolve("run"), 8, 0, 3);
    // Every sample is in every mean, drawn or not.
    report.figures().stream()
        .filter(f -> f.name().matches("depth.delta1|normals.mean|refer.ciou|instances.pmf1"))
        .forEach(f -> assertThat(f.samples()).as(f.name()).isEqualTo(8));
  }

  @Test
  void drawingsAreKept() throws IOException {
    run(dir.resolve("run"), 3, 0, 0);
    Files.delete(dir.resolve("run/samples.jsonl"));
    Files.delete(dir.resolve("run/report.md"));
    // A generator that must not be asked: what failed is asked again, and fails again.
    Generator refusing =
        new Generator() {
          private final Generator chance = new Chance(0);

          @Override
          public Traits traits() {
            return chance.traits();
          }

          @Override
          public Image draw(List<Image> images, String prompt, Options options) {
            throw new AssertionError("drawn again");
          }

          @Override
          public List<Outcome> drawEach(List<Request> requests) {
            List<Outcome> outcomes = chance.drawEach(requests);
            assertThat(outcomes).anyMatch(o -> o instanceof Outcome.Failed);
            return outcomes;
          }

          @Override
          public boolean drawsInPlace() {
            return true;
          }

          @Override
          public void close() {}
        };
    Scenes set = new Scenes(3);
    try (RunFolder run =
        RunFolder.open(
            dir.resolve("run"), Provenance.now("scenes", "chance 1", 0, "vote 1", ABOUT))) {
      Report report =
          Evaluation.run(Vision.with(run.keeping(refusing)), 0, set, 3, 1, run, done -> {});
      assertThat(report.samples()).isEqualTo(3);
    }
  }

  @Test
  void anotherQuestionNeedsAnotherFolder() throws IOException {
    run(dir.resolve("run"), 1, 0, 0);
    assertThatThrownBy(() -> run(dir.resolve("run"), 1, 0, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("seed 0")
        .hasMessageContaining("another folder");
    Files.writeString(dir.resolve("run/samples.jsonl"), "{}}\n");
    assertThatThrownBy(() -> run(dir.resolve("run"), 1, 0, 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 1");
    Files.writeString(dir.resolve("run/run.json"), "{");
    assertThatThrownBy(() -> run(dir.resolve("run"), 1, 0, 0)).isInstanceOf(InputException.class);
  }

  @Test
  void twoDoNotWriteOneRun() throws IOException {
    Provenance asked = Provenance.now("scenes", "chance 1", 0, "vote 1", Map.of());
    try (RunFolder run = RunFolder.open(dir.resolve("run"), asked)) {
      assertThat(run.done()).isEmpty();
      assertThatThrownBy(() -> RunFolder.open(dir.resolve("run"), asked))
          .hasMessageContaining("in use");
    }
  }

  @Test
  void runsAreComparedSampleBySample() throws IOException {
    Report one = run(dir.resolve("a"), 6, 0, 0);
    run(dir.resolve("b"), 8, 0, 5);
    Comparison comparison = Comparison.of(dir.resolve("a"), dir.resolve("b"));
    assertThat(comparison.samples()).isEqualTo(6);
    assertThat(comparison.left()).isEqualTo(2);
    Paired depth =
        comparison.figures().stream()
            .filter(p -> p.name().equals("depth.delta1"))
            .findFirst()
            .orElseThrow();
    assertThat(depth.before()).isCloseTo(one.value("depth.delta1"), within(1e-12));
    assertThat(depth.interval().low()).isLessThanOrEqualTo(depth.difference());
    Comparison itself = Comparison.of(dir.resolve("a"), dir.resolve("a"));
    assertThat(itself.figures()).allMatch(p -> p.difference() == 0);
    assertThatThrownBy(() -> Comparison.of(dir.resolve("a"), dir.resolve("nowhere")))
        .hasMessageContaining("holds no run");
  }

  @Test
  void twoRunsAreReportedTogetherWithTheDrawingsOfBoth() throws IOException {
    EvalSet set = new Scenes(5);
    KeptRun one = KeptRun.measure(new Chance(0), 0, set, 5, dir.resolve("one"));
    KeptRun other = KeptRun.measure(new Chance(0), 5, set, 5, dir.resolve("other"));
    Comparison comparison = ComparisonReport.write(dir, one, other);

    Paired depth = comparison.figure("depth.delta1").orElseThrow();
    JsonNode json = new ObjectMapper().readTree(dir.resolve("report.json").toFile());
    JsonNode figure = json.path("figures").path(0);
    assertThat(json.path("samples").asInt()).isEqualTo(5);
    assertThat(figure.path("figure").asText()).isEqualTo("depth.delta1");
    for (String side : List.of("before", "after", "difference")) {
      assertThat(figure.path(side).path("interval95")).hasSize(2);
    }
    assertThat(figure.path("before").path("value").asDouble())
        .isEqualTo(one.report().value("depth.delta1"));
    assertThat(figure.path("difference").path("value").asDouble()).isEqualTo(depth.difference());
    assertThat(figure.path("difference").path("interval95").path(1).asDouble())
        .isEqualTo(depth.interval().high());
    assertThat(Files.readString(dir.resolve("report.md")))
        .contains("| depth.delta1 |", "| seed | 0 | 5 |", "one/report.html");
    String html = Files.readString(dir.resolve("report.html"));
    // Three answers of each of six questions, of as many scenes.
    assertThat(html.split("<p>[a-z]+, scene [0-2]: before ", -1)).hasSize(1 + 3 * 6);
    assertThat(html).contains("alt=\"drawing before\"", "alt=\"drawing after\"", "alt=\"truth\"");

    // Of fewer samples than were kept, the difference is of those.
    KeptRun few = KeptRun.measure(new Chance(0), 0, set, 2, dir.resolve("one"));
    KeptRun fewer = KeptRun.measure(new Chance(0), 5, set, 2, dir.resolve("other"));
    assertThat(ComparisonReport.write(dir, few, fewer).samples()).isEqualTo(2);
  }

  @Test
  @Tag("slow")
  void killedTenTimesTheReportIsTheSame() throws Exception {
    Path killed = dir.resolve("killed");
    SplittableRandom random = new SplittableRandom();
    List<Integer> at = new ArrayList<>();
    for (int kill = 0; kill < 10; kill++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--add-modules", // as here: plain loops round in another way
                  "jdk.incubator.vector",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  killed.toString())
              .redirectErrorStream(true)
              .redirectOutput(dir.resolve("out.txt").toFile())
              .start();
      long enough = size(killed) + random.nextInt(60_000);
      while (process.isAlive() && size(killed) < enough) {
        Thread.sleep(1);
      }
      Thread.sleep(random.nextInt(10));
      process.destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      at.add(lines(killed));
    }
    run(dir.resolve("whole"), SAMPLES, 0, 0);
    run(killed, SAMPLES, 0, 0);
    System.out.println("samples done at each kill: " + at);
    assertSameReports(dir.resolve("whole"), killed);
  }

  private static int lines(Path folder) throws IOException {
    Path file = folder.resolve("samples.jsonl");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  /** Bytes of all files of a run so far. */
  private static long size(Path folder) {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(f -> f.toFile().length()).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0; // a file that was moved while it was looked at
    }
  }
}
