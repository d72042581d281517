package dev.plantain.train.study;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One training run of a study.
 *
 * @param name of its folder
 * @param task of a specialist; null for runs that draw
 * @param views labelled ones that teach it; 0 for pre-training
 * @param rate peak learning rate; null for a specialist's that trials choose
 * @param start name of the run whose weights it begins with; null for random ones
 */
record Run(
    String name,
    Arm arm,
    @Nullable VisionTask task,
    int views,
    long seed,
    @Nullable Double rate,
    @Nullable String start) {

  /** Whether it is a generator; else a specialist. */
  boolean draws() {
    return task == null;
  }

  /** What it learns to see. */
  List<VisionTask> tasks() {
    return arm.pretrains()
        ? List.of()
        : task == null ? List.of(VisionTask.values()) : List.of(task);
  }
}
