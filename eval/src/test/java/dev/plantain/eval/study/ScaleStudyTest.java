package dev.plantain.eval.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScaleStudyTest {
  @Test
  void eachHalfIsToldByTheOther() {
    // Those of even places lie on y = x + 1, those of odd ones on y = 2 x.
    double[] told =
        ScaleStudy.fromOthers(new double[] {0, 1, 2, 3, 4}, new double[] {1, 2, 3, 6, 5});
    assertThat(told).containsExactly(new double[] {0, 2, 4, 4, 8}, within(1e-12));
  }

  @Test
  void whatDoesNotVaryTellsTheMean() {
    double[] told = ScaleStudy.fromOthers(new double[] {3, 3, 3, 3}, new double[] {1, 5, 2, 7});
    assertThat(told).containsExactly(new double[] {6, 1.5, 6, 1.5}, within(1e-12));
  }
}
