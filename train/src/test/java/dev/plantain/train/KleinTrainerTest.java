package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.core.Generator;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.klein.KleinProvider;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An adapter of the small model that klein's own tests draw with. */
class KleinTrainerTest {
  private static final String MODEL =
      Path.of("../klein/src/test/resources/dev/plantain/klein/fixtures/model")
              .toAbsolutePath()
              .normalize()
          + "?precision=fp32";

  /** Photos whose left half is grass, the next quarter road, the rest unknown. */
  private static TrainConfig.OwnData pictures(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(folder.resolve("labels"));
    BufferedImage photo = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
    BufferedImage labels = new BufferedImage(48, 32, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 48; x++) {
        int label = x < 24 ? 0 : x < 36 ? 1 : 255;
        photo.setRGB(x, y, label == 0 ? 0x20a020 : 0x707070);
        labels.getRaster().setSample(x, y, 0, label);
      }
    }
    for (int i = 0; i < 3; i++) {
      ImageIO.write(photo, "png", folder.resolve("images/p%d.png".formatted(i)).toFile());
      ImageIO.write(labels, "png", folder.resolve("labels/p%d.png".formatted(i)).toFile());
    }
    return new TrainConfig.OwnData(folder.toString(), List.of("grass", "road"));
  }

  private static final class Heard implements Training.Listener {
    final List<String> lines = new ArrayList<>();
    private final int stopAt;

    Heard(int stopAt) {
      this.stopAt = stopAt;
    }

    @Override
    public void step(int step, int total, String stage, String line) {
      lines.add(line);
      if (step == stopAt) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void warning(String line) {
      throw new AssertionError(line);
    }
  }

  @Test
  void anAdapterIsTrainedOnOnesOwnPicturesResumesBitForBitAndChangesWhatIsDrawn(
      @TempDir Path folder) throws IOException {
    TrainConfig config = OwnTuning.klein(pictures(folder.resolve("mine")), MODEL, 32, 6, 2);
    Heard whole = new Heard(-1);
    OwnTuning.run(config, folder.resolve("whole"), null, 0L, whole);
    assertThat(whole.lines).hasSize(6).last().asString().startsWith("own 6/6 loss ");

    Heard first = new Heard(2);
    OwnTuning.run(config, folder.resolve("parts"), null, 0L, first);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(first.lines).hasSize(2);
    Heard rest = new Heard(-1);
    // Nothing is measured, as it was not to be.
    assertThat(OwnTuning.resume(folder.resolve("parts"), null, rest)).isEmpty();
    assertThat(folder.resolve("parts/before")).doesNotExist();
    assertThat(rest.lines).hasSize(4);
    assertThat(folder.resolve("parts/weights.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("whole/weights.safetensors"));
    assertThat(folder.resolve("whole/curves.png")).isNotEmptyFile();

    Image photo = Image.filled(32, 32, 0x20a020);
    Options options = Options.seeded(3).withSteps(1).withGuidance(1);
    try (Generator plain = new KleinProvider().open(MODEL);
        Generator tuned =
            new KleinProvider()
                .open(MODEL + "&lora=" + folder.resolve("whole/weights.safetensors"))) {
      assertThat(tuned.draw(List.of(photo), "paint it", options))
          .isNotEqualTo(plain.draw(List.of(photo), "paint it", options));
    }
  }

  @Test
  void aRunOfBothOrNeitherIsRefused() {
    TrainConfig.OwnData own = new TrainConfig.OwnData("x", null);
    List<Stage> stages = TrainerTest.config(1).stages();
    assertThatThrownBy(() -> new TrainConfig(1, null, null, null, own, 4, stages, 1, 0, null, null))
        .hasMessageContaining("shape or klein");
    assertThatThrownBy(
            () -> new TrainConfig(1, null, "m", null, own, null, stages, 1, 0, null, null))
        .hasMessageContaining("lora");
  }
}
