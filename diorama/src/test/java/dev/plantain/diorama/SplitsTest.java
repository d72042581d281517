package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Splits share no model, and nothing that training learns words from touches what is held out. */
class SplitsTest {
  private static final int SIZE = 48;
  private static final int FROZEN_MODELS = 820;

  @TempDir static Path folder;
  private static final Map<Split, List<View>> VIEWS = new EnumMap<>(Split.class);
  private static Path library;

  @BeforeAll
  static void open() throws IOException {
    library = TestLibrary.furnished(folder);
    Diorama diorama = Diorama.open(List.of(library), MeshCache.none(), w -> {}).withoutEdits();
    for (Split split : Split.values()) {
      VIEWS.put(
          split,
          diorama.views(split, 0, SIZE, SIZE).limit(split == Split.TRAIN ? 40 : 12).toList());
    }
  }

  private static String sha256(List<String> lines) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String line : lines) {
      digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** New models may be added below those listed; none of these ever moves or goes. */
  @Test
  void frozenFilesAreFrozen() throws Exception {
    assertThat(sha256(Taxonomy.lines("splits.txt").subList(0, FROZEN_MODELS)))
        .isEqualTo("2d83224f6be5752669e58d0e3ac101adcdc69350c73fbd07ebafcc006356d13f");
    assertThat(sha256(Taxonomy.lines("unlabelled.txt")))
        .isEqualTo("c44f3607c496fa29948d5c98bd6ac041bbee572fdd5bf84e2ad9eedc10470aae");
  }

  @Test
  void splitsShareNoModel() {
    Set<String> seen = new HashSet<>();
    VIEWS.forEach(
        (split, views) -> {
          Set<String> own =
              views.stream()
                  .flatMap(v -> v.things().stream())
                  .map(Thing::modelId)
                  .filter(id -> !id.isEmpty() && !id.startsWith("handmade#"))
                  .collect(Collectors.toSet());
          assertThat(own).hasSizeGreaterThan(10).allMatch(id -> Splits.of(id) == split);
          assertThat(seen).doesNotContainAnyElementsOf(own);
          seen.addAll(own);
        });
  }

  /** Reads the words itself: one that the marks overlook is what this test is for. */
  @Test
  void whatTrainingMayReadNamesNothingUnlabelled() {
    Taxonomy taxonomy = Taxonomy.standard();
    List<String> words = new ArrayList<>();
    for (String c : taxonomy.unlabelled()) {
      words.add(c);
      words.add(taxonomy.plural(c));
      words.addAll(taxonomy.synonyms(c));
    }
    int free = 0;
    int marked = 0;
    for (View v : VIEWS.getOrDefault(Split.TRAIN, List.of())) {
      for (Expression e : v.expressions()) {
        boolean names =
            words.stream().anyMatch(w -> (" " + e.text() + " ").contains(" " + w + " "));
        boolean points = e.thingIds().stream().anyMatch(id -> !v.things().get(id).labelled());
        if (names || points) {
          assertThat(e.usesUnlabelled()).as(e.text()).isTrue();
          marked++;
        } else {
          free++;
        }
      }
      for (Question q : v.questions()) {
        boolean points = q.thingIds().stream().anyMatch(id -> !v.things().get(id).labelled());
        assertThat(q.usesUnlabelled()).as(q.text()).isEqualTo(points);
      }
    }
    assertThat(free).isGreaterThan(100);
    assertThat(marked).isGreaterThan(10);
  }

  @Test
  void aModifierNamesAnUnlabelledThingToo() {
    Taxonomy taxonomy = Taxonomy.standard();
    for (String text : List.of("piano stool", "the armchair with ottoman", "two benches", "Bike")) {
      assertThat(taxonomy.namesUnlabelled(text)).as(text).isTrue();
    }
    for (String text : List.of("the workbench", "wooden chair", "business", "doghouse")) {
      assertThat(taxonomy.namesUnlabelled(text)).as(text).isFalse();
    }
  }

  @Test
  void cocoOfTheTrainingSplitOutlinesNothingUnlabelled() throws IOException {
    for (Split split : List.of(Split.TRAIN, Split.TEST)) {
      Path out = folder.resolve("coco-" + split);
      Dataset.write(
          new DatasetOptions(
              List.of(library),
              split,
              0,
              45,
              24,
              24,
              15,
              1,
              out,
              EnumSet.of(DatasetFormat.COCO),
              WorldOptions.standard(),
              0),
          n -> {});
      JsonNode root = new ObjectMapper().readTree(out.resolve("coco/instances.json").toFile());
      Set<Integer> unlabelled = new HashSet<>();
      for (JsonNode c : root.path("categories")) {
        if (!Taxonomy.standard().labelled(c.path("name").asText())) {
          unlabelled.add(c.path("id").asInt());
        }
      }
      long count = 0;
      for (JsonNode a : root.path("annotations")) {
        count += unlabelled.contains(a.path("category_id").asInt()) ? 1 : 0;
      }
      assertThat(root.path("annotations")).isNotEmpty();
      if (split == Split.TRAIN) {
        assertThat(count).isZero();
        assertThat(root.path("images").size()).isBetween(1, 44);
      } else {
        assertThat(count).isPositive();
        assertThat(root.path("images")).hasSize(45);
      }
    }
  }
}
