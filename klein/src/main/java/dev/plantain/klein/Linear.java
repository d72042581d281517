package dev.plantain.klein;

import dev.plantain.torch.Ops;
import dev.plantain.torch.Scope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * A matrix over the last dimension, in whatever type its file has, and the adapters laid over it.
 */
final class Linear {
  private final String name;
  private final Tensor matrix;
  private final @Nullable Tensor offset;
  private final long in;
  private final long out;
  private final List<LowRank> adapters = new ArrayList<>();
  private @Nullable Tensor merged;

  /**
   * @param matrix out,in
   * @param offset out
   */
  Linear(String name, Tensor matrix, @Nullable Tensor offset, long in, long out) {
    this.name = name;
    this.matrix = matrix;
    this.offset = offset;
    this.in = in;
    this.out = out;
  }

  String name() {
    return name;
  }

  long in() {
    return in;
  }

  long out() {
    return out;
  }

  /** Lays another adapter over this; they add up. */
  void adapt(LowRank adapter) {
    adapters.add(adapter);
  }

  /**
   * Adds the adapters to a copy of the matrix, in its own type: nothing more to compute for each
   * use, but memory for the copy, and what is finer than the type is rounded away.
   */
  void merge() {
    if (adapters.isEmpty()) {
      return;
    }
    try (Scope scope = Scope.open()) {
      Tensor sum = (merged == null ? matrix : merged).to(ScalarType.Float);
      for (LowRank adapter : adapters) {
        sum = sum.add(adapter.product().to(sum.device(), ScalarType.Float));
      }
      Tensor next = scope.keep(sum.to(matrix.scalar_type()).clone());
      close();
      merged = next;
      adapters.clear();
    }
  }

  /** Frees what {@link #merge} has made. */
  void close() {
    if (merged != null) {
      merged.close();
      merged = null;
    }
  }

  /** …,in to …,out, in the type of {@code x}. */
  Tensor apply(Tensor x) {
    try (Scope scope = Scope.open()) {
      // Another type or place only where the file differs; then for this use alone.
      Tensor whole = merged == null ? matrix : merged;
      Tensor y = Ops.wideLinear(x, whole.to(x.device(), x.scalar_type()), offset);
      for (LowRank adapter : adapters) {
        y = y.add(adapter.apply(x));
      }
      return scope.handOver(y);
    }
  }
}
