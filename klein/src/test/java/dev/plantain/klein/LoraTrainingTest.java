package dev.plantain.klein;

import static dev.plantain.klein.Fixtures.assertClose;
import static dev.plantain.klein.Fixtures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.torch.Ops;
import dev.plantain.torch.Scope;
import java.io.IOException;
import java.util.Map;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.api.Test;

class LoraTrainingTest {

  @Test
  void gradientsAreThoseOfPyTorch() throws IOException {
    try (Scope scope = Scope.open();
        Transformer net = ParityTest.open(Compute.exact(), false);
        Adapter wide = Adapter.open(Fixtures.FOLDER.resolve("wide.safetensors"));
        LoraLayers layers = LoraLayers.of(wide, net)) {
      double loss =
          new TrainingStep(net).gradients(ParityTest.plain(net), get("lora.target"));
      assertThat(loss)
          .isCloseTo(Fixtures.FACTS.path("lora.loss").asDouble(), within(1e-4));
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
          loss = step.gradients(ParityTest.plain(net), get("lora.target"));
          optimiser.step();
        }
        if (i == 5) {
          live = Ops.livePointers();
        }
      }
      double theirs = Fixtures.FACTS.path("lora.losses").get(49).asDouble();
      double first = Fixtures.FACTS.path("lora.losses").get(0).asDouble();
      System.out.printf("loss after 50 steps %.5f, PyTorch %.5f, at first %.5f%n", loss, theirs, first);
      assertThat(theirs).isLessThan(0.7 * first);
      assertThat(loss).isCloseTo(theirs, within(0.02 * theirs));
      assertThat(Ops.livePointers()).as("tensors that leak").isLessThanOrEqualTo(live);
    }
  }
}
