package dev.plantain.klein;

import dev.plantain.torch.Layers;
import dev.plantain.torch.Ops;
import dev.plantain.torch.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A layer of Qwen3: grouped-query attention with normalised queries and keys, then SwiGLU. */
final class TextLayer {
  private final String name;
  private final TextShape shape;
  private final Weights weights;
  private final Linear q;
  private final Linear k;
  private final Linear v;
  private final Linear out;
  private final Linear gate;
  private final Linear up;
  private final Linear down;
  private final Tensor qGain;
  private final Tensor kGain;
  private final Tensor firstGain;
  private final Tensor secondGain;

  TextLayer(Weights w, String name, TextShape s) {
    this.name = name;
    shape = s;
    weights = w;
    long queries = (long) s.heads() * s.headSize();
    long keys = (long) s.keyHeads() * s.headSize();
    q = w.linear(name + ".self_attn.q_proj", s.width(), queries);
    k = w.linear(name + ".self_attn.k_proj", s.width(), keys);
    v = w.linear(name + ".self_attn.v_proj", s.width(), keys);
    out = w.linear(name + ".self_attn.o_proj", queries, s.width());
    gate = w.linear(name + ".mlp.gate_proj", s.width(), s.hidden());
    up = w.linear(name + ".mlp.up_proj", s.width(), s.hidden());
    down = w.linear(name + ".mlp.down_proj", s.hidden(), s.width());
    qGain = w.small(name + ".self_attn.q_norm.weight", s.headSize());
    kGain = w.small(name + ".self_attn.k_norm.weight", s.headSize());
    firstGain = w.small(name + ".input_layernorm.weight", s.width());
    secondGain = w.small(name + ".post_attention_layernorm.weight", s.width());
  }

  /**
   * One pass.
   *
   * @param x B,L,D
   * @param mask B,1,L,L added to logits
   * @param turns L positions
   */
  Tensor apply(Tensor x, Tensor mask, Rotary turns) {
    try (Scope scope = Scope.open()) {
      Tensor y = x.add(attend(norm(x, firstGain), mask, turns));
      Tensor z = norm(y, secondGain);
      Tensor done = y.add(down.apply(Ops.silu(gate.apply(z)).mul(up.apply(z))));
      weights.used(name + ".");
      return scope.handOver(done);
    }
  }

  /** Normalised in float32, as the reference does. */
  private Tensor norm(Tensor x, Tensor gain) {
    return Ops.rmsNorm(x.to(ScalarType.Float), gain.to(ScalarType.Float), shape.epsilon())
        .to(x.scalar_type());
  }

  private Tensor attend(Tensor x, Tensor mask, Rotary turns) {
    try (Scope scope = Scope.open()) {
      // B,h,L,d; Qwen3 pairs the halves of a head, rotary turns pair neighbours: interleaved first.
      Tensor queries = turns.apply(interleave(heads(q, qGain, shape.heads(), x)));
      Tensor keys = turns.apply(interleave(heads(k, kGain, shape.keyHeads(), x)));
      Tensor values = Layers.splitHeads(v.apply(x).to(ScalarType.Float), shape.keyHeads());
      Tensor a = Ops.fusedAttention(queries, each(keys), each(values), mask);
      return scope.handOver(out.apply(Layers.joinHeads(a).to(x.scalar_type())));
    }
  }

  /** B,L,D to B,h,L,d in float32, normalised. */
  private Tensor heads(Linear matrix, Tensor gain, int heads, Tensor x) {
    return Ops.rmsNorm(
        Layers.splitHeads(matrix.apply(x).to(ScalarType.Float), heads),
        gain.to(ScalarType.Float),
        shape.epsilon());
  }

  /**
   * Value i and value i + d/2 side by side. Queries and keys alike, so their products stay what
   * they are.
   */
  private static Tensor interleave(Tensor x) {
    long half = x.size(3) / 2;
    return x.reshape(x.size(0), x.size(1), x.size(2), 2, half).transpose(3, 4).flatten(3, 4);
  }

  /** B,g,L,d to B,h,L,d: each head of keys serves h/g heads of queries in a row. */
  private Tensor each(Tensor x) {
    long times = shape.heads() / shape.keyHeads();
    return x.unsqueeze(2)
        .expand(x.size(0), x.size(1), times, x.size(2), x.size(3))
        .reshape(x.size(0), shape.heads(), x.size(2), x.size(3));
  }
}
