package dev.plantain.train;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Where a step's examples come from. Thread-safe. */
interface ExampleSource {

  /** Size of a step's pictures, pixels. */
  record Frame(int width, int height) {}

  /** Size of the pictures of a stage's steps. */
  default Frame frame(Stage stage) {
    return new Frame(stage.size(), stage.size());
  }

  /** Words that its drawings teach. */
  default Set<String> vocabulary() {
    return Set.of();
  }

  /** As many examples as the stage has drawings in a step, from {@code random} alone. */
  List<Example> examples(Stage stage, SplittableRandom random);
}
