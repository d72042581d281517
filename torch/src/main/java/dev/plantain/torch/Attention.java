package dev.plantain.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Attention over sequences so long that all logits at once would not fit: computed in tiles of
 * whole heads, or of some queries of one head. Each tile's softmax sees all keys, so the result is
 * that of plain attention.
 *
 * <p>Computes in the type of its arguments; give it float32 where logits must not be rounded.
 */
public final class Attention {
  /** Logits of one tile: small enough to stay near the processor. */
  private static final long TILE_BYTES = 16L << 20;

  private Attention() {}

  /**
   * {@code softmax(Q K^T / sqrt(d) + mask) V}.
   *
   * @param q B,h,N,d
   * @param k B,h,M,d
   * @param v B,h,M,d
   * @param mask added to the logits: 1,1,N,M or B,1,N,M; null for none
   * @return B,h,N,d
   */
  public static Tensor of(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask) {
    if (q.is_cuda()) {
      return torch.scaled_dot_product_attention(
          q,
          k,
          v,
          mask == null ? new TensorOptional() : new TensorOptional(mask),
          0,
          false,
          new DoubleOptional(),
          false);
    }
    long perHead = q.size(0) * q.size(2) * k.size(2) * 4;
    long heads = Math.max(1, TILE_BYTES / Math.max(1, perHead));
    long rows = Math.clamp(TILE_BYTES * q.size(2) / Math.max(1, perHead), 1, q.size(2));
    List<Tensor> done = new ArrayList<>();
    for (long h = 0; h < q.size(1); h += heads) {
      long some = Math.min(heads, q.size(1) - h);
      if (some == q.size(1) && rows == q.size(2)) {
        return Ops.attention(q, k, v, mask);
      }
      done.add(
          byRows(q.narrow(1, h, some), k.narrow(1, h, some), v.narrow(1, h, some), mask, rows));
    }
    return done.size() == 1 ? done.getFirst() : Tensors.cat(1, done.toArray(Tensor[]::new));
  }

  private static Tensor byRows(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, long rows) {
    List<Tensor> done = new ArrayList<>();
    long n = q.size(2);
    for (long i = 0; i < n; i += rows) {
      long some = Math.min(rows, n - i);
      try (Scope tile = Scope.open()) {
        Tensor own = mask == null || mask.size(2) == 1 ? mask : mask.narrow(2, i, some);
        done.add(tile.handOver(Ops.attention(q.narrow(2, i, some), k, v, own)));
      }
    }
    return done.size() == 1 ? done.getFirst() : Tensors.cat(2, done.toArray(Tensor[]::new));
  }
}
