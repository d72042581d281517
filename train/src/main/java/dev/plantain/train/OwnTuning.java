package dev.plantain.train;

import dev.plantain.core.Options;
import dev.plantain.core.Vision;
import dev.plantain.eval.Evaluation;
import dev.plantain.eval.Report;
import dev.plantain.eval.set.FolderSet;
import dev.plantain.sprout.NetworkShape;
import dev.plantain.sprout.SproutModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tuning a generator on a user's own pictures, measured before and after on some held out. */
public final class OwnTuning {
  private static final double RATE = 6e-4;
  private static final double LORA_RATE = 3e-3;
  private static final int DRAWINGS = 32;
  private static final int ASKS = 4;
  private static final double RESTORED = 0.1;
  private static final String STAGE = "own";
  private static final double CHECKPOINT_MINUTES = 3;

  /** What Sprout's drawings were learnt by: see decision 9. */
  private static final Map<Kind, Double> HUBER = Map.of(Kind.NORMALS, 0.1);

  private static final Set<Kind> EVEN = Set.of(Kind.NORMALS);

  /** Of an adapter of a model of billions: few drawings at once, gentle steps. */
  private static final int KLEIN_DRAWINGS = 4;

  private static final double KLEIN_RATE = 2e-4;
  private static final double KLEIN_PURE_NOISE = 0.2;

  private OwnTuning() {}

  /**
   * What was gained.
   *
   * @param before figures of the weights tuned, on the pictures measured
   * @param after figures of the new weights on the same pictures
   * @param heldOut whether these were not learnt from; else there was but one picture
   */
  public record Outcome(Report before, Report after, boolean heldOut) {}

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
    try (SproutModel model = SproutModel.read(start)) {
      shape = model.shape();
      side = model.side();
    }
    return config(
        own,
        shape,
        null,
        lora,
        new Stage(
            STAGE,
            steps,
            side,
            DRAWINGS,
            ASKS,
            // Perception draws in one step.
            0.6,
            lora == null ? RATE : LORA_RATE,
            warmup(steps),
            0.7,
            mixture()));
  }

  /**
   * The configuration of a run that trains an adapter of a klein model.
   *
   * @param klein the model, as behind {@code klein:}
   * @param side of the square whose area is drawn, pixels
   */
  public static TrainConfig klein(
      TrainConfig.OwnData own, String klein, int side, int steps, int rank) {
    return config(
        own,
        null,
        klein,
        rank,
        new Stage(
            STAGE,
            steps,
            side,
            KLEIN_DRAWINGS,
            KLEIN_DRAWINGS,
            KLEIN_PURE_NOISE,
            KLEIN_RATE,
            warmup(steps),
            0.3,
            mixture()));
  }

  private static int warmup(int steps) {
    return Math.max(1, Math.min(50, steps / 10));
  }

  private static Mixture mixture() {
    return new Mixture(Map.of(Kind.RESTORE, RESTORED, Kind.SEGMENT, 1 - RESTORED));
  }

  private static TrainConfig config(
      TrainConfig.OwnData own,
      @Nullable NetworkShape shape,
      @Nullable String klein,
      @Nullable Integer lora,
      Stage stage) {
    return new TrainConfig(
        1,
        shape,
        klein,
        null,
        own,
        lora,
        List.of(stage),
        CHECKPOINT_MINUTES,
        Math.max(1, stage.steps() / 8),
        klein == null ? HUBER : null,
        klein == null ? EVEN : null);
  }

  /**
   * Tunes, then measures.
   *
   * @param start weights to begin with, those of the run if the folder holds it; null with a klein
   *     model
   * @param folder the run's, as in {@link Training#run}
   * @param measured pictures at most; 0 for no measuring
   * @return none if nothing was measured, or training was interrupted
   */
  public static Optional<Outcome> run(
      TrainConfig config,
      Path folder,
      @Nullable Path start,
      long measured,
      Training.Listener listener)
      throws IOException {
    OwnPictures pictures = pictures(config, listener::warning);
    RunFolder run = Training.begin(config, folder, start, listener);
    RunOrigin.require(config, run);
    Path begun = run.start();
    String old = config.klein() == null ? "sprout:" + begun : "klein:" + config.klein();
    String weights = folder.resolve(RunFolder.WEIGHTS).toString();
    String tuned =
        config.klein() == null
            ? "sprout:" + weights
            : old + (old.contains("?") ? "&" : "?") + "lora=" + weights;
    OwnExamples examples = new OwnExamples(pictures);
    if (measured == 0) {
      Training.run(config, folder, begun, examples, listener);
      return Optional.empty();
    }
    Report before = measure(old, pictures, measured);
    Training.run(config, folder, begun, examples, listener);
    return Thread.currentThread().isInterrupted()
        ? Optional.empty()
        : Optional.of(new Outcome(before, measure(tuned, pictures, measured), pictures.heldOut()));
  }

  private static Report measure(String generator, OwnPictures pictures, long most)
      throws IOException {
    try (Vision vision = Vision.with(generator).drawing(Options.seeded(0))) {
      return Evaluation.run(vision, 0, pictures.measured(), most, done -> {});
    }
  }

  static OwnPictures pictures(TrainConfig config, Consumer<String> warnings) throws IOException {
    TrainConfig.OwnData own = Objects.requireNonNull(config.own());
    return new OwnPictures(new FolderSet(Path.of(own.folder()), own.classes()), warnings);
  }
}
