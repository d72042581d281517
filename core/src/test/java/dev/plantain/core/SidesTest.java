package dev.plantain.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SidesTest {
  @ParameterizedTest
  @CsvSource({
    "the chair on the left, true",
    "LEFTMOST chair, true",
    "left-hand door, true",
    "the second car, true",
    "der Stuhl links, true",
    "左边的椅子, true",
    "words on a sign, true",
    "leftover food, false",
    "bright lamp, false",
    "the chair next to the table, false",
    "sofa, false"
  })
  void wordsOfSidesAreKnown(String phrase, boolean sided) {
    assertThat(Sides.named(List.of("lamp", phrase))).isEqualTo(sided);
  }
}
