package dev.plantain.train;

import dev.plantain.torch.Precision;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A batch's loss and its gradients. Every processor takes a share of the drawings, on one thread:
 * the operations are too small to keep several threads busy each, whole shares are not. Shares and
 * the order of their sum are fixed, so a step does not depend on which is ready first.
 */
final class Gradients implements AutoCloseable {
  private final Trainable trained;
  private final Objective objective;
  private final Precision precision;
  private final int shares;
  private final Workers workers;

  /**
   * @param losses of each drawing
   * @param sums by parameter, without those that nothing depended on; the receiver closes them
   * @param forwardSeconds mean of the shares
   * @param backwardSeconds mean of the shares
   */
  record Result(
      float[] losses, Map<String, Tensor> sums, double forwardSeconds, double backwardSeconds) {}

  Gradients(Trainable trained, Objective objective, Precision precision, int shares) {
    this.trained = trained;
    this.objective = objective;
    this.precision = precision;
    this.shares = shares;
    workers = new Workers("gradients", shares);
  }

  /**
   * @param target B,3,H,W in −1..1
   * @param noisy B,3,H,W
   * @param time B in 0..1; 1 is clean
   */
  Result of(Batch batch, Tensor target, Tensor noisy, Tensor time) {
    int n = batch.targets().size();
    List<Callable<Result>> parts = new ArrayList<>();
    for (int i = 0; i < shares; i++) {
      int from = i * n / shares;
      int to = (i + 1) * n / shares;
      if (from < to) {
        Tensor x = target.narrow(0, from, to - from);
        Tensor z = noisy.narrow(0, from, to - from);
        Tensor t = time.narrow(0, from, to - from);
        parts.add(() -> share(batch.part(from, to), x, z, t, n));
      }
    }
    return sum(workers.all(parts), n);
  }

  private static Result sum(List<Result> parts, int n) {
    float[] losses = new float[n];
    int at = 0;
    Map<String, Tensor> sums = new LinkedHashMap<>();
    double forward = 0;
    double backward = 0;
    try (Scope scope = Scope.open()) {
      for (Result part : parts) {
        System.arraycopy(part.losses, 0, losses, at, part.losses.length);
        at += part.losses.length;
        forward += part.forwardSeconds / parts.size();
        backward += part.backwardSeconds / parts.size();
        part.sums.forEach(
            (name, g) -> {
              Tensor sum = sums.get(name);
              if (sum == null) {
                sums.put(name, g);
              } else {
                sum.add_(g);
                g.close();
              }
            });
      }
    }
    return new Result(losses, sums, forward, backward);
  }

  private Result share(Batch part, Tensor target, Tensor noisy, Tensor time, int all) {
    long began = System.nanoTime();
    try (Scope scope = Scope.open()) {
      Tensor photos =
          part.photos().isEmpty()
              ? null
              : Tensors.pictures(part.photos(), part.height(), part.width());
      Tensor clean;
      try (Precision.Computing fast = precision.compute()) {
        clean = trained.model().clean(noisy, time, photos, part.photoOf(), part.prompts());
      }
      Tensor each = objective.losses(clean, target, time, part);
      float[] losses = Tensors.floats(each);
      long forward = System.nanoTime();
      Map<String, Tensor> gradients = gradients(scope, each.sum().div(Tensors.scalar(all)));
      return new Result(
          losses, gradients, (forward - began) / 1e9, (System.nanoTime() - forward) / 1e9);
    }
  }

  private Map<String, Tensor> gradients(Scope scope, Tensor loss) {
    Map<String, Tensor> parameters = trained.parameters();
    TensorVector found =
        torch.grad(
            new TensorVector(loss),
            new TensorVector(parameters.values().toArray(Tensor[]::new)),
            new TensorVector(),
            new BoolOptional(),
            false,
            true);
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    int i = 0;
    for (String name : parameters.keySet()) {
      Tensor g = found.get(i++);
      if (g.defined()) {
        gradients.put(name, scope.keep(g.detach()));
      }
    }
    return gradients;
  }

  @Override
  public void close() {
    workers.close();
  }
}
