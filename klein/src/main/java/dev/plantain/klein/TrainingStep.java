package dev.plantain.klein;

import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import dev.plantain.torch.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Gradients of the transformer's adapters with little memory: the forward pass keeps what goes into
 * each block and nothing from inside; the backward pass computes each block a second time
 * (activation checkpointing, arXiv 1604.06174).
 */
final class TrainingStep {
  private final Transformer net;

  TrainingStep(Transformer net) {
    this.net = net;
  }

  /**
   * Adds the gradients of the mean squared error to the parameters'.
   *
   * @param call what the transformer is given; references behind the noise
   * @param target B,n,channels: the directions of the first n tokens
   * @param known B,n,1: how much each of these tokens counts; null if all count alike
   * @return the error
   */
  double gradients(Transformer.Call call, Tensor target, @Nullable Tensor known) {
    try (Scope scope = Scope.open()) {
      List<Transformer.State> inputs = forward(call);
      Transformer.State last = leaf(inputs.getLast());
      Tensor v = net.end(last).narrow(1, 0, target.size(1));
      Tensor loss = error(v, target, known);
      loss.backward();
      Map<Part, Tensor> gradients = new LinkedHashMap<>();
      collect(last, gradients);
      for (int i = net.blocks() - 1; i >= 0; i--) {
        try (Scope block = Scope.open()) {
          Transformer.State in = leaf(inputs.get(i));
          backward(net.block(i, in), gradients);
          gradients.remove(Part.PICTURES);
          gradients.remove(Part.TEXT);
          collect(in, gradients);
          gradients.values().forEach(block::handOver);
        }
      }
      backward(net.begin(call), gradients);
      return Tensors.floats(loss)[0];
    }
  }

  private static Tensor error(Tensor v, Tensor target, @Nullable Tensor known) {
    if (known == null) {
      return torch.mse_loss(v, target);
    }
    Tensor each = v.to(torch.ScalarType.Float).sub(target.to(torch.ScalarType.Float)).square();
    return each.mul(known).sum().div(known.sum().mul(Tensors.scalar((double) target.size(2))));
  }

  private List<Transformer.State> forward(Transformer.Call call) {
    List<Transformer.State> inputs = new ArrayList<>();
    try (AutoGradMode still = Torch.withoutGradients()) {
      Transformer.State state = net.begin(call);
      inputs.add(state);
      for (int i = 0; i < net.blocks(); i++) {
        state = net.block(i, state);
        inputs.add(state);
      }
    }
    return inputs;
  }

  /** The parts of a state that gradients flow through. */
  private enum Part {
    TEXT,
    PICTURES,
    TEMB,
    PICTURE_TIMES,
    TEXT_TIMES,
    SINGLE_TIMES;

    @Nullable Tensor of(Transformer.State s) {
      return switch (this) {
        case TEXT -> s.text();
        case PICTURES -> s.pictures();
        case TEMB -> s.temb();
        case PICTURE_TIMES -> s.pictureTimes();
        case TEXT_TIMES -> s.textTimes();
        case SINGLE_TIMES -> s.singleTimes();
      };
    }
  }

  /** The same values as the beginning of a graph of their own. */
  private static Transformer.State leaf(Transformer.State s) {
    return new Transformer.State(
        s.text() == null ? null : s.text().detach().set_requires_grad(true),
        s.pictures().detach().set_requires_grad(true),
        s.temb().detach().set_requires_grad(true),
        s.pictureTimes().detach().set_requires_grad(true),
        s.textTimes().detach().set_requires_grad(true),
        s.singleTimes().detach().set_requires_grad(true),
        s.turns(),
        s.attention());
  }

  /** Adds the gradients that arrived at a leaf. */
  private static void collect(Transformer.State leaf, Map<Part, Tensor> gradients) {
    for (Part part : Part.values()) {
      Tensor value = part.of(leaf);
      if (value != null && value.grad().defined()) {
        // grad() is a view into the leaf, which dies first; detach() shares the numbers and stays.
        gradients.merge(part, value.grad().detach(), Tensor::add);
      }
    }
  }

  /** Sends gradients of a state back into the graph it came from, if it came from one. */
  private static void backward(Transformer.State s, Map<Part, Tensor> gradients) {
    Tensor sum = null;
    for (Map.Entry<Part, Tensor> e : gradients.entrySet()) {
      Tensor value = e.getKey().of(s);
      // What a block hands on unchanged is a leaf of its own and gets its gradient directly.
      if (value != null && value.requires_grad() && !value.is_leaf()) {
        Tensor product = value.mul(e.getValue()).sum();
        sum = sum == null ? product : sum.add(product);
      }
    }
    if (sum != null) {
      sum.backward();
    }
  }
}
