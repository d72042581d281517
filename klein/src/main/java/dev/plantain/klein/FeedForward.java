package dev.plantain.klein;

import dev.plantain.torch.Ops;
import dev.plantain.torch.Scope;
import org.bytedeco.pytorch.Tensor;

/**
 * A gated feed-forward layer (SwiGLU, arXiv 2002.05202), gate and values from one matrix.
 *
 * @param in D to 2·H, the gate first
 * @param out H to D
 */
record FeedForward(Linear in, Linear out) {

  /** B,N,D to B,N,D. */
  Tensor apply(Tensor x) {
    try (Scope scope = Scope.open()) {
      return scope.handOver(out.apply(gated(in.apply(x))));
    }
  }

  /** …,2·H to …,H: {@code silu(first half) · second half}. */
  static Tensor gated(Tensor x) {
    long half = x.size(-1) / 2;
    try (Scope scope = Scope.open()) {
      return scope.handOver(Ops.silu(x.narrow(-1, 0, half)).mul_(x.narrow(-1, half, half)));
    }
  }
}
