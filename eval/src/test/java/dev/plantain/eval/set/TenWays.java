package dev.plantain.eval.set;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Every test that is named {@code broken…} has a reader refuse at least ten kinds of damage. */
final class TenWays implements BeforeEachCallback, AfterEachCallback {
  private static final int WAYS = 10;

  @Override
  public void beforeEach(ExtensionContext context) {
    Mini.REFUSALS.clear();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getRequiredTestMethod().getName().startsWith("broken")
        && context.getExecutionException().isEmpty()) {
      assertThat(Mini.REFUSALS).as("kinds of damage").hasSizeGreaterThanOrEqualTo(WAYS);
    }
  }
}
