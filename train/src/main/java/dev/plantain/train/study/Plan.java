package dev.plantain.train.study;

import dev.plantain.train.Mixture;
import dev.plantain.train.Stage;
import dev.plantain.train.TrainConfig;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All runs of a study, each after those it needs. */
final class Plan {
  private static final int SHEETS = 4;

  private final StudyConfig config;
  private final List<Run> runs = new ArrayList<>();

  Plan(StudyConfig config) {
    this.config = config;
    StudyConfig.Sweep sweep = config.specialist();
    for (VisionTask task : VisionTask.values()) {
      for (double rate : sweep.rates()) {
        String name = "sweep-%s-%s".formatted(task.word(), plain(rate));
        runs.add(new Run(name, Arm.SWEEP, task, sweep.views(), sweep.seed(), rate, null));
      }
    }
    for (long seed : config.seeds()) {
      generator(Arm.PRETRAINED, "pretrained", 0, seed, null);
      generator(Arm.PRETRAINED_WITHOUT, "pretrained-without", 0, seed, null);
      for (int views : config.views()) {
        generator(Arm.TUNED, "tuned", views, seed, "pretrained-s" + seed);
        generator(Arm.SCRATCH, "scratch", views, seed, null);
        generator(Arm.TUNED_WITHOUT, "tuned-without", views, seed, "pretrained-without-s" + seed);
        for (VisionTask task : VisionTask.values()) {
          String name = "specialist-" + task.word() + "-" + views + "-s" + seed;
          runs.add(new Run(name, Arm.SPECIALIST, task, views, seed, null, null));
        }
      }
    }
  }

  private static String plain(double rate) {
    return BigDecimal.valueOf(rate).toPlainString();
  }

  private void generator(Arm arm, String word, int views, long seed, @Nullable String start) {
    String name = word + (views == 0 ? "" : "-" + views) + "-s" + seed;
    Stage stage = arm.pretrains() ? config.pretrain() : config.tune();
    runs.add(new Run(name, arm, null, views, seed, stage.rate(), start));
  }

  List<Run> runs() {
    return List.copyOf(runs);
  }

  Optional<Run> named(String name) {
    return runs.stream().filter(run -> run.name().equals(name)).findFirst();
  }

  /** The runs that try a task's learning rates. */
  List<Run> trials(VisionTask task) {
    return of(Arm.SWEEP, config.specialist().views(), task);
  }

  /** The runs of an arm with a data budget; for specialists, of a task. */
  List<Run> of(Arm arm, int views, VisionTask task) {
    return runs.stream()
        .filter(run -> run.arm() == arm && run.views() == views && run.tasks().contains(task))
        .toList();
  }

  /** What a run trains with a peak rate. */
  TrainConfig config(Run run, double rate) {
    Stage stage = stage(run, rate);
    return new TrainConfig(
        run.seed(),
        config.shape(),
        null,
        config.data(),
        null,
        null,
        null,
        List.of(stage),
        config.checkpointMinutes(),
        run.draws() ? Math.max(1, stage.steps() / SHEETS) : 0,
        run.task() == null ? null : run.task().kind(),
        run.arm().pretrains() ? null : (Integer) run.views(),
        run.arm() == Arm.PRETRAINED_WITHOUT ? false : null,
        null,
        null,
        null,
        null,
        run.draws() ? config.huber() : null,
        run.draws() ? config.even() : null);
  }

  /** Of a specialist: tuning with the drawings of one task alone. */
  private Stage stage(Run run, double rate) {
    if (run.arm().pretrains()) {
      return config.pretrain();
    }
    Stage tune = config.tune();
    if (run.task() == null) {
      return tune;
    }
    return new Stage(
        tune.name(),
        run.arm() == Arm.SWEEP ? config.specialist().steps() : tune.steps(),
        tune.size(),
        tune.drawings() / VisionTask.values().length,
        1,
        tune.pureNoise(),
        rate,
        tune.warmup(),
        tune.decay(),
        new Mixture(Map.of(run.task().kind(), 1.0)));
  }

  /** Drawings that a run is trained on. */
  long drawings(Run run) {
    Stage stage = stage(run, 1);
    return (long) stage.steps() * stage.drawings();
  }

  /** How long all runs take, by the speed that the protocol states, in hours of training. */
  double hours() {
    return runs.stream().mapToDouble(this::seconds).sum() / 3600;
  }

  private double seconds(Run run) {
    StudyConfig.Speed speed = config.drawingsPerSecond();
    double rate =
        run.arm().pretrains() ? speed.pretrain() : run.draws() ? speed.tune() : speed.specialist();
    return (double) drawings(run) / rate;
  }

  /** How many runs of how many drawings, and how long: a line for each arm. */
  List<String> estimate() {
    List<String> lines = new ArrayList<>();
    for (Arm arm : Arm.values()) {
      List<Run> all = runs.stream().filter(run -> run.arm() == arm).toList();
      lines.add(
          String.format(
              Locale.ROOT,
              "%3d x %,9d drawings, %5.1f min each, %5.1f h: %s",
              all.size(),
              drawings(all.getFirst()),
              seconds(all.getFirst()) / 60,
              all.stream().mapToDouble(this::seconds).sum() / 3600,
              arm.words()));
    }
    lines.add(String.format(Locale.ROOT, "%3d runs, %.1f h of training", runs.size(), hours()));
    return lines;
  }
}
