package dev.plantain.eval;

import dev.plantain.core.Answer;
import dev.plantain.core.Task;
import dev.plantain.core.Vision;
import dev.plantain.formats.InputException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks a generator everything a set knows the answer of, and measures. An answer that is not given
 * counts as wrong and is listed; it never shrinks an average. Samples are read as they are needed,
 * and few are held at a time.
 */
public final class Evaluation {
  private Evaluation() {}

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
    return run(vision, seed, set, limit, 1, null, progress);
  }

  /**
   * Evaluates, and keeps what is done.
   *
   * @param jobs samples asked and counted at once
   * @param folder of the run, or null to keep nothing
   * @throws InputException if the folder holds a run over other data
   */
  public static Report run(
      Vision vision,
      long seed,
      EvalSet set,
      long limit,
      int jobs,
      @Nullable RunFolder folder,
      LongConsumer progress)
      throws IOException {
    List<Scored> done = new ArrayList<>(folder == null ? List.of() : folder.done());
    if (done.size() > limit) {
      done = new ArrayList<>(done.subList(0, (int) limit));
    }
    if (folder != null && !done.isEmpty()) {
      requireSameData(folder, set, done.getFirst());
    }
    progress.accept(done.size());
    ExecutorService workers = Executors.newFixedThreadPool(jobs);
    try (Stream<Sample> samples = set.samples(done.size())) {
      Iterator<Sample> each = samples.limit(limit - done.size()).iterator();
      ArrayDeque<Future<Scored>> open = new ArrayDeque<>();
      while (each.hasNext() || !open.isEmpty()) {
        // One more than there are workers: the next is read while they work.
        if (each.hasNext() && open.size() <= jobs) {
          Sample sample = each.next();
          open.add(workers.submit(() -> score(vision, sample)));
          continue;
        }
        Scored scored = result(open.remove());
        if (folder != null) {
          folder.append(scored);
        }
        done.add(scored);
        progress.accept(done.size());
      }
    } finally {
      workers.shutdownNow();
      // The generator may be closed next: not while one still draws.
      workers.close();
    }
    return report(set, vision.generator().traits().name(), seed, done);
  }

  /** A set's name does not tell which files it was read from, nor which views it renders. */
  private static void requireSameData(RunFolder folder, EvalSet set, Scored first)
      throws IOException {
    try (Stream<Sample> samples = set.samples()) {
      Sample sample = samples.findFirst().orElse(null);
      if (sample == null || !DataHash.of(sample).equals(first.data())) {
        throw new InputException(
            "%s holds a run over other data: its first sample, %s, is not that of %s; give this one"
                    .formatted(folder.path(), first.id(), set.name())
                + " another folder");
      }
    }
  }

  private static Scored result(Future<Scored> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException r -> throw r;
        case Error r -> throw r;
        case null, default -> throw new IOException(e.getCause());
      }
    }
  }

  /** The report of samples that are done. */
  static Report report(EvalSet set, String generator, long seed, List<Scored> done) {
    Scores scores = new Scores();
    List<String> failures = new ArrayList<>();
    double seconds = 0;
    for (Scored scored : done) {
      for (Scored.Entry entry : scored.entries()) {
        scores.add(entry.tally());
        failures.addAll(entry.failures());
      }
      seconds += scored.seconds();
    }
    return new Report(
        set.name(),
        generator,
        seed,
        done.size(),
        scores.figures(set.unlabelled()),
        scores.classes(),
        failures,
        seconds);
  }

  /** The answers to all questions of a sample, by truth. */
  static List<List<Answer<?>>> answers(Vision vision, Sample sample) {
    List<Task<?>> tasks = new ArrayList<>();
    sample.truths().forEach(truth -> tasks.addAll(Questions.all(truth)));
    List<Answer<?>> answers = vision.seeAll(sample.photo(), tasks);
    List<List<Answer<?>>> byTruth = new ArrayList<>();
    int from = 0;
    for (Truth truth : sample.truths()) {
      int to = from + Questions.all(truth).size();
      byTruth.add(List.copyOf(answers.subList(from, to)));
      from = to;
    }
    return byTruth;
  }

  private static Scored score(Vision vision, Sample sample) {
    long began = System.nanoTime();
    List<List<Answer<?>>> answers = answers(vision, sample);
    List<Scored.Entry> entries = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      List<@Nullable Object> measurements = new ArrayList<>();
      List<String> failures = new ArrayList<>();
      for (Answer<?> answer : answers.get(i)) {
        measurements.add(
            switch (answer) {
              case Answer.Seen<?> seen -> seen.measurement();
              case Answer.Failed<?> failed -> {
                failures.add(
                    "%s %s: %s"
                        .formatted(
                            sample.id(), failed.task().name(), failed.reason().getMessage()));
                yield null;
              }
            });
      }
      entries.add(
          new Scored.Entry(
              answers.get(i).getFirst().task().name(),
              Scores.tally(sample, sample.truths().get(i), measurements),
              failures));
    }
    return new Scored(sample.id(), DataHash.of(sample), (System.nanoTime() - began) / 1e9, entries);
  }
}
