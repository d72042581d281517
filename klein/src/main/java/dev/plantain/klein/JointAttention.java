package dev.plantain.klein;

import dev.plantain.torch.Ops;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * How all tokens of a block attend to each other. The order of tokens is text, pictures.
 *
 * @param text tokens of text
 * @param references tokens of references, which lie between text and drawing; 0 unless they are to
 *     be kept
 * @param cache where references are kept, or have been; null if they take part like all others
 */
record JointAttention(long text, long references, @Nullable ReferenceCache cache) {

  private static final long HEADS_AT_ONCE = 6;

  /** Every token sees every other. */
  static JointAttention full(long text) {
    return new JointAttention(text, 0, null);
  }

  /**
   * Attention in one block.
   *
   * @param block its name in the cache
   * @param q B,h,N,d; k and v the same
   * @return B,h,N,d
   */
  Tensor apply(String block, Tensor q, Tensor k, Tensor v) {
    if (cache == null) {
      return attention(q, k, v);
    }
    return references > 0 ? keep(block, cache, q, k, v) : reuse(cache.get(block), q, k, v);
  }

  /** The first step: references see themselves alone, all others see everything. */
  private Tensor keep(String block, ReferenceCache kept, Tensor q, Tensor k, Tensor v) {
    long rest = q.size(2) - text - references;
    Tensor keys = k.narrow(2, text, references);
    Tensor values = v.narrow(2, text, references);
    kept.store(block, keys, values);
    Tensor others =
        attention(Tensors.cat(2, q.narrow(2, 0, text), q.narrow(2, text + references, rest)), k, v);
    Tensor own = attention(q.narrow(2, text, references), keys, values);
    return Tensors.cat(2, others.narrow(2, 0, text), own, others.narrow(2, text, rest));
  }

  /** A later step: the kept references stand between text and drawing. */
  private Tensor reuse(ReferenceCache.Share share, Tensor q, Tensor k, Tensor v) {
    long rest = k.size(2) - text;
    return attention(
        q,
        Tensors.cat(2, k.narrow(2, 0, text), share.keys(), k.narrow(2, text, rest)),
        Tensors.cat(2, v.narrow(2, 0, text), share.values(), v.narrow(2, text, rest)));
  }

  /**
   * On a GPU in bfloat16, for which its kernels are made; on a processor in float32, for which its
   * are: a few heads at a time where that is not what they come in.
   */
  private static Tensor attention(Tensor q, Tensor k, Tensor v) {
    if (q.is_cuda()) {
      ScalarType half = ScalarType.BFloat16;
      return Ops.fusedAttention(q.to(half), k.to(half), v.to(half), null);
    }
    if (q.scalar_type() == ScalarType.Float) {
      return Ops.fusedAttention(q, k, v, null);
    }
    List<Tensor> some = new ArrayList<>();
    for (long head = 0; head < q.size(1); head += HEADS_AT_ONCE) {
      long n = Math.min(HEADS_AT_ONCE, q.size(1) - head);
      some.add(
          wide(q.narrow(1, head, n), k.narrow(1, head, n), v.narrow(1, head, n), q.scalar_type()));
    }
    return Tensors.cat(1, some.toArray(Tensor[]::new));
  }

  private static Tensor wide(Tensor q, Tensor k, Tensor v, ScalarType type) {
    try (Scope scope = Scope.open()) {
      ScalarType whole = ScalarType.Float;
      return scope.handOver(
          Ops.fusedAttention(q.to(whole), k.to(whole), v.to(whole), null).to(type));
    }
  }
}
