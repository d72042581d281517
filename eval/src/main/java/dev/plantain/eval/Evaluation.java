package dev.plantain.eval;

import dev.plantain.core.Answer;
import dev.plantain.core.Depth;
import dev.plantain.core.Edges;
import dev.plantain.core.Instances;
import dev.plantain.core.Normals;
import dev.plantain.core.Referring;
import dev.plantain.core.Segments;
import dev.plantain.core.Task;
import dev.plantain.core.Vision;
import dev.plantain.core.instruct.Ask.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Asks a generator everything a set knows the answer of, and measures. An answer that is not given
 * counts as wrong and is listed; it never shrinks an average.
 */
public final class Evaluation {
  private final Vision vision;
  private final List<String> failures = new ArrayList<>();
  private final Scores scores = new Scores();

  private Evaluation(Vision vision) {
    this.vision = vision;
  }

  /**
   * Evaluates.
   *
   * @param vision seeded as wanted
   * @param seed it was given, for the report
   * @param limit of samples
   * @param progress hears of each sample done, by number
   */
  public static Report run(Vision vision, long seed, EvalSet set, long limit, LongConsumer progress)
      throws IOException {
    Evaluation evaluation = new Evaluation(vision);
    long began = System.nanoTime();
    long done = 0;
    try (Stream<Sample> samples = set.samples()) {
      Iterator<Sample> each = samples.limit(limit).iterator();
      while (each.hasNext()) {
        evaluation.add(each.next());
        progress.accept(++done);
      }
    }
    return new Report(
        set.name(),
        vision.generator().traits().name(),
        seed,
        done,
        evaluation.scores.figures(set.unlabelled()),
        evaluation.scores.classes(),
        evaluation.failures,
        (System.nanoTime() - began) / 1e9);
  }

  private void add(Sample sample) {
    List<Task<?>> tasks = sample.truths().stream().<Task<?>>map(Evaluation::task).toList();
    List<Answer<?>> answers = vision.seeAll(sample.photo(), tasks);
    for (int i = 0; i < answers.size(); i++) {
      Object measurement =
          switch (answers.get(i)) {
            case Answer.Seen<?> seen -> seen.measurement();
            case Answer.Failed<?> failed -> {
              failures.add(
                  "%s %s: %s"
                      .formatted(sample.id(), tasks.get(i).name(), failed.reason().getMessage()));
              yield null;
            }
          };
      scores.add(sample, sample.truths().get(i), measurement);
    }
  }

  /** The question a truth answers. */
  static Task<?> task(Truth truth) {
    return switch (truth) {
      case Truth.DepthTruth _ -> Depth.metric();
      case Truth.NormalTruth _ -> Normals.camera();
      case Truth.SegmentTruth s -> {
        List<Entry> legend = new ArrayList<>();
        for (int i = 0; i < s.classes().size(); i++) {
          legend.add(new Entry(s.classes().get(i), s.rgbs().get(i)));
        }
        Segments task = Segments.coloured(legend).nearestAlways();
        OptionalInt background = s.backgroundRgb();
        yield background.isPresent() ? task.background(background.getAsInt()) : task;
      }
      case Truth.ReferTruth r -> Referring.to(r.phrase());
      case Truth.InstanceTruth i -> Instances.of(i.phrase());
      case Truth.EdgeTruth _ -> Edges.boundaries();
    };
  }
}
