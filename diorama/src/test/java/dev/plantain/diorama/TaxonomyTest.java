package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaxonomyTest {
  /** A phrase for the one is neither false nor unmistakable where the other is in view. */
  @Test
  void partsAndLikenessesAreConfusable() {
    String[][] pairs = {
      {"window", "building"},
      {"door", "building"},
      {"hat", "person"},
      {"clothes", "person"},
      {"shoes", "person"},
      {"bicycle", "exercise machine"},
      {"car", "toy"},
      {"food", "bowl"},
      {"cushion", "bed"},
      {"cushion", "chair"},
      {"cushion", "sofa"},
      {"ottoman", "armchair"},
      {"mirror", "dressing table"},
      {"candle", "food"},
      {"ladder", "bed"},
      {"television", "television stand"},
      {"umbrella", "parasol"},
      {"parasol", "umbrella"},
      {"table", "football table"},
      {"horse", "rocking horse"},
      {"chicken", "food"},
      {"book", "bookcase"},
      {"books", "bookcase"},
      {"glass", "plate"},
      {"keyboard", "laptop"},
      {"keyboard", "computer"},
      {"radiator", "water heater"},
      {"cup", "glass"},
      {"glass", "cup"}
    };
    for (String[] pair : pairs) {
      assertThat(Words.confusable(pair[0], pair[1])).as("%s, %s", pair[0], pair[1]).isTrue();
    }
    assertThat(Words.confusable("bed", "cushion")).isFalse();
  }

  private final Taxonomy taxonomy = Taxonomy.standard();

  @Test
  void frozenSplitsAgreeWithTheHashThatPlacesNewModels() {
    Map<Split, Integer> count = new HashMap<>();
    Splits.frozen()
        .forEach(
            (id, split) -> {
              assertThat(Splits.hashed(id)).as(id).isEqualTo(split);
              count.merge(split, 1, Integer::sum);
            });
    double all = Splits.frozen().size();
    assertThat(all).isGreaterThan(800);
    assertThat(count.getOrDefault(Split.TRAIN, 0) / all).isBetween(0.76, 0.84);
    assertThat(count.getOrDefault(Split.VALIDATION, 0) / all).isBetween(0.07, 0.13);
    assertThat(count.getOrDefault(Split.TEST, 0) / all).isBetween(0.07, 0.13);
  }

  @Test
  void everyListNamesKnownCategories() {
    List<String> categories = taxonomy.categories();
    assertThat(categories).containsAll(Taxonomy.lines("unlabelled.txt"));
    for (String line : Taxonomy.lines("confusable.txt")) {
      assertThat(categories)
          .containsAll(Arrays.stream(line.split("[,<]")).map(String::strip).toList());
    }
    for (String line : Taxonomy.lines("synonyms.txt")) {
      assertThat(categories).contains(line.substring(0, line.indexOf(';')).strip());
    }
  }

  @Test
  void aboutOneCategoryInSevenIsUnlabelled() {
    long unlabelled = taxonomy.categories().stream().filter(c -> !taxonomy.labelled(c)).count();
    assertThat(unlabelled / (double) taxonomy.categories().size()).isBetween(0.12, 0.18);
  }

  @Test
  void heldOutWordsAreNotUsedInTraining() {
    for (String c : taxonomy.categories()) {
      for (String word : taxonomy.heldOutSynonyms(c)) {
        assertThat(taxonomy.categories()).as(c).doesNotContain(word);
        for (String other : taxonomy.categories()) {
          assertThat(taxonomy.names(other)).as(c).doesNotContain(word);
        }
      }
    }
  }

  /** A name that holds another's word would teach it, or tell of what is never labelled. */
  @Test
  void moreNamesAreOfOneCategoryAndHoldNoHeldOutWord() {
    Map<String, String> owners = new HashMap<>();
    List<String> heldOut =
        taxonomy.categories().stream().flatMap(c -> taxonomy.heldOutSynonyms(c).stream()).toList();
    for (String c : taxonomy.categories()) {
      for (String name : taxonomy.category(c).names()) {
        assertThat(taxonomy.labelled(c)).as(c).isTrue();
        assertThat(taxonomy.categories()).as(c).doesNotContain(name);
        assertThat(taxonomy.namesUnlabelled(name)).as(name).isFalse();
        assertThat(owners.put(name, c)).as(name).isNull();
        for (String word : heldOut) {
          assertThat(" " + name + " ").as(c).doesNotContain(" " + word + " ");
        }
      }
    }
    assertThat(owners.size()).isGreaterThan(300);
    assertThat(taxonomy.names("pavement")).contains("sidewalk", "footway");
  }

  @Test
  void everyBasicPaintGoesByItsOwnWord() {
    Rng rng = new Rng(7);
    for (Paint paint : Paint.BASIC) {
      assertThat(Colours.word(paint.rgb())).isEqualTo(paint.word());
      for (int i = 0; i < 50; i++) {
        assertThat(Colours.word(paint.near(rng).rgb())).isEqualTo(paint.word());
      }
    }
  }
}
