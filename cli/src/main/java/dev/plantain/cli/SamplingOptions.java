package dev.plantain.cli;

import dev.plantain.core.Options;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a picture that is no measurement is drawn. */
final class SamplingOptions {
  private static final int MAX_STEPS = 1000;
  private static final double MAX_GUIDANCE = 30;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of the sampler (default: the generator's own).")
  @Nullable Integer steps;

  @Option(
      names = "--guidance",
      paramLabel = "X",
      description = "How closely to follow the words (default: the generator's own).")
  @Nullable Double guidance;

  Options with(Options options) {
    Options all = options;
    if (steps != null) {
      if (steps < 1 || steps > MAX_STEPS) {
        throw new UsageException("--steps takes 1 to %d, got %d".formatted(MAX_STEPS, steps));
      }
      all = all.withSteps(steps);
    }
    if (guidance != null) {
      if (!(guidance >= 0 && guidance <= MAX_GUIDANCE)) {
        throw new UsageException(
            "--guidance takes 0 to %.0f, got %s".formatted(MAX_GUIDANCE, guidance));
      }
      all = all.withGuidance(guidance);
    }
    return all;
  }
}
