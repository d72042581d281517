package dev.plantain.train;

import dev.plantain.core.Image;
import dev.plantain.klein.KleinTuning;
import dev.plantain.torch.Ops;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * Trains an adapter of a klein model on the examples that Sprout is tuned on, by the flow-matching
 * loss alone. The run's weights are the adapter, in the format of {@code diffusers}.
 *
 * <p>Text encoder, autoencoder and transformer do not fit into memory together, so the examples of
 * some steps are encoded at once. Examples, noise and its level follow from the seed and the step's
 * number: a resumed run goes on as if it had not stopped.
 */
final class KleinTrainer implements AutoCloseable {
  /** Encoded at once; one takes about ten megabytes. */
  private static final int ENCODED = 48;

  /** Layers next to nothing: all are adapted by AdamW, as {@link Optimiser} does with these. */
  private static final String PREFIX = "lora.";

  private final TrainConfig config;
  private final RunFolder run;
  private final ExampleSource source;
  private final KleinTuning tuning;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Optimiser optimiser;
  private int step;

  private KleinTrainer(TrainConfig config, RunFolder run, ExampleSource source, KleinTuning tuning)
      throws IOException {
    this.config = config;
    this.run = run;
    this.source = source;
    this.tuning = tuning;
    tuning.parameters().forEach((name, p) -> parameters.put(PREFIX + name, p));
    optimiser = new Optimiser(parameters);
  }

  /** Opens a run: from its last checkpoint if it has one, else from the start. */
  static KleinTrainer open(
      TrainConfig config, RunFolder run, ExampleSource source, String model, int rank)
      throws IOException {
    KleinTrainer trainer =
        new KleinTrainer(
            config,
            run,
            source,
            KleinTuning.open(model, new KleinTuning.Settings(rank, rank, config.seed())));
    RunFolder.Checkpoint checkpoint = run.lastCheckpoint();
    if (checkpoint != null) {
      trainer.optimiser.restore(checkpoint.contents().tensors(), checkpoint.step());
      checkpoint.contents().tensors().values().forEach(Tensor::close);
      trainer.step = checkpoint.step();
    }
    run.cutLog(trainer.step);
    return trainer;
  }

  /** Trains to the end of the last stage, or until the thread is interrupted. */
  void run(Progress progress) throws IOException {
    long lastCheckpoint = System.nanoTime();
    List<List<Learnt>> ahead = new ArrayList<>();
    try {
      while (step < config.totalSteps()) {
        if (ahead.isEmpty()) {
          ahead.addAll(encode());
        }
        TrainConfig.Position position = config.position(step);
        Trainer.StepResult result = step(ahead.removeFirst(), position);
        step++;
        run.log(step, position, result);
        progress.step(step, config.totalSteps(), position.stage(), result);
        boolean stopped = Thread.currentThread().isInterrupted();
        double minutes = (System.nanoTime() - lastCheckpoint) / 60e9;
        if (stopped || step == config.totalSteps() || minutes >= config.checkpointMinutes()) {
          run.checkpoint(step, optimiser.all());
          tuning.save(run.weightsFile());
          lastCheckpoint = System.nanoTime();
        }
        if (stopped) {
          return;
        }
      }
    } finally {
      ahead.forEach(some -> some.forEach(one -> one.prepared.close()));
    }
    run.curves();
  }

  /** An encoded example, with its noise. */
  private record Learnt(Kind kind, KleinTuning.Prepared prepared, double level, long noise) {}

  /** The examples of the next steps. */
  private List<List<Learnt>> encode() throws IOException {
    List<KleinTuning.Example> examples = new ArrayList<>();
    List<List<Example>> steps = new ArrayList<>();
    for (int s = step; s < config.totalSteps() && examples.size() < ENCODED; s++) {
      Stage stage = config.position(s).stage();
      ExampleSource.Step made = source.step(stage, random(s).split());
      made.examples().forEach(e -> examples.add(example(e, made.frame())));
      steps.add(made.examples());
    }
    List<KleinTuning.Prepared> prepared = tuning.prepare(examples);
    List<List<Learnt>> learnt = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < steps.size(); i++) {
      Stage stage = config.position(step + i).stage();
      SplittableRandom random = random(step + i);
      List<Learnt> some = new ArrayList<>();
      for (Example e : steps.get(i)) {
        some.add(new Learnt(e.kind(), prepared.get(at++), level(stage, random), random.nextLong()));
      }
      learnt.add(some);
    }
    return learnt;
  }

  private SplittableRandom random(int which) {
    return BatchMaker.random(config.seed(), which);
  }

  /** Logit-normal, as models of this kind are trained (Esser et al. 2024), or pure noise. */
  private static double level(Stage stage, SplittableRandom random) {
    return random.nextDouble() < stage.pureNoise() ? 1 : 1 / (1 + Math.exp(-random.nextGaussian()));
  }

  private static KleinTuning.Example example(Example e, ExampleSource.Frame frame) {
    Image drawing = sized(e.target(), frame, BatchMaker.isCode(e.kind()));
    Image photo = e.photo() == null ? null : sized(e.photo(), frame, false);
    return new KleinTuning.Example(
        photo == null ? List.of() : List.of(photo), e.prompt(), drawing, e.unknown());
  }

  private static Image sized(Image image, ExampleSource.Frame frame, boolean pick) {
    return Image.of(
        frame.width(), frame.height(), Resize.area(image, frame.width(), frame.height(), pick));
  }

  private Trainer.StepResult step(List<Learnt> examples, TrainConfig.Position position)
      throws IOException {
    long began = System.nanoTime();
    long flops = Ops.flops();
    double loss = 0;
    Map<Kind, Double> sums = new EnumMap<>(Kind.class);
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    for (Learnt one : examples) {
      try (KleinTuning.Prepared prepared = one.prepared) {
        double error = tuning.gradients(prepared, one.level, one.noise);
        if (!Double.isFinite(error)) {
          throw run.diverged("loss", step + 1, error, false);
        }
        loss += error / examples.size();
        sums.merge(one.kind, error, Double::sum);
        counts.merge(one.kind, 1, Integer::sum);
      }
    }
    sums.replaceAll((kind, sum) -> sum / counts.getOrDefault(kind, 1));
    long computed = System.nanoTime();
    double norm = update(position.rate(), examples.size());
    if (!Double.isFinite(norm)) {
      throw run.diverged("gradient", step + 1, norm, false);
    }
    double seconds = (computed - began) / 1e9;
    return new Trainer.StepResult(
        loss,
        sums,
        norm,
        // Activations are computed again on the way back: a third of the time is the way there.
        new Trainer.Seconds(seconds / 4, seconds * 3 / 4, (System.nanoTime() - computed) / 1e9),
        Ops.flops() - flops);
  }

  private double update(double rate, int examples) {
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    try (Scope scope = Scope.open()) {
      parameters.forEach(
          (name, p) -> {
            Tensor g = p.grad();
            if (g.defined()) {
              gradients.put(name, g.div(Tensors.scalar(examples)));
              g.zero_();
            }
          });
      return optimiser.step(rate, gradients);
    }
  }

  @Override
  public void close() {
    optimiser.close();
    tuning.close();
  }
}
