package dev.plantain.klein;

import dev.plantain.torch.Scope;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Keys and values of the reference pictures in every block, kept from the first step for all later
 * ones. Only for checkpoints made for it: in those, references attend to themselves alone and see a
 * fixed time, so nothing about them changes from step to step. (Source: diffusers, {@code
 * Flux2KleinKVPipeline}.)
 */
final class ReferenceCache implements AutoCloseable {
  /**
   * One block's share.
   *
   * @param keys B,h,R,d, positions applied
   * @param values B,h,R,d
   */
  record Share(Tensor keys, Tensor values) {}

  private final Map<String, Share> shares = new HashMap<>();

  boolean isEmpty() {
    return shares.isEmpty();
  }

  /** Keeps copies until this is closed. */
  void store(String block, Tensor keys, Tensor values) {
    try (Scope scope = Scope.open()) {
      shares.put(block, new Share(scope.keep(keys.clone()), scope.keep(values.clone())));
    }
  }

  Share get(String block) {
    Share share = shares.get(block);
    if (share == null) {
      throw new IllegalStateException("nothing is kept for " + block);
    }
    return share;
  }

  @Override
  public void close() {
    for (Share share : shares.values()) {
      share.keys.close();
      share.values.close();
    }
    shares.clear();
  }
}
