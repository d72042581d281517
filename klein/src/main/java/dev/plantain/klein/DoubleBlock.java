package dev.plantain.klein;

import dev.plantain.torch.Layers;
import dev.plantain.torch.Ops;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A double-stream block: text and pictures have weights of their own and attend to each other.
 * (Source: diffusers, {@code Flux2TransformerBlock}.)
 */
final class DoubleBlock {
  private final String name;
  private final TransformerShape shape;
  private final Side pictures;
  private final Side text;
  private final Weights weights;

  /** Text and pictures between blocks: B,L,D and B,N,D. */
  record Streams(Tensor text, Tensor pictures) {}

  /** The weights of one stream. */
  private record Side(
      Linear q, Linear k, Linear v, Linear out, Tensor qGain, Tensor kGain, FeedForward feed) {}

  DoubleBlock(Weights w, String name, TransformerShape shape) {
    this.name = name;
    this.shape = shape;
    this.weights = w;
    pictures = side(w, "to_q", "to_k", "to_v", "to_out.0", "norm_q", "norm_k", "ff");
    text =
        side(
            w,
            "add_q_proj",
            "add_k_proj",
            "add_v_proj",
            "to_add_out",
            "norm_added_q",
            "norm_added_k",
            "ff_context");
  }

  private Side side(
      Weights w, String q, String k, String v, String out, String qn, String kn, String feed) {
    int d = shape.width();
    String attn = name + ".attn.";
    return new Side(
        w.linear(attn + q, d, d),
        w.linear(attn + k, d, d),
        w.linear(attn + v, d, d),
        w.linear(attn + out, d, d),
        w.small(attn + qn + ".weight", shape.headSize()),
        w.small(attn + kn + ".weight", shape.headSize()),
        new FeedForward(
            w.linear(name + "." + feed + ".linear_in", d, 2L * shape.hidden()),
            w.linear(name + "." + feed + ".linear_out", shape.hidden(), d)));
  }

  /**
   * One pass.
   *
   * @param s text B,L,D and pictures B,N,D
   * @param pictureTimes B,6·D or B,N,6·D: modulations of attention and feed-forward
   * @param textTimes B,6·D
   * @param turns L+N positions, text first
   */
  Streams apply(
      Streams s, Tensor pictureTimes, Tensor textTimes, Rotary turns, JointAttention attention) {
    try (Scope scope = Scope.open()) {
      Streams attended = attend(s, pictureTimes, textTimes, turns, attention);
      Streams done =
          new Streams(
              feed(text, attended.text, textTimes),
              feed(pictures, attended.pictures, pictureTimes));
      weights.used(name + ".");
      return new Streams(scope.handOver(done.text), scope.handOver(done.pictures));
    }
  }

  private Streams attend(
      Streams s, Tensor pictureTimes, Tensor textTimes, Rotary turns, JointAttention attention) {
    try (Scope scope = Scope.open()) {
      Modulation pm = Modulation.of(pictureTimes, 0, shape.width());
      Modulation tm = Modulation.of(textTimes, 0, shape.width());
      // B,L+N,D
      Tensor a =
          looked(
              tm.bend(s.text, shape.epsilon()),
              pm.bend(s.pictures, shape.epsilon()),
              turns,
              attention);
      long l = s.text.size(1);
      return new Streams(
          scope.handOver(tm.join(s.text, text.out.apply(a.narrow(1, 0, l)))),
          scope.handOver(
              pm.join(s.pictures, pictures.out.apply(a.narrow(1, l, s.pictures.size(1))))));
    }
  }

  /** What all tokens, text first, see in each other: B,L+N,D. */
  private Tensor looked(Tensor t, Tensor p, Rotary turns, JointAttention attention) {
    try (Scope scope = Scope.open()) {
      Tensor q = turned(text.q.apply(t), text.qGain, pictures.q.apply(p), pictures.qGain, turns);
      Tensor k = turned(text.k.apply(t), text.kGain, pictures.k.apply(p), pictures.kGain, turns);
      Tensor v = Tensors.cat(2, split(text.v.apply(t)), split(pictures.v.apply(p)));
      return scope.handOver(Layers.joinHeads(attention.apply(name, q, k, v)));
    }
  }

  /** Texts and pictures as B,h,L+N,d, normalised and turned. */
  private Tensor turned(Tensor t, Tensor tGain, Tensor p, Tensor pGain, Rotary turns) {
    try (Scope scope = Scope.open()) {
      Tensor all = Tensors.cat(2, normal(t, tGain, shape), normal(p, pGain, shape));
      return scope.handOver(turns.apply(all).to(t.scalar_type()));
    }
  }

  private Tensor split(Tensor x) {
    return Layers.splitHeads(x, shape.heads());
  }

  /** B,N,h·d to B,h,N,d, normalised in float32: positions are not rounded. */
  static Tensor normal(Tensor x, Tensor gain, TransformerShape shape) {
    return Ops.rmsNorm(
        Layers.splitHeads(x.to(ScalarType.Float), shape.heads()),
        gain.to(ScalarType.Float),
        shape.epsilon());
  }

  private Tensor feed(Side side, Tensor x, Tensor times) {
    try (Scope scope = Scope.open()) {
      Modulation m = Modulation.of(times, 1, shape.width());
      return scope.handOver(m.join(x, side.feed.apply(m.bend(x, shape.epsilon()))));
    }
  }
}
