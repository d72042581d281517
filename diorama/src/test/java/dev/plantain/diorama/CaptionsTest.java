package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionsTest {
  @TempDir Path folder;

  /** What is too small to speak of is in view all the same. */
  @Test
  void numbersAreThoseOfAllInView() throws IOException {
    Diorama diorama =
        Diorama.open(List.of(TestLibrary.furnished(folder)), MeshCache.none(), w -> {})
            .withoutEdits();
    int checked = 0;
    int several = 0;
    for (long seed = 0; seed < 60; seed++) {
      View v = diorama.view(Split.TRAIN, seed, 40, 40);
      Map<String, Integer> counts = new HashMap<>();
      v.things().stream()
          .filter(t -> !t.stuff())
          .forEach(t -> counts.merge(t.category(), 1, Integer::sum));
      for (Map.Entry<String, Integer> e : counts.entrySet()) {
        String nouns = "(?:\\w+ )?(?:%s|%s)\\b".formatted(e.getKey(), Words.plural(e.getKey()));
        for (String caption : v.captions().subList(0, 3)) {
          Matcher m =
              Pattern.compile("\\b(two|three|four|five|six|seven) " + nouns).matcher(caption);
          while (m.find()) {
            checked++;
            assertThat(m.group(1)).as(caption).isEqualTo(Words.number(e.getValue()));
          }
          several += Pattern.compile("\\bseveral " + nouns).matcher(caption).find() ? 1 : 0;
        }
        Matcher m =
            Pattern.compile("[:,] (\\d+) " + nouns + "(?=,|$)").matcher(v.captions().get(3));
        int sum = 0;
        while (m.find()) {
          sum += Integer.parseInt(m.group(1));
        }
        assertThat(sum).as("%s: %s", e.getKey(), v.captions().get(3)).isIn(0, e.getValue());
      }
    }
    assertThat(checked).isGreaterThan(20);
    assertThat(several).isGreaterThan(2);
  }
}
