package dev.plantain.eval.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.eval.arena.Judge.Choice;
import dev.plantain.formats.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgingTest {
  private static final int RED = 0xff0000;
  private static final int BLUE = 0x0000ff;

  @TempDir Path folder;
  private final List<String> failures = new ArrayList<>();
  private int asked;

  private Ballots ballots() throws IOException {
    return Ballots.open(folder.resolve("votes.jsonl"));
  }

  /** Three pairs; the first maker's pictures are red, the other's blue and larger. */
  private Judging judge(Optional<Path> source, Function<Image, Choice> eye) throws IOException {
    List<Prompted> prompts = new ArrayList<>();
    Contestant red = new Contestant("red", Files.createDirectories(folder.resolve("a")));
    Contestant blue = new Contestant("blue", Files.createDirectories(folder.resolve("b")));
    for (int i = 0; i < 3; i++) {
      prompts.add(new Prompted("p" + i, "a fig", source, List.of()));
      Png.write(red.folder().resolve("p%d.png".formatted(i)), Image.filled(20, 10, RED));
      Png.write(blue.folder().resolve("p%d.png".formatted(i)), Image.filled(64, 64, BLUE));
    }
    prompts.add(new Prompted("unmade", "a fig", source, List.of()));
    Judge judge =
        new Judge() {
          @Override
          public String name() {
            return "eye";
          }

          @Override
          public Choice choose(Image sheet, String question) {
            asked++;
            assertThat(question).contains("a fig").doesNotContain("red").doesNotContain("blue");
            return eye.apply(sheet);
          }
        };
    return Judging.run(prompts, red, blue, ballots(), judge, failures::add, () -> false);
  }

  private static boolean redIsLeft(Image sheet) {
    return sheet.rgb(1, sheet.height() - 500) == RED;
  }

  private double winRate() throws IOException {
    return ballots().figures(true).getFirst().value();
  }

  @Test
  void whoIsBetterOnBothSidesWins() throws IOException {
    Judging judging = judge(Optional.empty(), s -> redIsLeft(s) ? Choice.LEFT : Choice.RIGHT);
    assertThat(judging).isEqualTo(new Judging(3, 0, 0));
    assertThat(winRate()).isOne();
    assertThat(ballots().count(false)).as("votes of people").isZero();
    assertThat(asked).isEqualTo(6);
    // What is judged is not asked again.
    judge(Optional.empty(), s -> Choice.TIE);
    assertThat(asked).isEqualTo(6);
  }

  @Test
  void aSideThatIsAlwaysChosenTies() throws IOException {
    assertThat(judge(Optional.empty(), s -> Choice.LEFT)).isEqualTo(new Judging(3, 3, 0));
    assertThat(winRate()).isEqualTo(0.5);
  }

  @Test
  void oneChoiceAndOneTieIsALead() throws IOException {
    judge(Optional.empty(), s -> redIsLeft(s) ? Choice.TIE : Choice.LEFT);
    assertThat(winRate()).isZero();
  }

  @Test
  void noAnswerIsNoVote() throws IOException {
    Judging judging =
        judge(
            Optional.empty(),
            s -> {
              throw new GeneratorException("no idea");
            });
    assertThat(judging).isEqualTo(new Judging(0, 0, 3));
    assertThat(failures).hasSize(3).allMatch(f -> f.contains("no idea"));
    assertThat(ballots().count(true)).isZero();
  }

  @Test
  void editsAreShownBelowTheirSource() throws IOException {
    Path source = folder.resolve("source.png");
    Png.write(source, Image.filled(30, 30, 0x00ff00));
    judge(
        Optional.of(source),
        s -> {
          assertThat(s.rgb(1, 1)).isEqualTo(0x00ff00);
          assertThat(s.height()).isEqualTo(512 + 16 + 512);
          return Choice.TIE;
        });
    assertThat(winRate()).isEqualTo(0.5);
  }
}
