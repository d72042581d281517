package dev.plantain.train;

import dev.plantain.sprout.SproutModel;
import dev.plantain.torch.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Low-rank adaptation (Hu et al. 2021): every matrix and kernel W keeps its value and gets B·A
 * added, B of out × rank beginning at zero, A of rank × in. Kernels count as matrices of out ×
 * in·k·k.
 */
final class Lora implements Trainable {
  private static final String A = "lora.a.";
  private static final String B = "lora.b.";

  private final SproutModel base;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();

  /**
   * @param base whose parameters stay as they are; this closes it
   */
  Lora(SproutModel base, int rank, long seed) {
    this.base = base;
    torch.manual_seed(seed);
    try (Scope scope = Scope.open()) {
      base.parameters()
          .forEach(
              (name, w) -> {
                long out = w.size(0);
                long in = w.numel() / out;
                if (w.shape().length < 2 || Math.min(out, in) <= rank) {
                  return;
                }
                Tensor a =
                    torch.normal(
                        0,
                        1 / Math.sqrt((double) in),
                        new long[] {rank, in},
                        new GeneratorOptional(),
                        new TensorOptions(torch.ScalarType.Float));
                parameters.put(A + name, scope.keep(a.set_requires_grad(true)));
                Tensor b = torch.zeros(out, rank);
                parameters.put(B + name, scope.keep(b.set_requires_grad(true)));
              });
    }
  }

  @Override
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  @Override
  public SproutModel base() {
    return base;
  }

  @Override
  public Map<String, Tensor> weights(Map<String, Tensor> values) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    base.parameters()
        .forEach(
            (name, w) -> {
              Tensor a = values.get(A + name);
              Tensor b = values.get(B + name);
              all.put(name, a == null || b == null ? w : w.add(torch.matmul(b, a).view(w.shape())));
            });
    return all;
  }

  @Override
  public void close() {
    parameters.values().forEach(Tensor::close);
    base.close();
  }
}
