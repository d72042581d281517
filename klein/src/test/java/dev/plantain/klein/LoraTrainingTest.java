package dev.plantain.klein;

import static dev.plantain.klein.Fixtures.assertClose;
import static dev.plantain.klein.Fixtures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.core.Generator;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.torch.Ops;
import dev.plantain.torch.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
