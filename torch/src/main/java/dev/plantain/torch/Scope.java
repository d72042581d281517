package dev.plantain.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * The lifetime of native tensors: all that is made on this thread while a scope is open is freed
 * when it closes, unless {@link #keep kept}.
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *   return scope.keep(Ops.silu(x));
 * }
 * }</pre>
 */
public final class Scope implements AutoCloseable {
  private final PointerScope pointers;

  private Scope() {
    Torch.prepare();
    pointers = new PointerScope();
  }

  public static Scope open() {
    return new Scope();
  }

  /** Takes a tensor out of this scope; whoever receives it closes it. */
  public Tensor keep(Tensor tensor) {
    // A scope holds one reference to each pointer and gives it back on closing.
    tensor.retainReference();
    pointers.detach(tensor);
    return tensor;
  }

  @Override
  public void close() {
    pointers.close();
  }
}
