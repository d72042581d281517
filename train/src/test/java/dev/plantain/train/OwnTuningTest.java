package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.eval.Paired;
import dev.plantain.formats.InputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured of a tuning, and that it is kept, however often the run is stopped. */
class OwnTuningTest {
  private static final String MIOU = "segment.miou";

  @TempDir Path folder = Path.of("");

  /** Twenty photos, of which two are held out: grass on the left, road on the right. */
  private TrainConfig.OwnData pictures() throws IOException {
    Path mine = folder.resolve("mine");
    Files.createDirectories(mine.resolve("images"));
    Files.createDirectories(mine.resolve("labels"));
    for (int i = 0; i < 20; i++) {
      BufferedImage photo = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
      BufferedImage labels = new BufferedImage(48, 32, BufferedImage.TYPE_BYTE_GRAY);
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 48; x++) {
          int label = x < 14 + i ? 0 : 1;
          photo.setRGB(x, y, label == 0 ? 0x20a020 : 0x707070);
          labels.getRaster().setSample(x, y, 0, label);
        }
      }
      ImageIO.write(photo, "png", mine.resolve("images/p%02d.png".formatted(i)).toFile());
      ImageIO.write(labels, "png", mine.resolve("labels/p%02d.png".formatted(i)).toFile());
    }
    return new TrainConfig.OwnData(mine.toString(), List.of("grass", "road"));
  }

  /** Fewer drawings in a step than a user's, for a small network. */
  private static TrainConfig config(TrainConfig.OwnData own) {
    Mixture mixture = new Mixture(Map.of(Kind.RESTORE, 0.5, Kind.SEGMENT, 0.5));
    Stage stage = new Stage("own", 2, 32, 4, 2, 0.5, 1e-3, 1, 0, mixture);
    return new TrainConfig(
        1, TrainerTest.SHAPE, null, null, own, null, List.of(stage), 1000, 0, null, null);
  }

  /** Weights that have drawn a little. */
  private Path base(TrainConfig config) throws IOException {
    Path base = folder.resolve("base");
    // There is nothing to compare random weights with.
    assertThat(OwnTuning.run(config, base, null, null, new Stopping(-1))).isEmpty();
    assertThat(base.resolve("before")).doesNotExist();
    return base.resolve("weights.safetensors");
  }

  private record Stopping(int at) implements Training.Listener {
    @Override
    public void step(int step, int total, String stage, String line) {
      if (step == at) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void warning(String line) {
      throw new AssertionError(line);
    }
  }

  @Test
  void whatIsGainedIsReportedThoughTheRunWasStopped() throws IOException {
    TrainConfig config = config(pictures());
    Path start = base(config);
    Path whole = folder.resolve("whole");
    OwnTuning.Outcome outcome =
        OwnTuning.run(config, whole, start, null, new Stopping(-1)).orElseThrow();
    assertThat(outcome.heldOut()).isTrue();
    assertThat(outcome.after().samples()).isEqualTo(2);
    for (String side : List.of("before", "after")) {
      assertThat(Files.readAllLines(whole.resolve(side).resolve("samples.jsonl"))).hasSize(2);
      assertThat(whole.resolve(side).resolve("report.html")).isNotEmptyFile();
    }
    JsonNode miou = figure(whole);
    Paired change = outcome.comparison().figure(MIOU).orElseThrow();
    assertThat(miou.path("before").path("value").asDouble())
        .isEqualTo(outcome.before().value(MIOU));
    assertThat(miou.path("after").path("value").asDouble()).isEqualTo(outcome.after().value(MIOU));
    assertThat(miou.path("difference").path("value").asDouble())
        .isCloseTo(outcome.after().value(MIOU) - outcome.before().value(MIOU), within(1e-12));
    assertThat(miou.path("difference").path("interval95").path(0).asDouble())
        .isEqualTo(change.interval().low())
        .isLessThanOrEqualTo(change.difference());
    assertThat(Files.readString(whole.resolve("report.md"))).contains("| segment.miou |");
    assertThat(Files.readString(whole.resolve("report.html"))).contains("drawing before");

    Path parts = folder.resolve("parts");
    assertThat(OwnTuning.run(config, parts, start, 1L, new Stopping(1))).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(parts.resolve("report.json")).doesNotExist();
    // As many pictures as it began with, then as many as are asked for.
    assertThat(OwnTuning.resume(parts, null, new Stopping(-1)).orElseThrow().after().samples())
        .isEqualTo(1);
    OwnTuning.Outcome resumed = OwnTuning.resume(parts, 2L, new Stopping(-1)).orElseThrow();
    assertThat(resumed.after().figures()).isEqualTo(outcome.after().figures());
    assertThat(resumed.comparison().figures()).isEqualTo(outcome.comparison().figures());
    assertThat(figure(parts)).isEqualTo(miou);

    Files.writeString(parts.resolve("measure.json"), "{");
    assertThatThrownBy(() -> OwnTuning.resume(parts, null, new Stopping(-1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("measure.json is damaged");
  }

  @Test
  void measuringThatIsStoppedIsGoneOnWith() throws Exception {
    TrainConfig config = config(pictures());
    Path start = base(config);
    Path run = folder.resolve("run");
    Thread measuring = Thread.currentThread();
    Thread stopping =
        Thread.startVirtualThread(
            () -> {
              while (!Files.exists(run.resolve("before/run.json"))) {
                LockSupport.parkNanos(100_000);
              }
              measuring.interrupt();
            });
    assertThat(OwnTuning.run(config, run, start, null, new Stopping(-1))).isEmpty();
    stopping.join();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(run.resolve("after")).doesNotExist();
    OwnTuning.Outcome outcome = OwnTuning.resume(run, null, new Stopping(-1)).orElseThrow();
    assertThat(outcome.before().samples()).isEqualTo(2);
    assertThat(outcome.comparison().samples()).isEqualTo(2);
  }

  private static JsonNode figure(Path run) throws IOException {
    JsonNode report = new ObjectMapper().readTree(run.resolve("report.json").toFile());
    for (JsonNode figure : report.path("figures")) {
      if (figure.path("figure").asText().equals(MIOU)) {
        return figure;
      }
    }
    throw new AssertionError(report);
  }
}
