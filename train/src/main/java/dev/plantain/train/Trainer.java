package dev.plantain.train;

import dev.plantain.sprout.NetworkShape;
import dev.plantain.sprout.SproutModel;
import dev.plantain.sprout.Vocabulary;
import dev.plantain.torch.Ops;
import dev.plantain.torch.Precision;
import dev.plantain.torch.Safetensors;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import dev.plantain.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * The one training loop, for every stage and kind: rectified flow, nothing else, but for the
 * specialists that studies measure it against.
 *
 * <p>Every step's examples, noise and times follow from the seed and the step's number, so a run
 * resumed from a checkpoint goes on as if it had not stopped.
 */
public final class Trainer implements AutoCloseable {
  private static final String TUNED = "tuned from ";

  private final TrainConfig config;
  private final RunFolder run;
  private final BatchMaker batches;
  private final Trainable trained;
  private final Optimiser optimiser;
  private final Objective objective;
  private final Gradients gradients;
  private final double peakFlops = PeakRate.measure(Precision.best());
  private int step;

  private Trainer(
      TrainConfig config,
      RunFolder run,
      BatchMaker batches,
      Trainable trained,
      Optimiser optimiser,
      int step) {
    this.config = config;
    this.run = run;
    this.batches = batches;
    this.trained = trained;
    this.optimiser = optimiser;
    this.objective = Objective.of(config);
    this.gradients = new Gradients(trained, objective, Precision.best(), Torch.threads());
    this.step = step;
  }

  /** Opens a run: from its last checkpoint if it has one, else from the start. */
  static Trainer open(TrainConfig config, RunFolder run, BatchMaker batches) throws IOException {
    Torch.keepFreedMemory();
    Torch.keepKernels();
    SproutModel model = model(config, run.start());
    Trainable trained =
        config.lora() == null
            ? new Trainable.Full(model)
            : new Lora(model, config.lora(), config.seed());
    Optimiser optimiser = new Optimiser(trained.parameters());
    RunFolder.Checkpoint checkpoint = run.lastCheckpoint();
    int step = 0;
    if (checkpoint != null) {
      optimiser.restore(checkpoint.contents().tensors(), checkpoint.step());
      checkpoint.contents().tensors().values().forEach(Tensor::close);
      step = checkpoint.step();
    }
    run.cutLog(step);
    return new Trainer(config, run, batches, trained, optimiser, step);
  }

  private static SproutModel model(TrainConfig config, @Nullable Path start) throws IOException {
    if (start == null) {
      return SproutModel.random(shape(config), config.seed());
    }
    if (config.lora() == null) {
      return SproutModel.grown(Safetensors.read(start), shape(config), config.seed());
    }
    SproutModel model = SproutModel.read(start);
    if (!model.shape().equals(shape(config))) {
      NetworkShape other = model.shape();
      model.close();
      throw new IOException(
          "with lora the network stays that of its first weights: %s has the shape %s, the configuration %s"
              .formatted(start, other, shape(config)));
    }
    return model;
  }

  private static NetworkShape shape(TrainConfig config) {
    return Objects.requireNonNull(config.shape(), "a run of Sprout has a shape");
  }

  /** The best rate of arithmetic this machine reached when the run was opened, FLOP/s. */
  double peakFlops() {
    return peakFlops;
  }

  /** Trains to the end of the last stage, or until the thread is interrupted. */
  void run(Progress progress) throws IOException {
    long lastCheckpoint = System.nanoTime();
    try (ExecutorService loader = Executors.newSingleThreadExecutor(daemon())) {
      Future<Batch> next = prepare(loader, step);
      while (step < config.totalSteps()) {
        TrainConfig.Position position = config.position(step);
        Batch batch = next.get();
        if (step + 1 < config.totalSteps()) {
          next = prepare(loader, step + 1);
        }
        StepResult result = step(batch, position);
        step++;
        run.log(step, position, result);
        progress.step(step, config.totalSteps(), position.stage(), result);
        boolean stageEnds = position.step() + 1 == position.stage().steps();
        if (config.sheetSteps() > 0 && step % config.sheetSteps() == 0) {
          sheet(batch);
        }
        boolean stopped = Thread.currentThread().isInterrupted();
        double minutes = (System.nanoTime() - lastCheckpoint) / 60e9;
        if (minutes >= config.checkpointMinutes() || stageEnds || stopped) {
          checkpoint(position.stage(), stageEnds);
          lastCheckpoint = System.nanoTime();
        }
        if (stopped) {
          loader.shutdownNow();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      checkpoint(config.position(Math.max(0, step - 1)).stage(), false);
    } catch (ExecutionException e) {
      IOException failed =
          new IOException(
              "the examples of step %d could not be made: %s".formatted(step + 1, e.getCause()), e);
      keep(failed);
      throw failed;
    }
  }

  /** What was learnt so far is not lost with the examples of the next step. */
  private void keep(IOException failed) {
    if (step == run.checkpointed()) {
      return;
    }
    try {
      checkpoint(config.position(step - 1).stage(), false);
    } catch (IOException | RuntimeException e) {
      failed.addSuppressed(e);
    }
  }

  private void sheet(Batch batch) throws IOException {
    try (Scope scope = Scope.open();
        AutoGradMode still = inference()) {
      run.sheet(step, SampleSheet.of(trained.model(optimiser.average()), batch));
    }
  }

  private static java.util.concurrent.ThreadFactory daemon() {
    return Thread.ofPlatform().daemon().name("examples").factory();
  }

  private Future<Batch> prepare(ExecutorService loader, int which) {
    return loader.submit(() -> batches.make(config.position(which).stage(), which));
  }

  private void checkpoint(Stage stage, boolean stageEnds) throws IOException {
    // Weights first: where there is a checkpoint, its weights are there, too.
    try (Scope scope = Scope.open()) {
      Safetensors.Contents ema =
          SproutModel.export(
              shape(config), trained.weights(optimiser.average()), notes(stage), ScalarType.Half);
      run.weights(ema, stageEnds ? stage.name() : null);
    }
    run.checkpoint(step, optimiser.all());
    // A process that is being ended lets nothing draw text for the first time; a resumed run
    // redraws.
    if (!Thread.currentThread().isInterrupted()) {
      run.curves();
    }
  }

  private Map<String, String> notes(Stage stage) {
    Set<String> words = new TreeSet<>(batches.vocabulary());
    words.addAll(Vocabulary.of(trained.base().metadata()));
    Map<String, String> notes = new LinkedHashMap<>(Vocabulary.metadata(words));
    notes.put(
        SproutModel.VERSION,
        run.start() == null ? SproutModel.UNTITLED : tuned(trained.base().version()));
    notes.put("steps", Integer.toString(step));
    notes.put("stage", stage.name());
    notes.put("side", Integer.toString(stage.size()));
    if (config.specialist() != null) {
      notes.put(SproutModel.SPECIALIST, config.specialist().name());
    }
    return notes;
  }

  /** What tuned weights call themselves: never what their start does. One level is enough. */
  private static String tuned(String start) {
    return start.startsWith(TUNED) ? start : TUNED + start;
  }

  /**
   * What a step showed.
   *
   * @param loss mean over the drawings
   * @param losses mean of each kind drawn
   * @param gradient norm before clipping
   * @param seconds the step took
   * @param flops arithmetic asked for, three times the forward pass
   */
  record StepResult(
      double loss, Map<Kind, Double> losses, double gradient, Seconds seconds, double flops) {}

  /**
   * Where a step's time went.
   *
   * @param update and all else: noise, waiting for the last share
   */
  record Seconds(double forward, double backward, double update) {
    double all() {
      return forward + backward + update;
    }
  }

  private StepResult step(Batch batch, TrainConfig.Position position) {
    long began = System.nanoTime();
    long flops = Ops.flops();
    try (Scope scope = Scope.open()) {
      torch.manual_seed(config.seed() * 1_000_003 + step);
      Tensor target = Tensors.pictures(batch.targets(), batch.height(), batch.width());
      Objective.Shown shown = objective.show(target, position.stage());
      Gradients.Result result = gradients.of(batch, target, shown.noisy(), shown.time());
      try {
        double mean = mean(result.losses());
        if (!Double.isFinite(mean)) {
          throw run.diverged("loss", step + 1, mean, true);
        }
        double norm = optimiser.step(position.rate(), result.sums());
        if (!Double.isFinite(norm)) {
          throw run.diverged("gradient", step + 1, norm, true);
        }
        long end = System.nanoTime();
        return new StepResult(
            mean,
            byKind(batch.kinds(), result.losses()),
            norm,
            new Seconds(
                result.forwardSeconds(),
                result.backwardSeconds(),
                (end - began) / 1e9 - result.forwardSeconds() - result.backwardSeconds()),
            3.0 * (Ops.flops() - flops));
      } finally {
        result.sums().values().forEach(Tensor::close);
      }
    }
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static Map<Kind, Double> byKind(List<Kind> kinds, float[] losses) {
    Map<Kind, Double> sums = new EnumMap<>(Kind.class);
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    for (int i = 0; i < losses.length; i++) {
      sums.merge(kinds.get(i), (double) losses[i], Double::sum);
      counts.merge(kinds.get(i), 1, Integer::sum);
    }
    sums.replaceAll((kind, sum) -> sum / counts.getOrDefault(kind, 1));
    return sums;
  }

  static AutoGradMode inference() {
    return Torch.withoutGradients();
  }

  @Override
  public void close() {
    gradients.close();
    optimiser.close();
    trained.close();
  }
}
