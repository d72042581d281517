package dev.plantain.torch;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The named float32 parameters of a network, in the order its layers asked for them.
 *
 * <p>Layers ask by name and shape while a network is built; the same code then makes a fresh
 * network or restores one. Owns the tensors until closed.
 */
public final class Parameters implements AutoCloseable {
  private final Map<String, Tensor> stored;
  private final LinkedHashMap<String, Tensor> used = new LinkedHashMap<>();
  private final Predicate<String> fresh;
  private final boolean trainable;
  private final boolean borrowed;

  private Parameters(
      Map<String, Tensor> stored, Predicate<String> fresh, boolean trainable, boolean borrowed) {
    this.stored = stored;
    this.fresh = fresh;
    this.trainable = trainable;
    this.borrowed = borrowed;
  }

  /** Random parameters for training; equal seeds give equal parameters. */
  public static Parameters random(long seed) {
    Torch.prepare();
    torch.manual_seed(seed);
    return new Parameters(Map.of(), name -> true, true, false);
  }

  /**
   * Parameters from a file's tensors, which this takes over, and random ones for what was added to
   * the network since: for training; equal seeds give equal parameters.
   *
   * @param added whether a parameter is not to be looked for in the file
   */
  public static Parameters grown(Map<String, Tensor> tensors, Predicate<String> added, long seed) {
    Torch.prepare();
    torch.manual_seed(seed);
    return new Parameters(new LinkedHashMap<>(tensors), added, true, false);
  }

  /**
   * Parameters from a file's tensors, which this takes over.
   *
   * @param trainable whether gradients will be asked of them
   */
  public static Parameters of(Map<String, Tensor> tensors, boolean trainable) {
    return new Parameters(new LinkedHashMap<>(tensors), name -> false, trainable, false);
  }

  /** Someone else's tensors as they are: results of other operations, say. They stay theirs. */
  public static Parameters borrowed(Map<String, Tensor> tensors) {
    return new Parameters(new LinkedHashMap<>(tensors), name -> false, false, true);
  }

  /**
   * The parameter of that name, made or restored.
   *
   * @throws IllegalArgumentException if it is asked for twice, missing, or of another shape
   */
  public Tensor get(String name, Init init, long... shape) {
    if (used.containsKey(name)) {
      throw new IllegalArgumentException("parameter " + name + " is used twice");
    }
    Tensor tensor = fresh.test(name) ? make(init, shape) : restore(name, shape);
    used.put(name, tensor);
    return tensor;
  }

  private Tensor make(Init init, long[] shape) {
    try (Scope scope = Scope.open()) {
      Tensor made =
          init.deviation() == 0
              ? torch.full(shape, Tensors.scalar(init.mean()))
              : torch.normal(
                  init.mean(),
                  init.deviation(),
                  shape,
                  new GeneratorOptional(),
                  new org.bytedeco.pytorch.TensorOptions(torch.ScalarType.Float));
      return scope.keep(made.set_requires_grad(trainable));
    }
  }

  private Tensor restore(String name, long[] shape) {
    Tensor tensor = stored.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("the weights have no parameter " + name);
    }
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw new IllegalArgumentException(
          "parameter %s has shape %s in the weights, the network needs %s"
              .formatted(name, Arrays.toString(tensor.shape()), Arrays.toString(shape)));
    }
    if (borrowed) {
      return tensor;
    }
    try (Scope scope = Scope.open()) {
      Tensor own = tensor.to(torch.ScalarType.Float).clone();
      return scope.keep(own.set_requires_grad(trainable));
    }
  }

  /**
   * To be called when the network is built.
   *
   * @throws IllegalArgumentException if the weights hold parameters that no layer asked for
   */
  public void requireAllUsed() {
    TreeSet<String> unused = new TreeSet<>(stored.keySet());
    unused.removeAll(used.keySet());
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(
          "the weights hold parameters that the network does not know: " + unused);
    }
  }

  /** Name to tensor, in order of use. The tensors stay this object's. */
  public Map<String, Tensor> all() {
    return Collections.unmodifiableMap(used);
  }

  public long count() {
    return used.values().stream().mapToLong(Tensor::numel).sum();
  }

  @Override
  public void close() {
    if (borrowed) {
      return;
    }
    used.values().forEach(Tensor::close);
    stored.values().forEach(Tensor::close);
    used.clear();
  }
}
