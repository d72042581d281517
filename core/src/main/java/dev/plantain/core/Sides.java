package dev.plantain.core;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Words that mean another thing in the mirrored photo. */
final class Sides {
  private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}]+");

  /** In the languages that questions are asked in most; counting goes from a side, too. */
  private static final Set<String> WORDS =
      Set.of(
          ("left right leftmost rightmost lefthand righthand leftward rightward leftwards"
                  + " rightwards west east western eastern clockwise counterclockwise anticlockwise"
                  + " first second third fourth fifth last text word words letter letters reading"
                  + " written says links rechts linke linker linkes linken rechte rechter rechtes"
                  + " rechten gauche droite izquierda derecha izquierdo derecho esquerda direita"
                  + " esquerdo direito sinistra destra sinistro destro vänster höger venstre høyre"
                  + " højre vasen oikea lewo prawo lewy prawy lewa prawa sol sağ лево право левый"
                  + " правый слева справа 左 右")
              .split(" "));

  private Sides() {}

  /** Whether one of these phrases speaks of a side. */
  static boolean named(List<String> phrases) {
    return phrases.stream()
        .flatMap(phrase -> NO_LETTER.splitAsStream(phrase.toLowerCase(Locale.ROOT)))
        .anyMatch(word -> WORDS.contains(word) || word.indexOf('左') >= 0 || word.indexOf('右') >= 0);
  }
}
