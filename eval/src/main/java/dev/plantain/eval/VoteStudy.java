package dev.plantain.eval;

import dev.plantain.core.Answer;
import dev.plantain.core.Task;
import dev.plantain.core.Vision;
import dev.plantain.core.Voting;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.eval.metric.Reliability;
import dev.plantain.eval.metric.SegmentError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What voting gains: every pass of a vote measured on its own, the merged answer against the mean
 * of the passes, and whether the confidences of both are what they say.
 */
public final class VoteStudy {
  private final Vision vision;
  private final long seed;
  private final List<Scores> passes = new ArrayList<>();
  private final Scores voted = new Scores();
  private final Reliability before = new Reliability();
  private final Reliability after = new Reliability();
  private final List<String> failures = new ArrayList<>();

  /**
   * What was found.
   *
   * @param set its name
   * @param generator its name
   * @param passes of the vote
   * @param samples photos
   * @param figures mean of the passes against the vote
   * @param before of the confidences of the first pass, semantic segmentation
   * @param after of the confidences of the vote
   * @param failures one line for each answer that was not given
   */
  public record Result(
      String set,
      String generator,
      int passes,
      long samples,
      List<Paired> figures,
      Reliability before,
      Reliability after,
      List<String> failures) {}

  private VoteStudy(Vision vision, long seed, int passes) {
    this.vision = vision;
    this.seed = seed;
    for (int pass = 0; pass < passes; pass++) {
      this.passes.add(new Scores());
    }
  }

  /**
   * Makes the study.
   *
   * @param vision whose own vote is not asked for
   * @param seed of the vote; passes are seeded from it on
   * @param progress hears of each sample done, by number
   */
  public static Result run(
      Vision vision, long seed, int passes, EvalSet set, long limit, LongConsumer progress)
      throws IOException {
    VoteStudy study = new VoteStudy(vision, seed, passes);
    long done = 0;
    try (Stream<Sample> samples = set.samples()) {
      Iterator<Sample> each = samples.limit(limit).iterator();
      while (each.hasNext()) {
        study.add(each.next());
        progress.accept(++done);
      }
    }
    return new Result(
        set.name(),
        vision.generator().traits().name(),
        passes,
        done,
        Paired.of(study.passes, study.voted),
        study.before,
        study.after,
        List.copyOf(study.failures));
  }

  private void add(Sample sample) {
    List<Task<?>> tasks = sample.truths().stream().<Task<?>>map(Questions::one).toList();
    List<List<Object>> answers = new ArrayList<>();
    tasks.forEach(task -> answers.add(new ArrayList<>()));
    for (int pass = 0; pass < passes.size(); pass++) {
      int number = pass;
      List<? extends Task<?>> variants =
          tasks.stream().map(task -> Voting.variant(task, seed, number, vision.profile())).toList();
      Vision seeded = vision.voting(1).seeded(seed + pass);
      for (int i = 0; i < variants.size(); i++) {
        Object measurement = measurement(sample, pass(seeded, pass, sample, variants.get(i)));
        passes.get(pass).add(sample, sample.truths().get(i), measurement);
        if (measurement != null) {
          answers.get(i).add(measurement);
        }
        if (pass == 0) {
          reliability(before, sample.truths().get(i), measurement);
        }
      }
    }
    for (int i = 0; i < tasks.size(); i++) {
      boolean enough = 2 * answers.get(i).size() > passes.size();
      Object merged = enough ? merged(sample, tasks.get(i), answers.get(i)) : null;
      voted.add(sample, sample.truths().get(i), merged);
      reliability(after, sample.truths().get(i), merged);
    }
  }

  /** As in a vote every other pass is of the mirrored photo. */
  private static <M> Answer<M> pass(Vision vision, int pass, Sample sample, Task<M> task) {
    Optional<UnaryOperator<M>> mirror = pass % 2 == 1 ? task.mirror() : Optional.empty();
    if (mirror.isEmpty()) {
      return vision.answer(sample.photo(), task);
    }
    return switch (vision.answer(sample.photo().mirrored(), task)) {
      case Answer.Failed<M> failed -> failed;
      case Answer.Seen<M> seen -> seen.with(task, mirror.get().apply(seen.measurement()));
    };
  }

  private @Nullable Object measurement(Sample sample, Answer<?> answer) {
    return switch (answer) {
      case Answer.Seen<?> seen -> seen.measurement();
      case Answer.Failed<?> failed -> {
        failures.add(
            "%s %s: %s".formatted(sample.id(), failed.task().name(), failed.reason().getMessage()));
        yield null;
      }
    };
  }

  /**
   * As a vote merges them. Drawings that lie alike may be read together; they are made again, by
   * generators that cost nothing.
   */
  @SuppressWarnings("unchecked") // the answers are those of this task's variants
  private <M> @Nullable Object merged(Sample sample, Task<M> task, List<Object> answers) {
    if (vision.generator().drawsInPlace()) {
      Vision voting = vision.voting(passes.size()).seeded(seed);
      return measurement(sample, voting.answer(sample.photo(), task));
    }
    return answers.size() == 1 ? answers.getFirst() : task.fuse((List<M>) answers);
  }

  private static void reliability(
      Reliability reliability, Truth truth, @Nullable Object measurement) {
    if (truth instanceof Truth.SegmentTruth t && measurement instanceof LabelMap map) {
      int[] labels = map.labels();
      float[] confidence = map.confidence();
      for (int i = 0; i < labels.length; i++) {
        if (t.labels()[i] != SegmentError.IGNORE) {
          // The truth knows classes and "none of them"; so does an answer.
          boolean none = labels[i] < 0 && t.labels()[i] < 0;
          reliability.add(confidence[i], none || labels[i] == t.labels()[i]);
        }
      }
    }
  }
}
