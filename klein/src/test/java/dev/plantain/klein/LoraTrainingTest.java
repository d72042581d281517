package dev.plantain.klein;

import static dev.plantain.klein.Fixtures.assertClose;
import static dev.plantain.klein.Fixtures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.core.Generator;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.torch.Ops;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoraTrainingTest {

  @Test
  void gradientsAreThoseOfPyTorch() throws IOException {
    try (Scope scope = Scope.open();
        Transformer net = ParityTest.open(Compute.exact(), false);
        Adapter wide = Adapter.open(Fixtures.FOLDER.resolve("wide.safetensors"));
        LoraLayers layers = LoraLayers.of(wide, net)) {
      double loss =
          new TrainingStep(net).gradients(ParityTest.plain(net), get("lora.target"), null);
      assertThat(loss).isCloseTo(Fixtures.FACTS.path("lora.loss").asDouble(), within(1e-4));
      Map<String, Tensor> parameters = layers.parameters();
      long expected = Fixtures.CASES.names().stream().filter(n -> n.startsWith("grad.")).count();
      assertThat(parameters).hasSize((int) expected);
      for (Map.Entry<String, Tensor> e : parameters.entrySet()) {
        assertClose(e.getValue().grad(), "grad." + e.getKey());
      }
    }
  }

  @Test
  void fiftyStepsReachPyTorchsLoss() throws IOException {
    long live = 0;
    try (Scope scope = Scope.open();
        Transformer net = ParityTest.open(Compute.exact(), false);
        Adapter wide = Adapter.open(Fixtures.FOLDER.resolve("wide.safetensors"));
        LoraLayers layers = LoraLayers.of(wide, net)) {
      AdamWOptions options = new AdamWOptions(2e-3);
      options.weight_decay().put(0.01);
      AdamW optimiser =
          new AdamW(new TensorVector(layers.parameters().values().toArray(Tensor[]::new)), options);
      TrainingStep step = new TrainingStep(net);
      double loss = Double.NaN;
      for (int i = 0; i < 50; i++) {
        try (Scope one = Scope.open()) {
          optimiser.zero_grad();
          loss = step.gradients(ParityTest.plain(net), get("lora.target"), null);
          optimiser.step();
        }
        if (i == 5) {
          live = Ops.livePointers();
        }
      }
      double theirs = Fixtures.FACTS.path("lora.losses").get(49).asDouble();
      double first = Fixtures.FACTS.path("lora.losses").get(0).asDouble();
      System.out.printf(
          "loss after 50 steps %.5f, PyTorch %.5f, at first %.5f%n", loss, theirs, first);
      assertThat(theirs).isLessThan(0.7 * first);
      assertThat(loss).isCloseTo(theirs, within(0.02 * theirs));
      assertThat(Ops.livePointers()).as("tensors that leak").isLessThanOrEqualTo(live);
    }
  }

  @Test
  void whatCannotBePreparedLeavesNothingBehind() throws IOException {
    Image photo = Image.filled(32, 48, 0x336699);
    KleinTuning.Example good =
        new KleinTuning.Example(List.of(photo), "paint it", Image.filled(32, 48, 0xCC0000));
    KleinTuning.Example odd =
        new KleinTuning.Example(List.of(photo), "paint it", Image.filled(33, 48, 0xCC0000));
    KleinTuning.Example wordy =
        new KleinTuning.Example(List.of(photo), "x ".repeat(600), Image.filled(32, 48, 0xCC0000));
    try (KleinTuning tuning =
        KleinTuning.open(Fixtures.MODEL + "?precision=fp32", new KleinTuning.Settings(4, 4, 1))) {
      tuning.prepare(List.of(good, good)).forEach(KleinTuning.Prepared::close);
      long before = Ops.livePointers();
      tuning.prepare(List.of(good, good)).forEach(KleinTuning.Prepared::close);
      assertThat(Ops.livePointers()).isLessThanOrEqualTo(before);
      assertThatThrownBy(() -> tuning.prepare(List.of(good, odd))).hasMessageContaining("33 x 48");
      assertThatThrownBy(() -> tuning.prepare(List.of(good, wordy)))
          .hasMessageContaining("512 tokens");
      assertThat(Ops.livePointers()).isLessThanOrEqualTo(before);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "1025, 4", "4, 0", "4, NaN"})
  void settingsThatCannotBeAreToldBeforeAnythingIsOpened(int rank, double alpha) {
    assertThatThrownBy(() -> new KleinTuning.Settings(rank, alpha, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 1024");
  }

  @Test
  void closedTwiceItIsClosedOnce() throws IOException {
    KleinTuning tuning =
        KleinTuning.open(Fixtures.MODEL + "?precision=fp32", new KleinTuning.Settings(4, 4, 1));
    assertThat(tuning.parameters()).isNotEmpty();
    tuning.close();
    tuning.close();
    assertThatThrownBy(tuning::parameters).isInstanceOf(IllegalStateException.class);
  }

  /** Adapters and losses of earlier versions can be made again. */
  @Test
  void randomNumbersAreThoseOfTheDefaultGenerator() throws IOException {
    try (Scope scope = Scope.open();
        Transformer net = ParityTest.open(Compute.exact(), false);
        LoraLayers layers =
            LoraLayers.fresh(net, LoraLayers.BLOCKS, new KleinTuning.Settings(4, 4, 11))) {
      torch.manual_seed(11);
      for (String name : layers.names()) {
        Tensor down =
            torch
                .randn(4, Objects.requireNonNull(net.linears().get(name)).in())
                .div(Tensors.scalar(2));
        assertThat(
                Tensors.floats(
                    Objects.requireNonNull(layers.parameters().get(name + ".lora_A.weight"))))
            .isEqualTo(Tensors.floats(down));
      }
    }
  }

  /** The way a program goes: examples in, an adapter out, which then changes what is drawn. */
  @Test
  void tunesOnExamples(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("tuned.safetensors");
    Image photo = Image.filled(32, 48, 0x336699);
    Image drawing = Image.filled(32, 48, 0xCC0000);
    String spec = Fixtures.MODEL + "?precision=fp32";
    double first = 0;
    double last = 0;
    try (Scope scope = Scope.open();
        KleinTuning tuning = KleinTuning.open(spec, new KleinTuning.Settings(4, 4, 1))) {
      List<KleinTuning.Prepared> examples =
          tuning.prepare(List.of(new KleinTuning.Example(List.of(photo), "paint it", drawing)));
      AdamW optimiser =
          new AdamW(
              new TensorVector(tuning.parameters().values().toArray(Tensor[]::new)),
              new AdamWOptions(1e-2));
      for (int i = 0; i < 20; i++) {
        optimiser.zero_grad();
        last = tuning.gradients(examples.getFirst(), 0.5, 7);
        first = i == 0 ? last : first;
        optimiser.step();
      }
      examples.forEach(KleinTuning.Prepared::close);
      tuning.save(file);
    }
    assertThat(last).isLessThan(0.5 * first);
    try (Generator plain = new KleinProvider().open(spec);
        Generator tuned = new KleinProvider().open(spec + "&lora=" + file)) {
      Options options = Options.seeded(7).withSteps(1).withGuidance(1);
      assertThat(tuned.draw(List.of(photo), "paint it", options))
          .isNotEqualTo(plain.draw(List.of(photo), "paint it", options));
    }
  }
}
