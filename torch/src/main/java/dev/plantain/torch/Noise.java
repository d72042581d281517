package dev.plantain.torch;

import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Standard normal numbers of a seed: those of {@code torch.Generator("cpu").manual_seed(seed)} in
 * float32, whatever other threads draw meanwhile. Belongs to the open {@link Scope}.
 */
public final class Noise {
  private final GeneratorOptional generator;

  private Noise(long seed) {
    Torch.prepare();
    generator = new GeneratorOptional(torch.createCPUGenerator(seed));
  }

  public static Noise seeded(long seed) {
    return new Noise(seed);
  }

  /** The next numbers. */
  public Tensor next(long... shape) {
    return torch.randn(shape, generator);
  }
}
