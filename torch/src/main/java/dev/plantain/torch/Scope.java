package dev.plantain.torch;

import java.util.Iterator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

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

  /** Hands a tensor to the scope around this one, or to nobody if there is none. */
  public Tensor handOver(Tensor tensor) {
    keep(tensor);
    PointerScope outer = enclosing();
    if (outer != null) {
      outer.attach(tensor);
      tensor.releaseReference();
    }
    return tensor;
  }

  private @Nullable PointerScope enclosing() {
    Iterator<PointerScope> scopes = PointerScope.getScopeIterator();
    // Innermost first: the one after this is around it.
    boolean found = false;
    while (scopes != null && scopes.hasNext()) {
      PointerScope next = scopes.next();
      if (found) {
        return next;
      }
      found = next.equals(pointers);
    }
    return null;
  }

  @Override
  public void close() {
    pointers.close();
  }
}
