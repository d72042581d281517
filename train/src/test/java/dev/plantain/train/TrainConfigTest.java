package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.core.Image;
import dev.plantain.diorama.Edit;
import dev.plantain.diorama.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainConfigTest {
  private static final Stage DEPTH =
      new Stage("tune", 2, 32, 4, 1, 0.5, 1e-3, 1, 0.5, new Mixture(Map.of(Kind.DEPTH, 1.0)));

  private static TrainConfig specialist(Kind kind, Integer views, int sheetSteps) {
    return new TrainConfig(
        1,
        TrainerTest.SHAPE,
        null,
        "views",
        null,
        null,
        null,
        List.of(DEPTH),
        3,
        sheetSteps,
        kind,
        views,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void aConfigurationWithoutTheLaterKeysIsOfTheGenerator(@TempDir Path folder) throws IOException {
    TrainConfig old = TrainConfig.read(Path.of("tune.json"));
    assertThat(old)
        .isEqualTo(
            new TrainConfig(
                old.seed(),
                old.shape(),
                null,
                old.data(),
                null,
                null,
                old.stages(),
                old.checkpointMinutes(),
                old.sheetSteps(),
                null,
                null));
    assertThat(old.specialist()).isNull();
    assertThat(old.huberLengths()).isEmpty();
    assertThat(old.evenKinds()).isEmpty();
    old.write(folder.resolve("config.json"));
    assertThat(TrainConfig.read(folder.resolve("config.json"))).isEqualTo(old);
  }

  @Test
  void aSpecialistLearnsItsKindFromViewsAlone() {
    assertThat(specialist(Kind.DEPTH, 5, 0).specialist()).isEqualTo(Kind.DEPTH);
    assertThatThrownBy(() -> specialist(Kind.NORMALS, 5, 0)).hasMessageContaining("DEPTH");
    assertThatThrownBy(() -> specialist(Kind.DEPTH, 5, 10)).hasMessageContaining("sheetSteps 0");
    assertThatThrownBy(() -> specialist(Kind.DEPTH, 0, 0)).hasMessageContaining("views");
  }

  @Test
  void kleinLearnsBySquaresAlone(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("own.json");
    TrainConfig own = OwnTuning.klein(new TrainConfig.OwnData("x", null), "model", 32, 6, 2);
    own.write(file);
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"even\" : null", "\"even\" : [\"DEPTH\"]"));
    assertThatThrownBy(() -> TrainConfig.read(file)).hasMessageContaining("of Sprout");
  }

  @Test
  void anErrorsLengthIsAboveNothing(@TempDir Path folder) throws IOException {
    assertThat(TrainConfig.read(tune(folder, "huber", "{\"NORMALS\": 0.1}")).huber())
        .isEqualTo(Map.of(Kind.NORMALS, 0.1));
    for (String length : List.of("0", "-0.1", "1e999")) {
      Path wrong = tune(folder, "huber", "{\"NORMALS\": %s}".formatted(length));
      assertThatThrownBy(() -> TrainConfig.read(wrong)).hasMessageContaining("huber has lengths");
    }
  }

  @Test
  void sharesAreShares(@TempDir Path folder) throws IOException {
    for (String key : List.of("looks", "unlabelledViews", "otherNames", "rarity")) {
      TrainConfig.read(tune(folder, key, "0.8"));
      for (String share : List.of("-0.1", "1.1")) {
        Path wrong = tune(folder, key, share);
        assertThatThrownBy(() -> TrainConfig.read(wrong))
            .hasMessageContaining(key + " is a share in 0..1, got " + share);
      }
    }
    assertThat(TrainConfig.read(tune(folder, "rarity", "0.8")).rarity()).isEqualTo(0.8);
  }

  @Test
  void habitsOfAllViewsAreRefusedBesideAFewViews(@TempDir Path folder) throws IOException {
    Path both = tune(folder, "views\": 5, \"otherNames", "0.5");
    assertThatThrownBy(() -> TrainConfig.read(both)).hasMessageContaining("views are not set");
  }

  /** The shipped tuning with one more key. */
  private static Path tune(Path folder, String key, String value) throws IOException {
    String json = Files.readString(Path.of("tune.json"));
    return Files.writeString(
        folder.resolve("config.json"),
        json.replaceFirst("\\{", "{\"" + key + "\": " + value + ","));
  }

  /** Every view has an edit of something labelled and one, black, of something that is not. */
  @Test
  void editsOfUnlabelledThingsCanBeLeftOut() {
    ViewStore store =
        new ViewStore() {
          private final ToyViews toys = new ToyViews(4, 32);

          @Override
          public int size() {
            return toys.size();
          }

          @Override
          public int[] labelled() {
            return toys.labelled();
          }

          @Override
          public View view(int index) {
            View v = toys.view(index);
            Edit leak =
                new Edit(
                    "Remove the bench.", Edit.Kind.REMOVE, null, Image.filled(32, 32, 0), true);
            return new View(
                v.id(),
                v.seed(),
                v.photo(),
                32,
                32,
                v.depthMetres(),
                v.normals(),
                v.thingIds(),
                v.edges(),
                v.things(),
                v.captions(),
                v.expressions(),
                v.questions(),
                List.of(leak, v.edits().getFirst()),
                v.camera());
          }
        };
    Stage edits =
        new Stage("edit", 1, 32, 60, 2, 0.5, 1e-3, 1, 0.5, new Mixture(Map.of(Kind.EDIT, 1.0)));
    VisionExamples vision = new VisionExamples(List.of("box"));
    assertThat(
            new DioramaExamples(store, vision, new DioramaExamples.Habits(false, 0, 0))
                .step(edits, BatchMaker.random(1, 1))
                .examples())
        .hasSize(60)
        .allMatch(e -> e.prompt().equals("Remove everything."));
    assertThat(new DioramaExamples(store, vision).step(edits, BatchMaker.random(1, 1)).examples())
        .anyMatch(e -> e.prompt().equals("Remove the bench."));
  }
}
