package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run's folder keeps when the run is opened again. */
class RunFolderTest {
  static final Training.Listener DEAF =
      new Training.Listener() {
        @Override
        public void step(int step, int total, String stage, String line) {}

        @Override
        public void warning(String line) {}
      };

  @TempDir Path folder = Path.of("");

  private static String line(int step, double loss) {
    return "{\"step\":%d,\"stage\":\"ü\",\"drawings\":4,\"losses\":{\"depth\":%s}}"
        .formatted(step, loss);
  }

  @Test
  void theLogHasEveryStepThatCountsOnceAndWhole() throws IOException {
    RunFolder run = new RunFolder(folder, line -> {});
    run.cutLog(3);
    Path log = folder.resolve("log.jsonl");
    assertThat(log).doesNotExist();
    String half = line(4, 0.1);
    Files.writeString(
        log,
        String.join(
            "\n",
            line(1, 0.5),
            line(2, 0.4),
            line(3, 0.3),
            "{\"step\":4,\"lo" + line(3, 0.3),
            line(2, 0.45),
            line(4, 0.2),
            line(5, 0.1),
            half.substring(0, half.length() - 2)));
    run.cutLog(4);
    assertThat(Files.readAllLines(log))
        .containsExactly(line(1, 0.5), line(2, 0.45), line(3, 0.3), line(4, 0.2));
    run.curves();
    run.cutLog(3);
    assertThat(log).hasContent(line(1, 0.5) + "\n" + line(2, 0.45) + "\n" + line(3, 0.3) + "\n");
    run.cutLog(0);
    assertThat(log).isEmptyFile();
  }

  @Test
  void whereNoCheckpointIsWholeNothingBeginsAnew() throws IOException {
    RunFolder run = new RunFolder(folder, line -> {});
    assertThat(run.lastCheckpoint()).isNull();
    for (String step : List.of("3", "4")) {
      Files.write(
          folder.resolve("checkpoints/step-0000000%s.safetensors".formatted(step)), new byte[9]);
    }
    assertThatThrownBy(run::lastCheckpoint)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no checkpoint is whole")
        .hasMessageContaining("step-00000004");
    assertThat(folder.resolve("checkpoints/step-00000004.safetensors")).exists();
  }

  @Test
  void aRunThatBeganWithOtherWeightsIsNotGoneOnWith() throws IOException {
    TrainConfig config = TrainerTest.config(1);
    Path run = folder.resolve("run");
    Path mine = Files.write(folder.resolve("mine"), new byte[] {1, 2});
    Path other = Files.write(folder.resolve("other"), new byte[] {1, 3});
    Path kept = run.resolve("start.safetensors");
    assertThat(Training.begin(config, run, mine, DEAF).start()).isEqualTo(kept);
    assertThat(Training.begin(config, run, mine, DEAF).start()).isEqualTo(kept);
    assertThat(Training.begin(config, run, null, DEAF).start()).isEqualTo(kept);
    assertThatThrownBy(() -> Training.begin(config, run, other, DEAF))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(kept.toString())
        .hasMessageContaining(other.toString());
    assertThat(kept).hasBinaryContent(new byte[] {1, 2});
    Path random = folder.resolve("random");
    assertThat(Training.begin(config, random, null, DEAF).start()).isNull();
    assertThatThrownBy(() -> Training.begin(config, random, mine, DEAF))
        .hasMessageContaining("random weights");
  }
}
