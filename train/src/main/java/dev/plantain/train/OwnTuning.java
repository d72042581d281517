package dev.plantain.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Vision;
import dev.plantain.eval.Comparison;
import dev.plantain.eval.ComparisonReport;
import dev.plantain.eval.KeptRun;
import dev.plantain.eval.Report;
import dev.plantain.eval.set.FolderSet;
import dev.plantain.formats.AtomicFile;
import dev.plantain.formats.InputException;
import dev.plantain.sprout.NetworkShape;
import dev.plantain.sprout.SproutModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
  private static final long MEASURED = 1000;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What Sprout's drawings were learnt by: see decision 9. */
  private static final Map<Kind, Double> HUBER = Map.of(Kind.NORMALS, 0.1);

  private static final Set<Kind> EVEN = Set.of(Kind.NORMALS);

  /** Of an adapter of a model of billions: few drawings at once, gentle steps. */
  private static final int KLEIN_DRAWINGS = 4;

  private static final double KLEIN_RATE = 2e-4;
  private static final double KLEIN_PURE_NOISE = 0.2;

  private OwnTuning() {}

  /**
   * What was gained; the reports in the run's folder say the same.
   *
   * @param before figures of the weights tuned, on the pictures measured
   * @param after figures of the new weights on the same pictures
   * @param comparison their paired differences
   * @param heldOut whether these were not learnt from; else there was but one picture
   */
  public record Outcome(Report before, Report after, Comparison comparison, boolean heldOut) {}

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
   * Tunes, and measures before and after. Both measurements are kept in the run's folder, as {@link
   * KeptRun} keeps them, and compared there by {@link ComparisonReport}.
   *
   * @param start weights to begin with, those of the run if the folder holds it; null with a klein
   *     model
   * @param folder the run's, as in {@link Training#run}
   * @param measured pictures at most; 0 for no measuring; null for what the run began with, 1000
   *     for one that begins
   * @return none if nothing was measured, or it was interrupted: {@link #resume} goes on
   */
  public static Optional<Outcome> run(
      TrainConfig config,
      Path folder,
      @Nullable Path start,
      @Nullable Long measured,
      Training.Listener listener)
      throws IOException {
    OwnPictures pictures = pictures(config, listener::warning);
    OwnExamples examples = new OwnExamples(pictures);
    RunFolder run = Training.begin(config, folder, start, listener);
    RunOrigin.require(config, run);
    Path begun = run.start();
    long most = toMeasure(folder, measured);
    String klein = config.klein();
    if (most == 0 || (klein == null && begun == null)) {
      // Before random weights there was nothing to measure.
      Training.run(config, folder, begun, examples, listener);
      return Optional.empty();
    }
    String old = klein == null ? "sprout:" + begun : "klein:" + klein;
    String weights = folder.resolve(RunFolder.WEIGHTS).toString();
    String tuned =
        klein == null
            ? "sprout:" + weights
            : old + (old.contains("?") ? "&" : "?") + "lora=" + weights;
    Optional<KeptRun> before = measure(old, pictures, most, folder.resolve("before"));
    if (before.isEmpty()) {
      return Optional.empty();
    }
    Training.run(config, folder, begun, examples, listener);
    if (Thread.currentThread().isInterrupted()) {
      return Optional.empty();
    }
    Optional<KeptRun> after = measure(tuned, pictures, most, folder.resolve("after"));
    if (after.isEmpty()) {
      return Optional.empty();
    }
    Comparison comparison = ComparisonReport.write(folder, before.get(), after.get());
    return Optional.of(
        new Outcome(before.get().report(), after.get().report(), comparison, pictures.heldOut()));
  }

  /**
   * Goes on with a run, on a user's own pictures or not, from its last checkpoint; on those it ends
   * as {@link #run} does.
   *
   * @throws IOException if the folder holds no run
   */
  public static Optional<Outcome> resume(
      Path folder, @Nullable Long measured, Training.Listener listener) throws IOException {
    TrainConfig config = Training.config(folder, listener);
    if (config.own() == null) {
      Training.resume(folder, listener);
      return Optional.empty();
    }
    return run(config, folder, null, measured, listener);
  }

  /** What {@code measure.json} says. */
  record Measure(long pictures) {}

  /** How many pictures to measure; kept, so that a run that goes on knows. */
  private static long toMeasure(Path folder, @Nullable Long asked) throws IOException {
    Path file = folder.resolve("measure.json");
    if (asked != null || !Files.exists(file)) {
      Measure measure = new Measure(asked == null ? MEASURED : asked);
      AtomicFile.write(file, out -> out.write(JSON.writeValueAsBytes(measure)));
      return measure.pictures;
    }
    try {
      return JSON.readValue(file.toFile(), Measure.class).pictures;
    } catch (JsonProcessingException e) {
      throw new InputException.Damaged(
          "%s is damaged: %s; --measure N replaces it".formatted(file, e.getOriginalMessage()), e);
    }
  }

  /** None if it was interrupted: it goes on where it stopped when it is called again. */
  private static Optional<KeptRun> measure(
      String generator, OwnPictures pictures, long most, Path folder) throws IOException {
    try (Vision vision = Vision.with(generator)) {
      return Optional.of(KeptRun.measure(vision.generator(), 0, pictures.measured(), most, folder));
    } catch (IOException | UncheckedIOException | GeneratorException e) {
      // Files of a thread that is interrupted close, wherever it is.
      if (Thread.currentThread().isInterrupted()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  static OwnPictures pictures(TrainConfig config, Consumer<String> warnings) throws IOException {
    TrainConfig.OwnData own = Objects.requireNonNull(config.own());
    return new OwnPictures(new FolderSet(Path.of(own.folder()), own.classes()), warnings);
  }
}
