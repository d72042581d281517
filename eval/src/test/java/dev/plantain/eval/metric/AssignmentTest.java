package dev.plantain.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AssignmentTest {
  @Property(tries = 300)
  void isAsGoodAsTheBestOfAllAssignments(
      @ForAll @IntRange(min = 1, max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 5) int columns,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] value = new double[rows][columns];
    for (double[] row : value) {
      for (int j = 0; j < columns; j++) {
        // Many ties, as IoU tables have.
        row[j] = random.nextInt(4) / 4.0;
      }
    }
    int[] of = Assignment.maximise(value);
    boolean[] taken = new boolean[columns];
    double sum = 0;
    int assigned = 0;
    for (int i = 0; i < rows; i++) {
      if (of[i] >= 0) {
        assertThat(taken[of[i]]).isFalse();
        taken[of[i]] = true;
        sum += value[i][of[i]];
        assigned++;
      }
    }
    assertThat(assigned).isEqualTo(Math.min(rows, columns));
    assertThat(sum).isCloseTo(best(value, 0, new boolean[columns]), within(1e-9));
  }

  private static double best(double[][] value, int row, boolean[] taken) {
    if (row == value.length) {
      return 0;
    }
    double best = best(value, row + 1, taken);
    for (int j = 0; j < taken.length; j++) {
      if (!taken[j]) {
        taken[j] = true;
        best = Math.max(best, value[row][j] + best(value, row + 1, taken));
        taken[j] = false;
      }
    }
    return best;
  }
}
