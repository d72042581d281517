package dev.plantain.train;

import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import dev.plantain.torch.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * {@link Muon} on the hidden matrices and kernels, AdamW on the rest (first and last layers,
 * embeddings, gains and biases), after clipping the gradient's norm. Keeps an exponential moving
 * average of the parameters.
 */
final class Optimiser implements AutoCloseable {
  private static final double CLIP = 1;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.99;
  private static final double EPSILON = 1e-8;
  private static final double WEIGHT_DECAY = 0.01;
  private static final double EMA = 0.999;

  /** Layers next to pixels, words or constants: their rows are not directions of equal worth. */
  private static final List<String> OUTER =
      List.of(
          "photo.stem",
          "photo.fine",
          "photo.absent",
          "draw.stem",
          "draw.out",
          "draw.fine",
          "draw.free",
          "draw.point.none",
          "draw.edge",
          "prompt.words",
          "prompt.colour",
          "prompt.kinds",
          "lora");

  private final Map<String, Tensor> parameters;
  private final Map<String, Tensor> state = new LinkedHashMap<>();

  /** Matrices are many and small: each is updated by one thread, several at once. */
  private final Workers workers =
      new Workers("optimiser", Runtime.getRuntime().availableProcessors());

  private int steps;

  Optimiser(Map<String, Tensor> parameters) {
    this.parameters = parameters;
    try (Scope scope = Scope.open()) {
      parameters.forEach(
          (name, p) -> {
            state.put("ema." + name, scope.keep(p.detach().clone()));
            state.put("m." + name, scope.keep(torch.zeros(p.shape())));
            if (!isHidden(name, p)) {
              state.put("v." + name, scope.keep(torch.zeros(p.shape())));
            }
          });
    }
  }

  private static boolean isHidden(String name, Tensor p) {
    return p.shape().length >= 2 && OUTER.stream().noneMatch(name::startsWith);
  }

  /**
   * Updates parameters from their gradients, and all averages; a parameter without a gradient
   * stays. Where the gradient is no number, nothing is updated.
   *
   * @param gradients by name; used up
   * @return the gradient's norm
   */
  double step(double rate, Map<String, Tensor> gradients) {
    try (Scope scope = Scope.open()) {
      double norm = norm(gradients);
      if (!Double.isFinite(norm)) {
        return norm;
      }
      double shrink = Math.min(1, CLIP / (norm + 1e-6));
      steps++;
      // A short memory first, so that the average does not remember the random start.
      double keep = Math.min(EMA, (steps + 1.0) / (steps + 10.0));
      List<Callable<Boolean>> updates = new ArrayList<>();
      parameters
          .keySet()
          .forEach(
              name -> updates.add(() -> update(name, gradients.get(name), shrink, rate, keep)));
      workers.all(updates);
      return norm;
    }
  }

  private static double norm(Map<String, Tensor> gradients) {
    double square = 0;
    for (Tensor g : gradients.values()) {
      double n = g.norm().item_double();
      square += n * n;
    }
    return Math.sqrt(square);
  }

  /** Whether there was a gradient. */
  private boolean update(
      String name, @Nullable Tensor gradient, double shrink, double rate, double keep) {
    try (Scope scope = Scope.open();
        AutoGradMode still = Torch.withoutGradients()) {
      Tensor p = known(parameters, name).detach();
      if (gradient != null) {
        gradient.mul_(Tensors.scalar(shrink));
        Tensor m = state("m." + name);
        if (isHidden(name, p)) {
          Muon.step(p, gradient, m, rate);
        } else {
          adamw(p, gradient, m, state("v." + name), rate);
        }
      }
      state("ema." + name).lerp_(p, Tensors.scalar(1 - keep));
      return gradient != null;
    }
  }

  private void adamw(Tensor p, Tensor g, Tensor m, Tensor v, double rate) {
    m.lerp_(g, Tensors.scalar(1 - BETA1));
    v.mul_(Tensors.scalar(BETA2)).addcmul_(g, g, Tensors.scalar(1 - BETA2));
    double c1 = 1 - Math.pow(BETA1, steps);
    double c2 = 1 - Math.pow(BETA2, steps);
    Tensor d = v.div(Tensors.scalar(c2)).sqrt().add(Tensors.scalar(EPSILON));
    p.mul_(Tensors.scalar(1 - rate * (p.shape().length >= 2 ? WEIGHT_DECAY : 0)));
    p.addcdiv_(m, d, Tensors.scalar(-rate / c1));
  }

  private Tensor state(String name) {
    return known(state, name);
  }

  private static Tensor known(Map<String, Tensor> tensors, String name) {
    Tensor t = tensors.get(name);
    if (t == null) {
      throw new IllegalStateException("the optimiser knows no " + name);
    }
    return t;
  }

  int steps() {
    return steps;
  }

  /** The averaged parameters; this object's. */
  Map<String, Tensor> average() {
    Map<String, Tensor> average = new LinkedHashMap<>();
    parameters.keySet().forEach(name -> average.put(name, state("ema." + name)));
    return average;
  }

  /** Parameters and state by name, for a checkpoint; this object's. */
  Map<String, Tensor> all() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    parameters.forEach((name, p) -> all.put("p." + name, p));
    all.putAll(state);
    return all;
  }

  /** Takes over all values of a checkpoint made by {@link #all}. */
  void restore(Map<String, Tensor> saved, int savedSteps) {
    try (Scope scope = Scope.open()) {
      all()
          .forEach(
              (name, mine) -> {
                Tensor theirs = saved.get(name);
                if (theirs == null) {
                  throw new IllegalArgumentException("the checkpoint has no " + name);
                }
                mine.detach().copy_(theirs);
              });
    }
    steps = savedSteps;
  }

  @Override
  public void close() {
    workers.close();
    state.values().forEach(Tensor::close);
  }
}
