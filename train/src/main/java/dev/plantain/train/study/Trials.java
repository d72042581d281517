package dev.plantain.train.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A specialist's learning rates, as the validation scenes judge them. */
record Trials(VisionTask task, List<Trial> trials) {

  /**
   * One rate.
   *
   * @param figure the task's headline; NaN if training diverged
   * @param done whether it was tried
   */
  record Trial(Run run, double figure, boolean done) {}

  static Trials of(Plan plan, Function<Run, RunFiles> files, VisionTask task) throws IOException {
    List<Trial> trials = new ArrayList<>();
    for (Run run : plan.trials(task)) {
      RunFiles own = files.apply(run);
      boolean done = own.done().isPresent();
      boolean diverged = done && own.done().orElseThrow().diverged();
      double figure =
          !done || diverged
              ? Double.NaN
              : own.curve().getLast().figures().getOrDefault(task.headline().name(), Double.NaN);
      trials.add(new Trial(run, figure, done));
    }
    return new Trials(task, trials);
  }

  boolean done() {
    return trials.stream().allMatch(Trial::done);
  }

  /**
   * The rate to train with; of equals the first.
   *
   * @throws IOException if not all were tried, or none was any good
   */
  Run best() throws IOException {
    if (!done()) {
      throw new IOException(
          "the %s specialist's rate is chosen by the trials %s, which are not all done"
              .formatted(task.word(), trials.stream().map(t -> t.run().name()).toList()));
    }
    Trial best = trials.getFirst();
    for (Trial trial : trials) {
      best = task.headline().better(trial.figure, best.figure) ? trial : best;
    }
    if (Double.isNaN(best.figure)) {
      throw new IOException(
          "none of the rates of the %s specialist gave a figure".formatted(task.word()));
    }
    return best.run();
  }
}
