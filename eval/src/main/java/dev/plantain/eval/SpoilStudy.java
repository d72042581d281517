package dev.plantain.eval;

import dev.plantain.core.Answer;
import dev.plantain.core.Task;
import dev.plantain.core.Vision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** How much of what is drawn survives damage: the same drawings clean and spoiled. */
public final class SpoilStudy {
  private SpoilStudy() {}

  /**
   * What was found.
   *
   * @param figures clean against spoiled
   * @param failures one line for each answer that was not given
   */
  public record Result(
      String set, String generator, long samples, List<Paired> figures, List<String> failures) {}

  /**
   * Makes the study.
   *
   * @param clean sees through the generator as it is
   * @param spoiled sees through the same, spoiled
   * @param progress hears of each sample done, by number
   */
  public static Result run(
      Vision clean, Vision spoiled, EvalSet set, long limit, LongConsumer progress)
      throws IOException {
    Scores before = new Scores();
    Scores after = new Scores();
    List<String> failures = new ArrayList<>();
    long done = 0;
    try (Stream<Sample> samples = set.samples()) {
      Iterator<Sample> each = samples.limit(limit).iterator();
      while (each.hasNext()) {
        Sample sample = each.next();
        add(before, "clean", clean, sample, failures);
        add(after, "spoiled", spoiled, sample, failures);
        progress.accept(++done);
      }
    }
    return new Result(
        set.name(),
        spoiled.generator().traits().name(),
        done,
        Paired.of(List.of(before), after),
        List.copyOf(failures));
  }

  private static void add(
      Scores scores, String way, Vision vision, Sample sample, List<String> failures) {
    List<Task<?>> tasks = sample.truths().stream().<Task<?>>map(Questions::one).toList();
    List<Answer<?>> answers = vision.seeAll(sample.photo(), tasks);
    for (int i = 0; i < answers.size(); i++) {
      switch (answers.get(i)) {
        case Answer.Seen<?> seen -> scores.add(sample, sample.truths().get(i), seen.measurement());
        case Answer.Failed<?> failed -> {
          failures.add(
              "%s %s, %s: %s"
                  .formatted(sample.id(), tasks.get(i).name(), way, failed.reason().getMessage()));
          scores.add(sample, sample.truths().get(i), null);
        }
      }
    }
  }
}
