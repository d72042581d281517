package dev.plantain.sprout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
  private static final Set<String> LEARNT =
      Set.of(
          "sofa",
          "armchair",
          "chair",
          "table",
          "desk",
          "bed",
          "lamp",
          "floor lamp",
          "wall",
          "floor",
          "ceiling",
          "window",
          "door",
          "rug",
          "curtain",
          "bookcase",
          "cupboard",
          "fridge",
          "oven",
          "sink",
          "toilet",
          "washbasin",
          "mirror",
          "painting",
          "clock",
          "radiator",
          "computer",
          "television",
          "plant",
          "tree",
          "hedge",
          "grass",
          "road",
          "pavement",
          "sky",
          "building",
          "car",
          "person",
          "cat",
          "fence",
          "street lamp",
          "parasol",
          "barbecue",
          "shelf",
          "cushion");

  private static final List<String> NEAR =
      List.of(
          "couch",
          "settee",
          "closet",
          "refrigerator",
          "stove",
          "carpet",
          "TV",
          "picture",
          "sidewalk",
          "lawn",
          "automobile",
          "kitten",
          "street light",
          "pillow",
          "houses",
          "stool",
          "writing desk",
          "bookshelf",
          "pedestrian",
          "bathroom sink");

  private static final List<String> FAR =
      List.of(
          "submarine",
          "galaxy",
          "volcano",
          "elephant",
          "astronaut",
          "violin",
          "spaghetti",
          "parachute",
          "dinosaur",
          "microscope",
          "jellyfish",
          "trombone",
          "iceberg",
          "sushi",
          "tornado",
          "satellite",
          "octopus",
          "anvil",
          "pyramid",
          "helicopter");

  private static PromptTokenizer tokenizer;

  @BeforeAll
  static void load() {
    tokenizer = new PromptTokenizer();
  }

  @AfterAll
  static void unload() {
    tokenizer.close();
  }

  private static List<String> unknown(Set<String> words, String phrase) {
    return tokenizer.vocabulary(words).unknownOf(List.of(phrase));
  }

  @ParameterizedTest
  @CsvSource({
    "settee, sofa",
    "The small Edifices, the small building",
    "houseplant left of the edifice, plant left of the edifice",
    "telly, television",
    "lavatory next to the sink, lavatory next to the sink",
    "john, toilet",
    "streetlight, street lamp",
    "sofa, sofa",
    "SOFA, SOFA",
    "white settee, white sofa",
    "white one, white one",
    "thing on the settee, thing on the settee",
    "pedestrian, pedestrian",
    "bicyclist, bicyclist",
    "zeppelin, zeppelin",
    "everything else, everything else",
  })
  void otherWordsForLearntThingsAreReadAsThese(String phrase, String known) {
    List<Segment> prompt = List.of(Segment.coloured(phrase, 0xFF8000), Segment.plain(phrase));
    assertThat(tokenizer.vocabulary(LEARNT).inKnownWords(prompt))
        .containsExactly(Segment.coloured(known, 0xFF8000), Segment.plain(phrase));
    assertThat(tokenizer.vocabulary(Set.of()).inKnownWords(prompt)).isEqualTo(prompt);
  }

  @Test
  void phrasesOfOnePromptStayDifferent() {
    List<Segment> prompt =
        List.of(
            Segment.coloured("settee", 0xFF0000),
            Segment.coloured("Sofa", 0x00FF00),
            Segment.coloured("edifice", 0x0000FF));
    assertThat(tokenizer.vocabulary(LEARNT).inKnownWords(prompt))
        .extracting(Segment::text)
        .containsExactly("settee", "Sofa", "building");
  }

  @Test
  void aSynonymIsDrawnAsItsWord() {
    Vocabulary vocabulary = tokenizer.vocabulary(LEARNT);
    String prompt = "Segment the image: \"%s\": #FF8000.";
    PromptTokens building = tokenizer.tokens(prompt.formatted("building"), vocabulary);
    PromptTokens edifice = tokenizer.tokens(prompt.formatted("edifice"), vocabulary);
    assertThat(edifice.vectors()).isEqualTo(building.vectors());
    assertThat(edifice.rgb()).isEqualTo(building.rgb());
    assertThat(tokenizer.tokens(prompt.formatted("edifice")).vectors())
        .isNotEqualTo(building.vectors());
  }

  @Test
  void wordsNearTheLearntOnesAreFamiliarAndFarOnesAreNot() {
    Vocabulary vocabulary = tokenizer.vocabulary(LEARNT);
    for (List<String> list : List.of(NEAR, FAR)) {
      list.forEach(w -> System.out.printf("%-16s %.3f%n", w, vocabulary.closeness(w)));
    }
    long familiar = NEAR.stream().filter(w -> unknown(LEARNT, w).isEmpty()).count();
    long strange = FAR.stream().filter(w -> !unknown(LEARNT, w).isEmpty()).count();
    System.out.printf(
        "familiar: %d of %d near words; unknown: %d of %d far words%n",
        familiar, NEAR.size(), strange, FAR.size());
    assertThat(familiar).isGreaterThanOrEqualTo(18);
    assertThat(strange).isGreaterThanOrEqualTo(18);
  }

  @Test
  void aLearntWordWithinAPhraseMakesItFamiliar() {
    assertThat(unknown(LEARNT, "the large red chairs left of the submarine")).isEmpty();
    assertThat(unknown(LEARNT, "the purple submarine")).containsExactly("the purple submarine");
  }

  @Test
  void anArticleMakesNoWordMoreFamiliar() {
    for (String word : FAR) {
      assertThat(unknown(LEARNT, "The " + word).isEmpty())
          .as(word)
          .isEqualTo(unknown(LEARNT, word).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shelves", "two Shelves", "benches", "sofa beds", "airfryers"})
  void pluralsOfLearntWordsAreKnown(String plural) {
    List<Segment> prompt = List.of(Segment.coloured(plural, 0xFF8000));
    Vocabulary vocabulary = tokenizer.vocabulary(Set.of("shelf", "bench", "sofa bed", "airfryer"));
    assertThat(vocabulary.unknownOf(List.of(plural))).isEmpty();
    assertThat(vocabulary.inKnownWords(prompt)).isEqualTo(prompt);
  }

  @Test
  void aModelThatListsNoWordsKnowsOfNone() {
    assertThat(unknown(Set.of(), "submarine")).isEmpty();
  }

  @Test
  void metadataKeepsTheWords() {
    assertThat(Vocabulary.of(Vocabulary.metadata(LEARNT))).isEqualTo(LEARNT);
    assertThat(Vocabulary.of(Map.of())).isEmpty();
    assertThat(Vocabulary.of(Map.of(Vocabulary.KEY, "{"))).isEmpty();
  }
}
