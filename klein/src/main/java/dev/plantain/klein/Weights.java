package dev.plantain.klein;

import dev.plantain.torch.MappedTensors;
import dev.plantain.torch.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;

/**
 * The weights of one network. On the processor, matrices stay where the file is mapped and are
 * converted, if they must be, each time they are used; on a GPU they are copied once, or each time
 * if they are streamed.
 *
 * <p>Layers ask by name and shape while a network is built, so that what is missing, left over or
 * of another shape is told by name.
 */
final class Weights implements AutoCloseable {
  private final MappedTensors file;
  private final Compute compute;
  private final boolean streamed;
  private final String what;
  private final Map<String, Tensor> own = new LinkedHashMap<>();
  private final Map<String, Linear> linears = new LinkedHashMap<>();
  private final TreeSet<String> unused;

  private Weights(MappedTensors file, Compute compute, boolean streamed, String what) {
    this.file = file;
    this.compute = compute;
    this.streamed = streamed;
    this.what = what;
    this.unused = new TreeSet<>(file.names());
  }

  /**
   * Maps the weights of a folder.
   *
   * @param stem of the files' names, as {@code diffusion_pytorch_model}
   * @param streamed whether memory is given back after each use
   */
  static Weights open(Path folder, String stem, Compute compute, boolean streamed)
      throws IOException {
    return new Weights(MappedTensors.open(folder, stem), compute, streamed, folder.toString());
  }

  /**
   * The network that takes these weights over; if they do not fit it, they are closed.
   *
   * @throws IOException if they do not; says which and why
   */
  <N> N networkOf(Function<Weights, N> make) throws IOException {
    boolean whole = false;
    try {
      N network = make.apply(this);
      whole = true;
      return network;
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      if (!whole) {
        close();
      }
    }
  }

  Compute compute() {
    return compute;
  }

  long bytes() {
    return file.bytes();
  }

  /** A small tensor in the type of computing. Stays this object's. */
  Tensor small(String name, long... shape) {
    return own.computeIfAbsent(
        name,
        n -> {
          try (Scope scope = Scope.open()) {
            // A copy, so that what computes often does not wait for the disk.
            return scope.keep(compute.place(raw(n, shape)).clone());
          }
        });
  }

  /** A matrix without offset, from {@code in} to {@code out} values. */
  Linear linear(String name, long in, long out) {
    return linear(name, in, out, null);
  }

  /** A matrix with offset. */
  Linear linearWithOffset(String name, long in, long out) {
    return linear(name, in, out, small(name + ".bias", out));
  }

  private Linear linear(
      String name, long in, long out, @org.jspecify.annotations.Nullable Tensor offset) {
    Tensor matrix = matrix(name + ".weight", out, in);
    Linear linear = new Linear(name, matrix, offset, in, out);
    linears.put(name, linear);
    return linear;
  }

  /** A large tensor: as the file has it, or on the device. Stays this object's. */
  Tensor matrix(String name, long... shape) {
    Tensor raw = raw(name, shape);
    if (compute.onCpu() || streamed) {
      return raw;
    }
    return own.computeIfAbsent(
        name,
        n -> {
          try (Scope scope = Scope.open()) {
            return scope.keep(compute.place(raw));
          }
        });
  }

  private Tensor raw(String name, long... shape) {
    if (!file.names().contains(name)) {
      throw new IllegalArgumentException("the weights in %s have no %s".formatted(what, name));
    }
    Tensor tensor = file.get(name);
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw new IllegalArgumentException(
          "%s in %s has shape %s, the network needs %s"
              .formatted(name, what, Arrays.toString(tensor.shape()), Arrays.toString(shape)));
    }
    unused.remove(name);
    return tensor;
  }

  /** All matrices by their names, which adapters use. */
  Map<String, Linear> linears() {
    return linears;
  }

  /**
   * To be called when the network is built.
   *
   * @throws IllegalArgumentException if there are weights that no layer asked for, but for those
   *     that may be left over
   */
  void requireAllUsed(Predicate<String> mayRemain) {
    List<String> left = new ArrayList<>(unused);
    left.removeIf(mayRemain);
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "%s holds %d weights that the network does not know, such as %s"
              .formatted(what, left.size(), left.getFirst()));
    }
  }

  /** Called after each use of a part: gives its memory back if weights are streamed. */
  void used(String prefix) {
    if (streamed && compute.onCpu()) {
      file.release(file.names().stream().filter(n -> n.startsWith(prefix)).toList());
    }
  }

  @Override
  public void close() {
    linears.values().forEach(Linear::close);
    own.values().forEach(Tensor::close);
    own.clear();
    file.release(file.names());
    file.close();
  }
}
