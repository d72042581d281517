package dev.plantain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.train.DivergedException;
import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void aRunThatDivergesIsNoDefect() {
    String message = "the loss of step 4 is NaN; the checkpoint of step 2 is whole";
    assertThat(Failure.of(new DivergedException(message)))
        .isEqualTo(new Failure(ExitCode.GENERATOR, "diverged", message));
  }

  @Test
  void whatNobodyForesawIs() {
    Failure failure = Failure.of(new IllegalStateException("odd"));
    assertThat(failure.code()).isEqualTo(ExitCode.INTERNAL);
    assertThat(failure.message()).startsWith("this is a defect of Plantain").contains("odd");
  }
}
