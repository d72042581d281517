package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.core.measure.Mask;
import dev.plantain.formats.Coco;
import dev.plantain.formats.InputException;
import dev.plantain.formats.LabelledImage;
import dev.plantain.formats.Npy;
import dev.plantain.formats.NpyArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DioramaTest {
  private static final int SIZE = 48;

  @TempDir static Path folder;
  private static Diorama diorama;
  private static Path library;
  private static List<View> train;

  @BeforeAll
  static void open() throws IOException {
    library = TestLibrary.furnished(folder);
    diorama = Diorama.open(List.of(library), MeshCache.none(), w -> {});
    train = views(Split.TRAIN, 14);
  }

  private static List<View> views(Split split, int count) {
    return diorama.views(split, 0, SIZE, SIZE).limit(count).toList();
  }

  private static byte[] bytes(View v) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ViewCodec.write(v, out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aViewFollowsFromItsSeedWhateverTheThreads() throws Exception {
    Diorama other = Diorama.open(List.of(library), MeshCache.none(), w -> {});
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      List<View> again =
          pool.submit(
                  () ->
                      LongStream.range(0, 8)
                          .parallel()
                          .mapToObj(s -> other.view(Split.TRAIN, s, SIZE, SIZE))
                          .toList())
              .get();
      for (int i = 0; i < 8; i++) {
        assertThat(bytes(again.get(i))).isEqualTo(bytes(train.get(i)));
      }
    }
  }

  @Test
  void modelsNeverMixBetweenSplits() {
    Set<String> seen = new HashSet<>();
    for (Split split : Split.values()) {
      Set<String> own =
          (split == Split.TRAIN ? train : views(split, 8))
              .stream()
                  .flatMap(v -> v.things().stream())
                  .map(Thing::modelId)
                  .filter(id -> !id.isEmpty() && !id.startsWith("handmade#"))
                  .collect(Collectors.toSet());
      assertThat(own).isNotEmpty().allMatch(id -> Splits.of(id) == split);
      assertThat(seen).doesNotContainAnyElementsOf(own);
      seen.addAll(own);
    }
  }

  @Test
  void whatTouchesUnlabelledCategoriesIsMarked() {
    Taxonomy taxonomy = Taxonomy.standard();
    int marked = 0;
    for (View v : train) {
      for (Thing t : v.things()) {
        assertThat(t.labelled()).isEqualTo(taxonomy.labelled(t.category()));
      }
      for (Expression e : v.expressions()) {
        boolean pointsAt = e.thingIds().stream().anyMatch(id -> !v.things().get(id).labelled());
        boolean names =
            taxonomy.categories().stream()
                .filter(c -> !taxonomy.labelled(c))
                .anyMatch(c -> (" " + e.text() + " ").contains(" " + c + " "));
        if (pointsAt || names) {
          marked++;
          assertThat(e.usesUnlabelled()).as(e.text()).isTrue();
        }
      }
    }
    assertThat(marked).isPositive();
  }

  /** "Add an exercise bike" names the bicycle, which is what no stool and no machine is. */
  @Test
  void instructionsThatNameUnlabelledCategoriesAreMarked() throws IOException {
    TestLibrary named = new TestLibrary();
    for (int i = 0; i < 14; i++) {
      named.box("Named#stool" + i, "Piano bench", 40, 40, 45, 0.4, 0.2, 0.1);
      named.box("Named#bike" + i, "Indoor bike", 60, 110, 120, 0.1, 0.2, 0.3);
    }
    Diorama many =
        Diorama.open(
                List.of(library, named.write(folder.resolve("named.sh3f"))),
                MeshCache.none(),
                w -> {})
            .with(new WorldOptions(0, List.of(), false, 8));
    int inPassing = 0;
    for (long seed = 0; seed < 60; seed++) {
      for (Edit e : many.view(Split.TRAIN, seed, 32, 32).edits()) {
        if (Taxonomy.standard().namesUnlabelled(e.instruction())) {
          inPassing += e.instruction().matches(".*(piano stool|exercise bike).*") ? 1 : 0;
          assertThat(e.touchesUnlabelled()).as(e.instruction()).isTrue();
        }
      }
    }
    assertThat(inPassing).isPositive();
  }

  @Test
  void answersAgreeWithOneAnother() {
    for (View v : train) {
      int[] pixels = new int[v.things().size()];
      for (int i = 0; i < SIZE * SIZE; i++) {
        Thing t = v.things().get(v.thingIds()[i]);
        pixels[t.id()]++;
        boolean sky = t.category().equals("sky");
        assertThat(Float.isInfinite(v.depthMetres()[i])).isEqualTo(sky);
        if (!sky) {
          float x = v.normals()[3 * i];
          float y = v.normals()[3 * i + 1];
          float z = v.normals()[3 * i + 2];
          assertThat(x * x + y * y + z * z).isCloseTo(1, Offset.offset(1e-3f));
          double a = (i % SIZE + 0.5 - SIZE / 2.0) / v.camera().focalPx();
          double b = (SIZE / 2.0 - Math.floorDiv(i, SIZE) - 0.5) / v.camera().focalPx();
          assertThat(x * a + y * b - z).as("faces the viewer").isLessThan(1e-3);
        }
      }
      for (Thing t : v.things()) {
        assertThat(t.pixels()).isEqualTo(pixels[t.id()]).isPositive();
        assertThat(t.amodalBox().left()).isLessThanOrEqualTo(t.visibleBox().left());
        assertThat(t.amodalBox().bottom()).isGreaterThanOrEqualTo(t.visibleBox().bottom());
      }
      assertThat(v.captions()).hasSize(4).allMatch(c -> c.length() > 10);
    }
  }

  @Test
  void shardsKeepViews() throws IOException {
    Path shards = folder.resolve("shards");
    Shards.write(shards.resolve("train-00000.tar"), train.stream().limit(4));
    List<View> back = Shards.read(shards).toList();
    assertThat(back).hasSize(4);
    for (int i = 0; i < 4; i++) {
      View a = train.get(i);
      View b = back.get(i);
      assertThat(b.id()).isEqualTo(a.id());
      assertThat(b.thingIds()).isEqualTo(a.thingIds());
      assertThat(b.edges()).isEqualTo(a.edges());
      assertThat(b.captions()).isEqualTo(a.captions());
      assertThat(b.expressions()).isEqualTo(a.expressions());
      assertThat(b.questions()).isEqualTo(a.questions());
      assertThat(b.edits())
          .extracting(Edit::instruction)
          .isEqualTo(a.edits().stream().map(Edit::instruction).toList());
      for (int p = 0; p < SIZE * SIZE; p++) {
        assertThat(b.depthMetres()[p])
            .isCloseTo(a.depthMetres()[p], Offset.offset(1e-3f * a.depthMetres()[p]));
      }
    }
  }

  @Test
  void anInterruptedDataSetGoesOn() throws IOException {
    Path out = folder.resolve("set");
    DatasetOptions options =
        new DatasetOptions(List.of(library), Split.TEST, 5, 6, 32, 32, 2, 2, out);
    Dataset.write(options, n -> {});
    List<Path> shards = Shards.list(out);
    assertThat(shards).hasSize(3);
    byte[] first = Files.readAllBytes(shards.get(1));
    Files.delete(shards.get(1));
    Dataset.write(options, n -> {});
    assertThat(Files.readAllBytes(shards.get(1))).isEqualTo(first);
    assertThat(out.resolve("ATTRIBUTION.txt")).content().contains("the tests");
    DatasetOptions other =
        new DatasetOptions(List.of(library), Split.TEST, 6, 6, 32, 32, 2, 2, out);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Dataset.write(other, n -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another data set");
  }

  @Test
  void aShardOfAFinishedDataSetThatIsAnotherNowIsRefusedByName() throws IOException {
    Path out = folder.resolve("finished");
    DatasetOptions options =
        new DatasetOptions(List.of(library), Split.TEST, 5, 2, 32, 32, 1, 2, out);
    Dataset.write(options, n -> {});
    assertThat(ShardIndex.open(out).size()).isEqualTo(2);
    assertThat(Manifest.read(out).orElseThrow().version()).isEqualTo(Diorama.VERSION);
    Path shard = Shards.list(out).getLast();
    byte[] bytes = Files.readAllBytes(shard);
    int jpeg = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00d8");
    bytes[jpeg + 640] ^= 4;
    Files.write(shard, bytes);
    assertThatThrownBy(() -> ShardIndex.open(out))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(shard.toString(), "damaged", "delete it");
    Files.delete(shard);
    Dataset.write(options, n -> {});
    assertThat(ShardIndex.open(out).size()).isEqualTo(2);

    Files.write(shard, bytes);
    Files.delete(out.resolve("manifest.json"));
    assertThat(ShardIndex.open(out).size()).isEqualTo(2);
    Files.writeString(out.resolve("manifest.json"), "{\"views\": ");
    assertThatThrownBy(() -> ShardIndex.open(out)).hasMessageContaining("manifest.json is damaged");
  }

  @Test
  void aDataSetSaysWhatItHolds() throws IOException {
    Path out = folder.resolve("told");
    DatasetOptions options =
        new DatasetOptions(
            List.of(library),
            Split.TRAIN,
            0,
            5,
            40,
            32,
            2,
            1,
            out,
            Set.of(DatasetFormat.FILES, DatasetFormat.COCO),
            WorldOptions.standard(),
            3);
    Dataset.Written written = Dataset.write(options, n -> {});
    assertThat(written.statistics().views()).isEqualTo(5);
    JsonNode figures = new ObjectMapper().readTree(out.resolve("statistics.json").toFile());
    double pixels = figures.path("sky_share").asDouble();
    for (JsonNode bin : figures.path("depth")) {
      pixels += bin.path("pixel_share").asDouble();
    }
    assertThat(pixels).isCloseTo(1, Offset.offset(1e-3));
    for (JsonNode s : figures.path("sizes")) {
      assertThat(s.path("least_ratio").asDouble()).isBetween(0.4, 1.5);
    }
    JsonNode result = new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
    assertThat(result.path("result").path("shards")).hasSize(3);
    assertThat(result.path("result").path("rejected_layouts").asInt())
        .isEqualTo(written.statistics().rejectedLayouts());
    assertThat(out.resolve("statistics.html")).content().contains("Sizes of the commonest things");
    String page = Files.readString(out.resolve("preview.html"));
    assertThat(page).contains("train-000000002").doesNotContain("train-000000003", "http");
    View v = diorama.view(Split.TRAIN, 4, 40, 32);
    Path files = out.resolve("files").resolve(v.id());
    NpyArray depth = Npy.read(files.resolve("depth.npy"));
    assertThat(depth.shape()).containsExactly(32, 40);
    assertThat(depth.toFloats()).isEqualTo(v.depthMetres());
    List<LabelledImage> masks = Coco.read(out.resolve("coco/instances.json"));
    assertThat(masks).isNotEmpty();
    LabelledImage first = masks.getFirst();
    View shown = train(first.fileName(), 40, 32);
    for (Mask mask : first.masks()) {
      assertThat(shown.things())
          .anyMatch(t -> t.category().equals(mask.phrase()) && t.pixels() == mask.area());
    }
  }

  private static View train(String fileName, int width, int height) {
    long seed = Long.parseLong(fileName.replaceAll("\\D", ""));
    return diorama.view(Split.TRAIN, seed, width, height);
  }

  @Test
  void aFormatMayBeAddedToADataSetLater() throws IOException {
    Path out = folder.resolve("later");
    Dataset.write(
        new DatasetOptions(List.of(library), Split.TEST, 1, 3, 24, 24, 2, 1, out), n -> {});
    byte[] shard = Files.readAllBytes(out.resolve("test-00001.tar"));
    Files.writeString(out.resolve("train-unrelated.txt"), "kept");
    int[] done = {0};
    Dataset.write(
        new DatasetOptions(
            List.of(library),
            Split.TEST,
            1,
            3,
            24,
            24,
            2,
            1,
            out,
            Set.of(DatasetFormat.FILES),
            WorldOptions.standard(),
            0),
        n -> done[0] = n);
    assertThat(done[0]).isEqualTo(3);
    assertThat(out.resolve("files/test-000000003/answers.json")).exists();
    assertThat(Files.readAllBytes(out.resolve("test-00001.tar"))).isEqualTo(shard);
    try (var files = Files.list(out)) {
      assertThat(files.filter(f -> f.toString().endsWith(".part"))).isEmpty();
    }
  }
}
