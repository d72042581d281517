package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.sprout.PromptTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run killed without warning, again and again, ends like one that was left alone. */
@Tag("slow")
class KilledRunTest {
  private static final int KILLS = 20;

  /** What the processes run: a short run, checkpointed after every step. */
  static final class Run {
    private Run() {}

    public static void main(String[] args) throws Exception {
      Mixture mixture =
          new Mixture(
              Map.of(Kind.CAPTION, 1.0, Kind.EDIT, 1.0, Kind.DEPTH, 1.0, Kind.SEGMENT, 1.0));
      Stage stage = new Stage("tune", 400, 32, 12, 3, 0.15, 2e-3, 5, 0.3, mixture);
      TrainConfig config =
          new TrainConfig(
              7, TrainerTest.SHAPE, null, "none", null, null, List.of(stage), 1e-9, 0, null, null);
      try (PromptTokenizer tokenizer = new PromptTokenizer();
          Trainer trainer =
              Trainer.open(
                  config,
                  new RunFolder(Path.of(args[0]), line -> {}),
                  new BatchMaker(
                      new DioramaExamples(
                          new ToyViews(50, 32), new VisionExamples(List.of("box", "ball"))),
                      tokenizer,
                      config.seed(),
                      config.evenKinds()))) {
        trainer.run((step, total, s, result) -> {});
      }
      Runtime.getRuntime().halt(0);
    }
  }

  private static Process start(Path folder) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Run.class.getName()));
    command.add(folder.toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void itEndsWithTheSameWeights(@TempDir Path folder) throws Exception {
    Path whole = Files.createDirectories(folder.resolve("whole"));
    long began = System.nanoTime();
    Process undisturbed = start(whole);
    while (undisturbed.isAlive() && !Files.exists(whole.resolve("weights.safetensors"))) {
      Thread.sleep(20);
    }
    double startSeconds = (System.nanoTime() - began) / 1e9;
    assertThat(undisturbed.waitFor()).isZero();
    double seconds = (System.nanoTime() - began) / 1e9;
    // Before the first step as well as after some; 20 times the mean gain is less than the run.
    double early = startSeconds / 2;
    double late = 1.5 * (seconds - startSeconds) / KILLS;
    Path killed = Files.createDirectories(folder.resolve("killed"));
    Random random = new Random(1);
    int kills = 0;
    int finished = -1;
    while (finished != 0) {
      Process process = start(killed);
      double wait = startSeconds - early + random.nextDouble() * (early + late);
      long patience = kills < KILLS ? (long) (1000 * wait) : 600_000;
      if (process.waitFor(patience, TimeUnit.MILLISECONDS)) {
        finished = process.exitValue();
        assertThat(finished).isZero();
      } else {
        process.destroyForcibly().waitFor();
        kills++;
      }
    }
    System.out.printf("killed %d times; the run left alone took %.0f s%n", kills, seconds);
    assertThat(kills).isEqualTo(KILLS);
    assertThat(killed.resolve("weights.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("weights.safetensors"));
  }
}
