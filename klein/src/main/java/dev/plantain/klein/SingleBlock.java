package dev.plantain.klein;

import dev.plantain.torch.Layers;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * A single-stream block: text and pictures as one sequence, attention and feed-forward side by
 * side, their matrices fused. (Source: diffusers, {@code Flux2SingleTransformerBlock}.)
 */
final class SingleBlock {
  private final String name;
  private final TransformerShape shape;
  private final Linear in;
  private final Linear out;
  private final Tensor qGain;
  private final Tensor kGain;
  private final Weights weights;

  SingleBlock(Weights w, String name, TransformerShape shape) {
    int d = shape.width();
    this.name = name;
    this.shape = shape;
    this.weights = w;
    in = w.linear(name + ".attn.to_qkv_mlp_proj", d, 3L * d + 2L * shape.hidden());
    out = w.linear(name + ".attn.to_out", d + (long) shape.hidden(), d);
    qGain = w.small(name + ".attn.norm_q.weight", shape.headSize());
    kGain = w.small(name + ".attn.norm_k.weight", shape.headSize());
  }

  /**
   * One pass.
   *
   * @param x B,N,D, text first
   * @param times B,3·D or B,N,3·D
   * @param turns N positions
   * @return B,N,D
   */
  Tensor apply(Tensor x, Tensor times, Rotary turns, JointAttention attention) {
    try (Scope scope = Scope.open()) {
      Modulation m = Modulation.of(times, 0, shape.width());
      Tensor y = m.join(x, out.apply(inside(m.bend(x, shape.epsilon()), turns, attention)));
      weights.used(name + ".");
      return scope.handOver(y);
    }
  }

  /** B,N,D to B,N,D+H: attention's answer beside the gated feed-forward values. */
  private Tensor inside(Tensor x, Rotary turns, JointAttention attention) {
    try (Scope scope = Scope.open()) {
      int d = shape.width();
      // B,N,3·D+2·H: query, key, value, gate, values.
      Tensor all = in.apply(x);
      Tensor gated = FeedForward.gated(all.narrow(2, 3L * d, 2L * shape.hidden()));
      Tensor a = attend(all.narrow(2, 0, 3L * d), turns, attention);
      return scope.handOver(Tensors.cat(2, a, gated));
    }
  }

  /** B,N,3·D to B,N,D. */
  private Tensor attend(Tensor qkv, Rotary turns, JointAttention attention) {
    try (Scope scope = Scope.open()) {
      int d = shape.width();
      Tensor q = turned(qkv.narrow(2, 0, d), qGain, turns);
      Tensor k = turned(qkv.narrow(2, d, d), kGain, turns);
      Tensor v = Layers.splitHeads(qkv.narrow(2, 2L * d, d), shape.heads());
      return scope.handOver(Layers.joinHeads(attention.apply(name, q, k, v)));
    }
  }

  private Tensor turned(Tensor x, Tensor gain, Rotary turns) {
    try (Scope scope = Scope.open()) {
      return scope.handOver(turns.apply(DoubleBlock.normal(x, gain, shape)).to(x.scalar_type()));
    }
  }
}
