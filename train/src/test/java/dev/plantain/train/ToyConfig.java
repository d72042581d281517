package dev.plantain.train;

import dev.plantain.sprout.NetworkShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Configurations of short runs, with all of their data and no habits of its own. */
final class ToyConfig {
  private ToyConfig() {}

  static TrainConfig of(
      @Nullable NetworkShape shape,
      @Nullable String klein,
      @Nullable String data,
      TrainConfig.@Nullable OwnData own,
      @Nullable Integer lora,
      Stage stage,
      double checkpointMinutes) {
    return new TrainConfig(
        7,
        shape,
        klein,
        data,
        own,
        lora,
        List.of(stage),
        checkpointMinutes,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
