package dev.plantain.train.study;

import dev.plantain.eval.metric.Bootstrap;
import dev.plantain.eval.metric.Resampled;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An arm with one data budget on one task: the tests of its seeds, on the same scenes.
 *
 * @param tests by seed; one or more
 */
record Measured(Arm arm, int views, VisionTask task, SortedMap<Long, Tallies> tests) {
  Measured {
    tests = Collections.unmodifiableSortedMap(new TreeMap<>(tests));
  }

  /** Of some seeds alone, all of which it has. */
  Measured of(Set<Long> seeds) {
    SortedMap<Long, Tallies> some = new TreeMap<>(tests);
    some.keySet().retainAll(seeds);
    return new Measured(arm, views, task, some);
  }

  /** A figure, the mean over the seeds. */
  Resampled figure(VisionTask.Metric metric) {
    List<Resampled> each = tests.values().stream().map(t -> t.figure(metric.name())).toList();
    return new Resampled(
        metric.name(),
        each.getFirst().samples(),
        chosen ->
            each.stream().mapToDouble(r -> r.of().applyAsDouble(chosen)).average().orElseThrow());
  }

  /** A figure of each seed. */
  SortedMap<Long, Double> bySeed(VisionTask.Metric metric) {
    SortedMap<Long, Double> each = new TreeMap<>();
    tests.forEach((seed, test) -> each.put(seed, test.figure(metric.name()).value()));
    return each;
  }

  int failures() {
    return tests.values().stream().mapToInt(Tallies::failures).sum();
  }

  /**
   * One arm against another on the same scenes.
   *
   * @param seeds that both are means over
   * @param interval of {@code after − before}, 95 %: scenes are drawn anew for both at once
   */
  record Effect(
      Arm from,
      Arm to,
      int views,
      List<Long> seeds,
      VisionTask.Metric metric,
      double before,
      double after,
      Bootstrap.Interval interval,
      int scenes) {
    double difference() {
      return after - before;
    }

    /** Whether the interval leaves no effect out. */
    boolean isClear() {
      // An end that is no number stands for scenes by which nothing could be measured.
      return !Double.isNaN(interval.low() + interval.high())
          && (interval.low() > 0 || interval.high() < 0);
    }

    boolean isBetter() {
      return metric.better(after, before);
    }
  }

  /**
   * The effect of being this arm rather than another, with the same seeds.
   *
   * @throws IOException if they were measured on different scenes
   */
  Effect against(Measured other, VisionTask.Metric metric) throws IOException {
    requireSameScenes(other);
    Resampled before = other.figure(metric);
    Resampled after = figure(metric);
    return new Effect(
        other.arm,
        arm,
        views,
        List.copyOf(tests.keySet()),
        metric,
        before.value(),
        after.value(),
        Bootstrap.of(
            after.samples(),
            chosen -> after.of().applyAsDouble(chosen) - before.of().applyAsDouble(chosen)),
        after.samples());
  }

  void requireSameScenes(Measured other) throws IOException {
    for (Tallies test : other.tests.values()) {
      if (!test.scenes().equals(tests.firstEntry().getValue().scenes())) {
        throw new IOException(
            "%s and %s, %s, %d views: they were measured on different scenes"
                .formatted(arm.words(), other.arm.words(), task.word(), views));
      }
    }
  }
}
