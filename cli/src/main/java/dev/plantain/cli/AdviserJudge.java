package dev.plantain.cli;

import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.eval.arena.Judge;
import dev.plantain.hosted.Adviser;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A language model that votes in the arena. */
record AdviserJudge(Adviser adviser) implements Judge {
  private static final Pattern LEFT = Pattern.compile("\\bleft\\b");
  private static final Pattern RIGHT = Pattern.compile("\\bright\\b");

  @Override
  public String name() {
    return adviser.name();
  }

  @Override
  public Choice choose(Image sheet, String question) {
    List<String> phrases =
        adviser.reason(sheet, question).stream()
            .map(finding -> finding.phrase().toLowerCase(Locale.ROOT))
            .toList();
    boolean left = phrases.stream().anyMatch(p -> LEFT.matcher(p).find());
    boolean right = phrases.stream().anyMatch(p -> RIGHT.matcher(p).find());
    if (!phrases.isEmpty() && !left && !right) {
      throw new GeneratorException(
          "%s named neither picture, but \"%s\"".formatted(name(), phrases.getFirst()));
    }
    return left == right ? Choice.TIE : left ? Choice.LEFT : Choice.RIGHT;
  }
}
