package dev.plantain.train.study;

import dev.plantain.core.Vision;
import dev.plantain.train.DivergedException;
import dev.plantain.train.TrainConfig;
import dev.plantain.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Does one run after the other: trains it, measures it on the way and at its end. */
final class Runner {
  private final StudyConfig config;
  private final Plan plan;
  private final Path folder;
  private final Examiner examiner;
  private final BooleanSupplier stop;

  /**
   * @param stop whether to end, asked when the thread was interrupted
   */
  Runner(StudyConfig config, Plan plan, Path folder, Examiner examiner, BooleanSupplier stop) {
    this.config = config;
    this.plan = plan;
    this.folder = folder;
    this.examiner = examiner;
    this.stop = stop;
  }

  RunFiles files(Run run) {
    return new RunFiles(folder.resolve(run.name()));
  }

  /**
   * Does a run, from where it stopped.
   *
   * @return whether it is done; else it was told to stop
   * @throws IOException if a run it needs is not done, or anything cannot be read or written
   */
  boolean run(Run run, Training.Listener listener) throws IOException {
    RunFiles files = files(run);
    if (files.done().isPresent()) {
      return true;
    }
    double rate = rate(run);
    TrainConfig training = plan.config(run, rate);
    boolean diverged = false;
    try {
      if (!train(run, training, files, listener)) {
        return false;
      }
    } catch (DivergedException e) {
      if (run.arm() != Arm.SWEEP) {
        throw new IOException(run.name() + ": " + e.getMessage(), e);
      }
      listener.warning("%s: %s; its rate is not chosen".formatted(run.name(), e.getMessage()));
      diverged = true;
    }
    if (run.arm().tested()) {
      try (Vision vision = Examiner.open(run, files.weights())) {
        examiner.test(run, vision, files);
      }
    }
    files.finish(
        new RunFiles.Done(
            rate,
            training.stages().getFirst().steps(),
            plan.drawings(run),
            files.seconds(),
            diverged));
    return true;
  }

  /** Trains to the end, with a stop at every point of the learning curve. */
  private boolean train(Run run, TrainConfig training, RunFiles files, Training.Listener listener)
      throws IOException {
    String stage = training.stages().getFirst().name();
    int total = training.stages().getFirst().steps();
    List<Integer> marks = marks(run, total);
    while (true) {
      int measured = measure(run, files, marks);
      if (Files.exists(files.finished(stage))) {
        return true;
      }
      int next = marks.stream().filter(m -> m > measured).findFirst().orElse(total);
      Pause pause = new Pause(listener, next < total ? next : -1);
      Training.run(training, files.folder(), start(run), pause);
      boolean interrupted = Thread.interrupted();
      if (stop.getAsBoolean() || (interrupted && !pause.reached)) {
        return false;
      }
    }
  }

  private List<Integer> marks(Run run, int total) {
    return run.arm().pretrains()
        ? List.of()
        : Stream.concat(
                config.curve().stream().map(share -> (int) Math.ceil(share * total)),
                Stream.of(total))
            .distinct()
            .sorted()
            .toList();
  }

  /**
   * Measures the weights there are if they have passed a mark since the last measurement.
   *
   * @return steps of the last measurement
   */
  private int measure(Run run, RunFiles files, List<Integer> marks) throws IOException {
    List<RunFiles.Point> curve = files.curve();
    int last = curve.isEmpty() ? 0 : curve.getLast().steps();
    if (marks.isEmpty() || last >= marks.getLast() || !Files.exists(files.weights())) {
      return last;
    }
    try (Vision vision = Examiner.open(run, files.weights())) {
      int steps = Examiner.steps(vision);
      if (marks.stream().noneMatch(m -> m > last && m <= steps)) {
        return last;
      }
      Map<String, Double> figures = examiner.validate(run, vision);
      files.append(new RunFiles.Point(steps, figures));
      return steps;
    }
  }

  private @Nullable Path start(Run run) throws IOException {
    if (run.start() == null) {
      return null;
    }
    RunFiles start = files(plan.named(run.start()).orElseThrow());
    if (start.done().isEmpty()) {
      throw new IOException(
          "%s begins with the weights of %s, which is not done".formatted(run.name(), run.start()));
    }
    return start.weights();
  }

  private double rate(Run run) throws IOException {
    if (run.rate() != null) {
      return run.rate();
    }
    VisionTask task = Objects.requireNonNull(run.task());
    Run best = Trials.of(plan, this::files, task).best();
    return Objects.requireNonNull(best.rate());
  }

  /** Interrupts training at a step, at which it leaves its weights. */
  private static final class Pause implements Training.Listener {
    private final Training.Listener listener;
    private final int at;
    private boolean reached;

    Pause(Training.Listener listener, int at) {
      this.listener = listener;
      this.at = at;
    }

    @Override
    public void step(int step, int total, String stage, String line) {
      listener.step(step, total, stage, line);
      if (step == at) {
        reached = true;
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void warning(String line) {
      listener.warning(line);
    }
  }
}
