package dev.plantain.train;

import dev.plantain.core.Options;
import dev.plantain.core.Vision;
import dev.plantain.eval.Evaluation;
import dev.plantain.eval.Report;
import dev.plantain.eval.set.FolderSet;
import dev.plantain.sprout.NetworkShape;
import dev.plantain.sprout.SproutModel;
import dev.plantain.torch.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tuning a generator on a user's own pictures, measured before and after on some held out. */
public final class OwnTuning {
  private static final double RATE = 6e-4;
  private static final double LORA_RATE = 3e-3;
  private static final int DRAWINGS = 32;
  private static final int ASKS = 4;
  private static final double RESTORED = 0.1;

  private OwnTuning() {}

  /**
   * What was gained.
   *
   * @param before figures of the weights tuned, on the pictures held out
   * @param after figures of the new weights on the same pictures
   */
  public record Outcome(Report before, Report after) {}

  /**
   * The configuration of such a run.
   *
   * @param start weights to begin with, whose shape and size of drawing are kept
   * @param lora rank of a low-rank adaptation; null to train all parameters
   */
  public static TrainConfig config(
      TrainConfig.OwnData own, Path start, int steps, @Nullable Integer lora) throws IOException {
    NetworkShape shape;
    int side;
    try (SproutModel model = SproutModel.of(Safetensors.read(start), false)) {
      shape = model.shape();
      side = model.side();
    }
    Stage stage =
        new Stage(
            "own",
            steps,
            side,
            DRAWINGS,
            ASKS,
            // Perception draws in one step.
            0.6,
            lora == null ? RATE : LORA_RATE,
            Math.max(1, Math.min(50, steps / 10)),
            0.7,
            new Mixture(Map.of(Kind.RESTORE, RESTORED, Kind.SEGMENT, 1 - RESTORED)));
    return new TrainConfig(1, shape, null, own, lora, List.of(stage), 3, Math.max(1, steps / 8));
  }

  /**
   * Tunes, then measures.
   *
   * @param start weights to begin with
   * @param folder the run's, as in {@link Training#run}
   */
  public static Outcome run(TrainConfig config, Path folder, Path start, Training.Listener listener)
      throws IOException {
    OwnPictures pictures = pictures(config, listener::warning);
    Report before = measure(start, pictures);
    Training.run(config, folder, start, new OwnExamples(pictures), listener);
    return new Outcome(before, measure(folder.resolve(RunFolder.WEIGHTS), pictures));
  }

  private static Report measure(Path weights, OwnPictures pictures) throws IOException {
    try (Vision vision = Vision.with("sprout:" + weights).drawing(Options.seeded(0))) {
      return Evaluation.run(vision, 0, pictures.measured(), Long.MAX_VALUE, done -> {});
    }
  }

  static OwnPictures pictures(TrainConfig config, Consumer<String> warnings) throws IOException {
    TrainConfig.OwnData own = Objects.requireNonNull(config.own());
    return new OwnPictures(new FolderSet(Path.of(own.folder()), own.classes()), warnings);
  }
}
