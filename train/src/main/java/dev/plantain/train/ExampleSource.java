package dev.plantain.train;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Where a step's examples come from. Thread-safe. */
interface ExampleSource {

  /** Size of a step's pictures, pixels. */
  record Frame(int width, int height) {
    /** What sides the network draws are multiples of, pixels. */
    private static final int GRID = 16;

    /** About the area of a square of {@code side}, in sides the network can draw. */
    static Frame of(int side, double aspect) {
      int width = grid(side * Math.sqrt(aspect));
      return new Frame(width, grid((double) side * side / width));
    }

    private static int grid(double side) {
      return Math.max(GRID, (int) Math.round(side / GRID) * GRID);
    }
  }

  /** What a step learns. */
  record Step(Frame frame, List<Example> examples) {}

  /** Words that its drawings teach. */
  default Set<String> vocabulary() {
    return Set.of();
  }

  /** As many examples as the stage has drawings in a step, from {@code random} alone. */
  Step step(Stage stage, SplittableRandom random);
}
