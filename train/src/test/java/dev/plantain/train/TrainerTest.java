package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.sprout.NetworkShape;
import dev.plantain.sprout.PromptTokenizer;
import dev.plantain.sprout.SproutModel;
import dev.plantain.torch.Ops;
import dev.plantain.torch.Safetensors;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  /** Small enough for a test. */
  static final NetworkShape SHAPE =
      new NetworkShape(
          new NetworkShape.Scales(16, 16, 32), new NetworkShape.Scales(16, 16, 32), 1, 32, 32, 8);

  private static final List<String> WARNINGS = new ArrayList<>();

  private static PromptTokenizer tokenizer;

  @BeforeAll
  static void load() {
    tokenizer = new PromptTokenizer();
  }

  @AfterAll
  static void unload() {
    tokenizer.close();
  }

  static TrainConfig config(int steps) {
    return config(steps, null);
  }

  private static TrainConfig config(int steps, @Nullable Integer lora) {
    Mixture mixture =
        new Mixture(
            Map.of(
                Kind.CAPTION,
                1.0,
                Kind.RESTORE,
                1.0,
                Kind.EDIT,
                1.0,
                Kind.DEPTH,
                1.0,
                Kind.NORMALS,
                1.0,
                Kind.SEGMENT,
                1.0,
                Kind.REFER,
                1.0,
                Kind.INSTANCES,
                1.0,
                Kind.EDGES,
                1.0));
    Stage stage = new Stage("tune", steps, 32, 12, 3, 0.15, 2e-3, 5, 0.3, mixture);
    return new TrainConfig(7, SHAPE, null, "none", null, lora, List.of(stage), 1000, 0, null, null);
  }

  private static ExampleSource toys() {
    return new DioramaExamples(
        new ToyViews(50, 32), new VisionExamples(List.of("box", "ball", "lamp", "sofa")));
  }

  private static List<Double> train(TrainConfig config, Path folder, int until) throws Exception {
    return train(config, folder, until, toys());
  }

  private static List<Double> train(
      TrainConfig config, Path folder, int until, ExampleSource source) throws Exception {
    BatchMaker batches = new BatchMaker(source, tokenizer, config.seed(), config.evenKinds());
    List<Double> losses = new ArrayList<>();
    try (Trainer trainer = Trainer.open(config, new RunFolder(folder, WARNINGS::add), batches)) {
      trainer.run(
          (step, total, stage, result) -> {
            losses.add(result.loss());
            if (step == until) {
              Thread.currentThread().interrupt();
            }
          });
    }
    boolean _ = Thread.interrupted();
    return losses;
  }

  @Test
  void lossFalls(@TempDir Path folder) throws Exception {
    List<Double> losses = train(config(60), folder, -1);
    double first = losses.subList(0, 10).stream().mapToDouble(d -> d).average().orElseThrow();
    double last = losses.subList(50, 60).stream().mapToDouble(d -> d).average().orElseThrow();
    assertThat(last).isLessThan(0.6 * first);
  }

  @Test
  void aResumedRunEndsWithTheSameWeightsBitForBit(@TempDir Path folder) throws Exception {
    TrainConfig config = config(8);
    train(config, folder.resolve("whole"), -1);
    train(config, folder.resolve("parts"), 3);
    List<Double> rest = train(config, folder.resolve("parts"), -1);
    assertThat(rest).hasSize(5);
    assertThat(folder.resolve("parts/checkpoints/step-00000008.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("whole/checkpoints/step-00000008.safetensors"));
    assertThat(folder.resolve("parts/weights-tune.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("whole/weights.safetensors"));
    assertThat(ImageIO.read(folder.resolve("whole/curves.png").toFile()).getWidth()).isPositive();
    assertThat(folder.resolve("whole/curves.html")).content().contains("data:image/png");
  }

  @Test
  void aRunGoesOnFromTheOlderCheckpointIfTheNewestIsDamaged(@TempDir Path folder) throws Exception {
    TrainConfig config = config(6);
    Path whole = folder.resolve("whole");
    train(config, whole, -1);
    Path parts = folder.resolve("parts");
    train(config, parts, 2);
    train(config, parts, 4);
    Path newest = parts.resolve("checkpoints/step-00000004.safetensors");
    Files.write(newest, Arrays.copyOf(Files.readAllBytes(newest), 5000));
    Files.writeString(parts.resolve("log.jsonl"), "{\"step\":5,\"sta", StandardOpenOption.APPEND);
    WARNINGS.clear();
    assertThat(train(config, parts, -1)).hasSize(4);
    assertThat(WARNINGS)
        .singleElement()
        .asString()
        .contains("step-00000004", "going on from step 2");
    assertThat(newest).doesNotExist();
    assertThat(parts.resolve("checkpoints/step-00000006.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("checkpoints/step-00000006.safetensors"));
    assertThat(parts.resolve("weights.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("weights.safetensors"));
    List<String> log = Files.readAllLines(parts.resolve("log.jsonl"));
    assertThat(log).hasSize(6);
    for (int i = 0; i < 6; i++) {
      assertThat(log.get(i)).startsWith("{\"step\":%d,".formatted(i + 1)).endsWith("}");
    }
  }

  @Test
  void anAdaptersNetworkIsThatOfItsFirstWeights(@TempDir Path folder) throws Exception {
    train(config(1), folder.resolve("base"), -1);
    TrainConfig adapted = config(1, 4);
    TrainConfig deeper =
        new TrainConfig(
            7,
            new NetworkShape(SHAPE.photo(), SHAPE.drawing(), 2, 32, 32, 8),
            null,
            "none",
            null,
            4,
            adapted.stages(),
            1000,
            0,
            null,
            null);
    Path run = folder.resolve("run");
    new RunFolder(run, WARNINGS::add).begin(folder.resolve("base/weights.safetensors"));
    assertThatThrownBy(() -> train(deeper, run, -1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("start.safetensors")
        .hasMessageContaining("photoBlocks=1")
        .hasMessageContaining("photoBlocks=2");
    assertThat(run.resolve("weights.safetensors")).doesNotExist();
  }

  @Test
  void adaptersAloneAreTrainedAndMergedIntoTheWeights(@TempDir Path folder) throws Exception {
    train(config(2), folder.resolve("base"), -1);
    Path start = folder.resolve("base/weights.safetensors");
    TrainConfig adapted = config(6, 4);
    new RunFolder(folder.resolve("whole"), WARNINGS::add).begin(start);
    train(adapted, folder.resolve("whole"), -1);
    new RunFolder(folder.resolve("parts"), WARNINGS::add).begin(start);
    train(adapted, folder.resolve("parts"), 2);
    train(adapted, folder.resolve("parts"), -1);
    assertThat(folder.resolve("parts/weights.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("whole/weights.safetensors"));
    try (SproutModel before = SproutModel.of(Safetensors.read(start), false);
        SproutModel after =
            SproutModel.of(Safetensors.read(folder.resolve("whole/weights.safetensors")), false);
        Scope scope = Scope.open()) {
      after
          .parameters()
          .forEach(
              (name, now) -> {
                float[] was = Tensors.floats(parameter(before, name));
                long side =
                    now.shape().length < 2 ? 0 : Math.min(now.size(0), now.numel() / now.size(0));
                if (side > 4) {
                  assertThat(Tensors.floats(now)).as(name).isNotEqualTo(was);
                } else {
                  assertThat(Tensors.floats(now)).as(name).isEqualTo(was);
                }
              });
    }
  }

  private static String version(Path run) throws IOException {
    try (SproutModel model = SproutModel.read(run.resolve("weights.safetensors"))) {
      return model.version();
    }
  }

  @Test
  void weightsDoNotCallThemselvesWhatTheyBeganAs(@TempDir Path folder) throws Exception {
    Path base = folder.resolve("base");
    train(config(1), base, -1);
    assertThat(version(base)).isEqualTo("untitled");
    Path weights = base.resolve("weights.safetensors");
    Path named = AveragedWeights.write(List.of(weights, weights), folder.resolve("mean"), "0.10");
    for (String next : List.of("first", "second")) {
      Path run = folder.resolve(next);
      new RunFolder(run, WARNINGS::add).begin(named);
      train(config(1), run, -1);
      assertThat(version(run)).isEqualTo("tuned from 0.10");
      named = run.resolve("weights.safetensors");
    }
  }

  private static Tensor parameter(SproutModel model, String name) {
    return parameter(model.parameters(), name);
  }

  private static Tensor parameter(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name));
  }

  /** With a second stage, whose steps lead nowhere. */
  private static TrainConfig divergent() {
    TrainConfig config = config(2);
    Stage first = config.stages().getFirst();
    Stage wild =
        new Stage("wild", 4, 32, 12, 3, 0.15, Double.POSITIVE_INFINITY, 0, 0, first.mixture());
    return new TrainConfig(
        7, SHAPE, null, "none", null, null, List.of(first, wild), 1000, 0, null, null);
  }

  @Test
  void aLossThatIsNoNumberStopsTheRunAndLeavesItsFiles(@TempDir Path folder) throws Exception {
    train(config(2), folder.resolve("two"), -1);
    Path run = folder.resolve("run");
    assertThatThrownBy(() -> train(divergent(), run, -1))
        .isInstanceOf(DivergedException.class)
        .hasMessageStartingWith(
            "the loss of step 4 is NaN; the checkpoint of step 2 is whole: lower \"rate\" in ")
        .hasMessageContainingAll("config.json", "begin anew from", "weights.safetensors");
    for (String kept : List.of("checkpoints/step-00000002.safetensors", "weights.safetensors")) {
      assertThat(run.resolve(kept)).hasSameBinaryContentAs(folder.resolve("two").resolve(kept));
    }
    try (Stream<Path> checkpoints = Files.list(run.resolve("checkpoints"))) {
      assertThat(checkpoints).hasSize(1);
    }
    assertThatThrownBy(() -> train(divergent(), run, -1))
        .hasMessageContainingAll("step 4", "checkpoint of step 2");
  }

  @Test
  void aGradientThatIsNoNumberChangesNothing() {
    try (Scope scope = Scope.open();
        Optimiser optimiser = new Optimiser(Map.of("a", Tensors.of(new float[] {1, 2}, 2)))) {
      Tensor gradient = Tensors.of(new float[] {1, Float.NaN}, 2);
      assertThat(optimiser.step(0.1, Map.of("a", gradient))).isNaN();
      assertThat(optimiser.steps()).isZero();
      assertThat(Tensors.floats(parameter(optimiser.all(), "p.a"))).containsExactly(1, 2);
    }
  }

  @Test
  void whatWasLearntOutlivesExamplesThatCannotBeMade(@TempDir Path folder) throws Exception {
    TrainConfig config = config(6);
    train(config, folder.resolve("whole"), 3);
    ExampleSource toys = toys();
    AtomicInteger made = new AtomicInteger();
    ExampleSource broken =
        (stage, random) -> {
          if (made.getAndIncrement() == 3) {
            throw new UncheckedIOException(new IOException("cannot read shard 7"));
          }
          return toys.step(stage, random);
        };
    Path run = folder.resolve("run");
    assertThatThrownBy(() -> train(config, run, -1, broken))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("the examples of step 4", "cannot read shard 7");
    assertThat(run.resolve("checkpoints/step-00000003.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("whole/checkpoints/step-00000003.safetensors"));
    assertThat(run.resolve("weights.safetensors")).exists();
    assertThat(train(config, run, -1)).hasSize(3);
  }

  @Test
  void stepsLeaveNoNativeObjects(@TempDir Path folder) throws Exception {
    train(config(3), folder.resolve("a"), -1);
    long before = Ops.livePointers();
    train(config(6), folder.resolve("b"), -1);
    assertThat(Ops.livePointers()).isLessThanOrEqualTo(before);
  }
}
