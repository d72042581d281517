package dev.plantain.train.study;

import dev.plantain.train.CurveChart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What a study has found so far. */
final class Findings {
  private final StudyConfig config;
  private final Plan plan;
  private final Function<Run, RunFiles> files;
  private final Map<Key, Optional<Measured>> known = new HashMap<>();

  private record Key(Arm arm, int views, VisionTask task) {}

  /**
   * A pair of arms that is compared.
   *
   * @param words what the comparison shows
   */
  record Pair(Arm from, Arm to, String words) {}

  private static final List<Pair> PAIRS =
      List.of(
          new Pair(Arm.SCRATCH, Arm.TUNED, "effect of pre-training"),
          new Pair(Arm.SPECIALIST, Arm.TUNED, "pre-trained and tuned against the specialist"),
          new Pair(Arm.SPECIALIST, Arm.SCRATCH, "tuned from scratch against the specialist"),
          new Pair(
              Arm.SCRATCH,
              Arm.TUNED_WITHOUT,
              "effect of pre-training without edits of unlabelled things"),
          new Pair(Arm.TUNED, Arm.TUNED_WITHOUT, "effect of leaving those edits out"));

  Findings(StudyConfig config, Plan plan, Function<Run, RunFiles> files) {
    this.config = config;
    this.plan = plan;
    this.files = files;
  }

  RunFiles files(Run run) {
    return files.apply(run);
  }

  Trials trials(VisionTask task) throws IOException {
    return Trials.of(plan, files, task);
  }

  /** The tests of an arm, of the seeds that are done; nothing while there is none. */
  Optional<Measured> of(Arm arm, int views, VisionTask task) throws IOException {
    Key key = new Key(arm, views, task);
    Optional<Measured> measured = known.get(key);
    if (measured == null) {
      SortedMap<Long, Tallies> tests = new TreeMap<>();
      for (Run run : plan.of(arm, views, task)) {
        RunFiles own = files.apply(run);
        if (own.done().isPresent()) {
          tests.put(run.seed(), Tallies.read(own.test(task)));
        }
      }
      measured =
          tests.isEmpty() ? Optional.empty() : Optional.of(new Measured(arm, views, task, tests));
      if (measured.isPresent()) {
        measured.get().requireSameScenes(measured.get());
      }
      known.put(key, measured);
    }
    return measured;
  }

  static List<Pair> pairs() {
    return PAIRS;
  }

  /** A pair's effects on all figures of a task, over the seeds that both have; none while none. */
  List<Measured.Effect> effects(Pair pair, int views, VisionTask task) throws IOException {
    Optional<Measured> from = of(pair.from, views, task);
    Optional<Measured> to = of(pair.to, views, task);
    List<Measured.Effect> effects = new ArrayList<>();
    if (from.isPresent() && to.isPresent()) {
      Set<Long> seeds = new TreeSet<>(from.get().tests().keySet());
      seeds.retainAll(to.get().tests().keySet());
      if (!seeds.isEmpty()) {
        Measured before = from.get().of(seeds);
        Measured after = to.get().of(seeds);
        for (VisionTask.Metric metric : task.metrics()) {
          effects.add(after.against(before, metric));
        }
      }
    }
    return effects;
  }

  /**
   * The learning curve of an arm: the points that all its seeds have that are done, the mean of the
   * task's headline on the validation scenes over them.
   */
  List<CurveChart.Point> curve(Arm arm, int views, VisionTask task) throws IOException {
    Map<Integer, List<Double>> values = new TreeMap<>();
    double each = 0;
    int done = 0;
    for (Run run : plan.of(arm, views, task)) {
      if (files.apply(run).done().isEmpty()) {
        continue;
      }
      done++;
      each = (double) plan.drawings(run) / config.tune().steps();
      for (RunFiles.Point point : files.apply(run).curve()) {
        Double value = point.figures().get(task.headline().name());
        if (value != null) {
          values.computeIfAbsent(point.steps(), s -> new ArrayList<>()).add(value);
        }
      }
    }
    List<CurveChart.Point> points = new ArrayList<>();
    for (Map.Entry<Integer, List<Double>> one : values.entrySet()) {
      if (one.getValue().size() == done) {
        double mean =
            one.getValue().stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        points.add(new CurveChart.Point(one.getKey() * each, mean));
      }
    }
    return points;
  }
}
