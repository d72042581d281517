package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.core.Image;
import dev.plantain.diorama.Edit;
import dev.plantain.diorama.View;
import dev.plantain.sprout.NetworkShape;
import dev.plantain.sprout.SproutModel;
import dev.plantain.torch.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainConfigTest {
  /** A short run of depth alone, with these keys besides. */
  private static TrainConfig depth(Path folder, String keys) throws IOException {
    return TrainConfig.read(
        Files.writeString(
            folder.resolve("depth.json"),
            """
            {%s, "seed": 1, "data": "views", "checkpointMinutes": 3,
             "shape": {"photo": {"quarter": 32, "eighth": 32, "sixteenth": 32},
                       "drawing": {"quarter": 32, "eighth": 32, "sixteenth": 32},
                       "photoBlocks": 1, "token": 32, "condition": 32, "fine": 8},
             "stages": [{"name": "tune", "steps": 2, "size": 32, "drawings": 4, "asks": 1,
                         "pureNoise": 0.5, "rate": 0.001, "warmup": 1, "decay": 0.5,
                         "mixture": {"weights": {"DEPTH": 1.0}}}]}
            """
                .formatted(keys)));
  }

  private static TrainConfig specialist(Path folder, Kind kind, int views, int sheetSteps)
      throws IOException {
    return depth(
        folder,
        "\"specialist\": \"%s\", \"views\": %d, \"sheetSteps\": %d"
            .formatted(kind, views, sheetSteps));
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
  void aSpecialistLearnsItsKindFromViewsAlone(@TempDir Path folder) throws IOException {
    assertThat(specialist(folder, Kind.DEPTH, 5, 0).specialist()).isEqualTo(Kind.DEPTH);
    assertThatThrownBy(() -> specialist(folder, Kind.NORMALS, 5, 0)).hasMessageContaining("DEPTH");
    assertThatThrownBy(() -> specialist(folder, Kind.DEPTH, 5, 10))
        .hasMessageContaining("sheetSteps 0");
    assertThatThrownBy(() -> specialist(folder, Kind.DEPTH, 0, 0)).hasMessageContaining("views");
  }

  @Test
  void someStepsAreOfOtherViews(@TempDir Path folder) throws IOException {
    assertThat(depth(folder, besides("{\"wide\": 0.25, \"tall\": 0.1}")).besides())
        .isEqualTo(Map.of("wide", 0.25, "tall", 0.1));
    for (String shares :
        List.of("{\"wide\": 1.0}", "{\"wide\": 0.0}", "{\"wide\": 0.6, \"tall\": 0.4}")) {
      assertThatThrownBy(() -> depth(folder, besides(shares)))
          .hasMessageContaining("above 0 and together below 1");
    }
  }

  private static String besides(String shares) {
    return "\"besides\": %s, \"sheetSteps\": 0".formatted(shares);
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

  @Test
  void whatIsNotHeededIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("own.json");
    TrainConfig own = OwnTuning.klein(new TrainConfig.OwnData("x", null), "model", 32, 6, 2);
    own.write(file);
    assertThat(TrainConfig.read(file)).isEqualTo(own);
    String json = Files.readString(file);
    Files.writeString(file, json.replace("\"SEGMENT\" :", "\"DEPTH\" : 0.1, \"SEGMENT\" :"));
    assertThatThrownBy(() -> TrainConfig.read(file))
        .hasMessageContaining("stage own may weigh RESTORE and, for all questions, SEGMENT")
        .hasMessageContaining("DEPTH");
    Files.writeString(
        file, json.replace("\"unlabelledEdits\" : null", "\"unlabelledEdits\" : false"));
    assertThatThrownBy(() -> TrainConfig.read(file))
        .hasMessageContaining("unlabelledEdits are of all views of data");
    assertThatThrownBy(
            () -> depth(folder, "\"views\": 5, \"unlabelledEdits\": false, \"sheetSteps\": 0"))
        .hasMessageContaining("unlabelledEdits are of all views of data");
    assertThat(depth(folder, "\"unlabelledEdits\": false, \"sheetSteps\": 0").unlabelledEdits())
        .isFalse();
  }

  @Test
  void allThatIsShippedIsRead() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(""))) {
      for (Path file :
          files.filter(f -> f.toString().matches("(pretrain|tune|ratio).*json")).toList()) {
        assertThat(TrainConfig.read(file).data()).as(file.toString()).isNotNull();
      }
    }
  }

  /** As the command's help has it begin. */
  @Test
  void theShippedTuningGrowsFromTheShippedBase() throws IOException {
    NetworkShape shape = Objects.requireNonNull(TrainConfig.read(Path.of("tune.json")).shape());
    try (SproutModel model =
        SproutModel.grown(Safetensors.read(Path.of("base.safetensors")), shape, 1)) {
      assertThat(model.shape()).isEqualTo(shape);
    }
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
