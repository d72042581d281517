package dev.plantain.train;

import dev.plantain.sprout.PromptTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Training runs as the command starts them. */
public final class Training {
  private Training() {}

  /** Hears of each step: how far, in which stage, and a line for people. */
  public interface Listener {
    void step(int step, int total, String stage, String line);

    /** Hears of data that is left out, a line each. */
    void warning(String line);
  }

  /**
   * Starts a run in a new folder, or goes on with one there that has the same configuration; ends
   * with the last stage or when the thread is interrupted, with a checkpoint in either case.
   *
   * @param start weights to begin with, such as committed averaged ones; null for random ones
   * @throws IOException if the folder holds another run or one that began with other weights or on
   *     other data, or data or weights cannot be read
   */
  public static void run(TrainConfig config, Path folder, @Nullable Path start, Listener listener)
      throws IOException {
    RunFolder run = begin(config, folder, start, listener);
    ExampleSource source = source(config, listener);
    RunOrigin.require(config, run);
    train(config, run, source, listener);
  }

  /** The same with examples at hand. */
  static void run(
      TrainConfig config,
      Path folder,
      @Nullable Path start,
      ExampleSource source,
      Listener listener)
      throws IOException {
    train(config, begin(config, folder, start, listener), source, listener);
  }

  /** Opens a new run, or the one that is there, before any training. */
  static RunFolder begin(TrainConfig config, Path folder, @Nullable Path start, Listener listener)
      throws IOException {
    RunFolder run = new RunFolder(folder, listener::warning);
    if (Files.exists(run.config())) {
      TrainConfig known = TrainConfig.read(run.config());
      if (!known.equals(config)) {
        throw new IOException(
            "%s holds a run of another configuration; resume that one, or name a new folder"
                .formatted(folder));
      }
      requireSame(run, folder, start);
    } else {
      if (start != null) {
        run.begin(start);
      }
      config.write(run.config());
    }
    return run;
  }

  /** Weights that are named are those the run began with, or they would be passed over. */
  private static void requireSame(RunFolder run, Path folder, @Nullable Path start)
      throws IOException {
    Path begun = run.start();
    if (start != null && (begun == null || Files.mismatch(start, begun) >= 0)) {
      throw new IOException(
          "%s holds a run that began with %s, which %s is not; resume that one, or name a new folder"
              .formatted(folder, begun == null ? "random weights" : begun, start));
    }
  }

  /**
   * Goes on with a run from its last checkpoint.
   *
   * @throws IOException if the folder holds no run, or its data is another now
   */
  public static void resume(Path folder, Listener listener) throws IOException {
    TrainConfig config = config(folder, listener);
    RunFolder run = new RunFolder(folder, listener::warning);
    ExampleSource source = source(config, listener);
    RunOrigin.require(config, run);
    train(config, run, source, listener);
  }

  /**
   * The configuration of the run in a folder.
   *
   * @throws IOException if it holds none
   */
  static TrainConfig config(Path folder, Listener listener) throws IOException {
    RunFolder run = new RunFolder(folder, listener::warning);
    if (!Files.exists(run.config())) {
      throw new IOException(folder + " holds no training run: there is no config.json");
    }
    return TrainConfig.read(run.config());
  }

  private static void train(
      TrainConfig config, RunFolder run, ExampleSource source, Listener listener)
      throws IOException {
    if (config.klein() != null && config.lora() != null) {
      try (KleinTrainer trainer =
          KleinTrainer.open(config, run, source, config.klein(), config.lora())) {
        trainer.run(lines(listener, Double.NaN));
      }
      return;
    }
    try (PromptTokenizer tokenizer = new PromptTokenizer();
        Trainer trainer =
            Trainer.open(
                config,
                run,
                new BatchMaker(source, tokenizer, config.seed(), config.evenKinds()))) {
      trainer.run(lines(listener, trainer.peakFlops()));
    }
  }

  /** Tells the listener of each step in a line. */
  private static Progress lines(Listener listener, double peakFlops) {
    long began = System.nanoTime();
    int[] first = {-1};
    return (step, total, stage, result) -> {
      first[0] = first[0] < 0 ? step - 1 : first[0];
      double each = (System.nanoTime() - began) / 1e9 / (step - first[0]);
      listener.step(step, total, stage.name(), line(step, total, stage, result, each, peakFlops));
    };
  }

  private static double share(@Nullable Double share) {
    return share == null ? 0 : share;
  }

  private static ExampleSource source(TrainConfig config, Listener listener) throws IOException {
    if (config.data() != null) {
      ExampleSource main = views(config, config.data());
      if (config.besides() == null) {
        return main;
      }
      Map<ExampleSource, Double> besides = new LinkedHashMap<>();
      for (Map.Entry<String, Double> other : config.besides().entrySet()) {
        besides.put(views(config, other.getKey()), other.getValue());
      }
      return new SeveralSources(main, besides);
    }
    return new OwnExamples(OwnTuning.pictures(config, listener::warning));
  }

  private static ExampleSource views(TrainConfig config, String data) throws IOException {
    ShardStore store = new ShardStore(Path.of(data));
    Rarity rarity =
        config.rarity() == null ? Rarity.ALIKE : new Rarity(store.viewsWith(), config.rarity());
    VisionExamples vision =
        new VisionExamples(store.categories(), share(config.otherNames()), rarity);
    return config.views() == null
        ? new DioramaExamples(
            store,
            vision,
            new DioramaExamples.Habits(
                !Boolean.FALSE.equals(config.unlabelledEdits()),
                share(config.looks()),
                share(config.unlabelledViews())))
        : TaughtExamples.of(store, vision, config.views(), config.specialist() != null);
  }

  private static String line(
      int step,
      int total,
      Stage stage,
      Trainer.StepResult result,
      double secondsEach,
      double peakFlops) {
    StringBuilder losses = new StringBuilder();
    result
        .losses()
        .forEach(
            (kind, loss) ->
                losses.append(
                    " %s %.3f".formatted(kind.name().toLowerCase(java.util.Locale.ROOT), loss)));
    double rate = result.flops() / result.seconds().all();
    String share =
        Double.isNaN(peakFlops) ? "" : ", %.0f %% of peak".formatted(100 * rate / peakFlops);
    return "%s %d/%d loss %.4f%s | %.2f drawings/s %.0f GFLOP/s%s | %s left"
        .formatted(
            stage.name(),
            step,
            total,
            result.loss(),
            losses,
            stage.drawings() / result.seconds().all(),
            rate / 1e9,
            share,
            java.time.Duration.ofSeconds(Math.round(secondsEach * (total - step))));
  }
}
