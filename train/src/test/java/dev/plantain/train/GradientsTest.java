package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.sprout.PromptTokenizer;
import dev.plantain.sprout.SproutModel;
import dev.plantain.torch.Precision;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class GradientsTest {
  private record Found(float[] losses, Map<String, float[]> sums) {}

  private static Found find(Trainable trained, Batch batch, int shares) {
    try (Gradients gradients =
            new Gradients(trained, new FlowObjective(Map.of()), Precision.FLOAT32, shares);
        Scope scope = Scope.open()) {
      int n = batch.targets().size();
      torch.manual_seed(3);
      Tensor target = Tensors.pictures(batch.targets(), batch.height(), batch.width());
      Tensor noisy = torch.randn(n, 3, batch.height(), batch.width());
      Gradients.Result result = gradients.of(batch, target, noisy, torch.rand(n));
      Map<String, float[]> sums = new LinkedHashMap<>();
      result.sums().forEach((name, g) -> sums.put(name, Tensors.floats(g)));
      result.sums().values().forEach(Tensor::close);
      return new Found(result.losses(), sums);
    }
  }

  @Test
  void sharesSumToTheWholeAndAreTheSameEachTime() {
    try (PromptTokenizer tokenizer = new PromptTokenizer();
        Trainable trained = new Trainable.Full(SproutModel.random(TrainerTest.SHAPE, 5))) {
      Stage stage = TrainerTest.config(1).stages().getFirst();
      Batch batch =
          new BatchMaker(
                  new DioramaExamples(
                      new ToyViews(20, 32), new VisionExamples(List.of("box", "ball", "lamp"))),
                  tokenizer,
                  11,
                  Set.of())
              .make(stage, 0);
      // Random weights begin residual branches at zero; a nudge lets every gradient flow.
      try (Scope scope = Scope.open();
          var still = dev.plantain.torch.Torch.withoutGradients()) {
        torch.manual_seed(9);
        trained
            .parameters()
            .values()
            .forEach(p -> p.add_(torch.randn_like(p).mul(Tensors.scalar(0.02))));
      }
      Found whole = find(trained, batch, 1);
      Found shared = find(trained, batch, 5);
      Found again = find(trained, batch, 5);
      for (int i = 0; i < whole.losses.length; i++) {
        assertThat(shared.losses[i]).isCloseTo(whole.losses[i], within(1e-4f));
      }
      assertThat(shared.sums).containsOnlyKeys(whole.sums.keySet()).hasSizeGreaterThan(50);
      whole.sums.forEach(
          (name, g) -> {
            float[] s = shared.sums.getOrDefault(name, new float[0]);
            double scale = 1e-6;
            double off = 0;
            for (int i = 0; i < g.length; i++) {
              scale = Math.max(scale, Math.abs(g[i]));
              off = Math.max(off, Math.abs(g[i] - s[i]));
            }
            assertThat(off / scale).as(name).isLessThan(2e-3);
            assertThat(again.sums).hasEntrySatisfying(name, x -> assertThat(x).isEqualTo(s));
          });
    }
  }
}
