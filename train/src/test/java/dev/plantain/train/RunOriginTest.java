package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.formats.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run knows what it was begun on, and does not go on on anything else. */
class RunOriginTest {
  private static final Stage STAGE =
      new Stage("own", 2, 32, 4, 1, 0.5, 1e-3, 1, 0, new Mixture(Map.of(Kind.SEGMENT, 1.0)));

  @TempDir Path folder = Path.of("");

  private static TrainConfig config(
      @Nullable Path data, @Nullable Map<String, Double> besides, @Nullable Path own) {
    return new TrainConfig(
        7,
        TrainerTest.SHAPE,
        null,
        data == null ? null : data.toString(),
        besides,
        own == null ? null : new TrainConfig.OwnData(own.toString(), List.of("grass")),
        null,
        List.of(STAGE),
        1000,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private RunFolder run() throws IOException {
    return new RunFolder(folder.resolve("run"), line -> {});
  }

  /** As if the run had learnt something. */
  private void learn() throws IOException {
    Files.write(folder.resolve("run/checkpoints/step-00000001.safetensors"), new byte[9]);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("run/run.json").toFile());
  }

  @Test
  void onesOwnPicturesAreKnownByNamesAndSizes() throws IOException {
    Path mine = folder.resolve("mine");
    Files.createDirectories(mine.resolve("images"));
    Files.write(mine.resolve("images/a.jpg"), new byte[5]);
    Files.write(mine.resolve("images/.hidden"), new byte[5]);
    Files.write(mine.resolve("notes.txt"), new byte[5]);
    TrainConfig config = config(null, null, mine);
    RunOrigin.require(config, run());
    assertThat(json().path("data")).hasSize(1);
    assertThat(json().path("data").get(0).path("files").asInt()).isEqualTo(1);
    assertThat(List.of("plantain", "revision", "java", "machine", "begun"))
        .allMatch(fact -> !fact(fact).isEmpty());

    Files.write(mine.resolve("images/b.jpg"), new byte[6]);
    RunOrigin.require(config, run());
    assertThat(json().path("data").get(0).path("files").asInt()).isEqualTo(2);

    learn();
    Files.write(mine.resolve("notes.txt"), new byte[6]);
    RunOrigin.require(config, run());
    Files.write(mine.resolve("images/b.jpg"), new byte[7]);
    assertThatThrownBy(() -> RunOrigin.require(config, run()))
        .isInstanceOf(InputException.class)
        .hasMessageMatching(".* on .*mine: 2 files, SHA-256 .*run.json says; now .*mine: 2 files.*")
        .hasMessageEndingWith("Put that back, or begin a new run");
    Files.delete(folder.resolve("run/run.json"));
    RunOrigin.require(config, run());
    assertThat(folder.resolve("run/run.json")).doesNotExist();
  }

  private String fact(String name) {
    try {
      return json().path(name).asText();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void manifest(Path views, int digit) throws IOException {
    String sha256 = HexFormat.of().toHexDigits((byte) digit).repeat(32);
    Files.writeString(
        views.resolve("manifest.json"),
        """
        {"diorama_version": 2, "result": {"shards": [{"file": "toy-000000.tar", "sha256": "%s"}]}}
        """
            .formatted(sha256));
  }

  @Test
  void shardsOfAFinishedDataSetAreKnownByTheirContents() throws IOException {
    List<Path> views = new ArrayList<>();
    for (String name : List.of("main", "wide")) {
      views.add(folder.resolve(name));
      ToyShards.write(views.getLast(), 2, 32);
      manifest(views.getLast(), 1);
    }
    TrainConfig config = config(views.getFirst(), Map.of(views.getLast().toString(), 0.2), null);
    RunOrigin.require(config, run());
    learn();
    RunOrigin.require(config, run());
    JsonNode wide = json().path("data").get(1);
    assertThat(wide.path("diorama").asInt()).isEqualTo(2);
    assertThat(wide.path("shards").path("toy-000000.tar").asText()).isEqualTo("01".repeat(32));

    manifest(views.getLast(), 2);
    assertThatThrownBy(() -> RunOrigin.require(config, run()))
        .hasMessageMatching(
            ".* on .*wide: Diorama 2, 1 file, .*; now .*wide: Diorama 2, 1 file, .*");
    // Whose manifest is gone may be the same.
    Files.delete(views.getLast().resolve("manifest.json"));
    RunOrigin.require(config, run());
    Files.writeString(folder.resolve("run/run.json"), "{\"data\": ");
    assertThatThrownBy(() -> RunOrigin.require(config, run()))
        .hasMessageContaining("run.json is damaged");
  }

  @Test
  void aRunThatGoesOnComparesItsData() throws IOException {
    Path views = folder.resolve("views");
    ToyShards.write(views, 2, 32);
    TrainConfig config = config(views, null, null);
    Path run = folder.resolve("run");
    RunFolder begun = Training.begin(config, run, null, RunFolderTest.DEAF);
    RunOrigin.require(config, begun);
    learn();
    ToyShards.write(views, 3, 32);
    assertThatThrownBy(() -> Training.resume(run, RunFolderTest.DEAF))
        .hasMessageContaining("begun on other data than there is now");
    assertThatThrownBy(() -> Training.run(config, run, null, RunFolderTest.DEAF))
        .hasMessageContaining("begun on other data than there is now");
  }
}
