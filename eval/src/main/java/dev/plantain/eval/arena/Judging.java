package dev.plantain.eval.arena;

import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.eval.arena.Judge.Choice;
import dev.plantain.eval.metric.WinRate.Vote;
import dev.plantain.formats.Images;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Pairs judged by a program. It is asked twice, with the sides swapped, since programs tend to
 * favour a side: who is chosen both times, or once and not refused the other time, wins; who is
 * chosen for the side only ties.
 *
 * @param judged pairs with a vote now
 * @param swayed pairs of which the same side was chosen both times
 * @param failed pairs without an answer, which have no vote
 */
public record Judging(int judged, int swayed, int failed) {

  /**
   * Judges the pairs that both made and this judge has no vote on; each vote is on disk before the
   * next question.
   *
   * @param failed hears why a pair was not judged, in a line
   * @param stopped whether to stop before the next pair
   * @throws IOException if a picture cannot be read or a vote not be written
   */
  public static Judging run(
      List<Prompted> prompts,
      Contestant first,
      Contestant second,
      Ballots ballots,
      Judge judge,
      Consumer<String> failed,
      BooleanSupplier stopped)
      throws IOException {
    Set<String> seen = ballots.votedBy(judge.name());
    int judged = 0;
    int swayed = 0;
    int missing = 0;
    for (Prompted prompted : prompts) {
      Optional<Path> one = first.picture(prompted);
      Optional<Path> other = second.picture(prompted);
      if (stopped.getAsBoolean()) {
        break;
      }
      if (one.isEmpty() || other.isEmpty() || seen.contains(prompted.id())) {
        continue;
      }
      Optional<Image> source =
          prompted.source().isPresent()
              ? Optional.of(read(prompted.source().get()))
              : Optional.empty();
      Image a = read(one.get());
      Image b = read(other.get());
      try {
        Choice choice = judge.choose(Sheet.of(source, a, b), question(prompted));
        Choice swapped = judge.choose(Sheet.of(source, b, a), question(prompted));
        ballots.add(
            new Ballots.Ballot(prompted.id(), judge.name(), true, vote(choice, swapped), true));
        judged++;
        swayed += choice == swapped && choice != Choice.TIE ? 1 : 0;
      } catch (GeneratorException e) {
        missing++;
        failed.accept("%s: %s".formatted(prompted.id(), e.getMessage()));
      }
    }
    return new Judging(judged, swayed, missing);
  }

  private static Image read(Path picture) throws IOException {
    return Images.read(picture).image();
  }

  /** The vote of two answers, the first maker being left in the first and right in the second. */
  private static Vote vote(Choice choice, Choice swapped) {
    int lead = leftward(choice) - leftward(swapped);
    return lead > 0 ? Vote.WIN : lead < 0 ? Vote.LOSS : Vote.TIE;
  }

  private static int leftward(Choice choice) {
    return switch (choice) {
      case LEFT -> 1;
      case TIE -> 0;
      case RIGHT -> -1;
    };
  }

  private static String question(Prompted prompted) {
    String what =
        prompted.source().isPresent()
            ? "Below the original are two edits of it, left and right of a black bar. Both were to"
                + " do"
            : "Two pictures are left and right of a black bar. Both were to show";
    return what
        + " this: \"%s\". Which does it better, completely and without faults?"
            .formatted(prompted.prompt())
        + " Answer with one phrase, \"the left picture\" or \"the right picture\", and with no"
        + " phrase if neither is better.";
  }
}
