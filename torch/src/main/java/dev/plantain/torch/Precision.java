package dev.plantain.torch;

import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** In what numbers convolutions and matrix products are computed; parameters are float32 always. */
public enum Precision {
  FLOAT32,
  BFLOAT16;

  static {
    Torch.prepare();
  }

  /**
   * The fastest precision that this processor has units for: bfloat16 with AVX-512 BF16 or AMX
   * (elsewhere it is emulated, and many times slower than float32).
   */
  public static Precision best() {
    return Processor.has("avx512_bf16") || Processor.has("amx_bf16") ? BFLOAT16 : FLOAT32;
  }

  /** Computes in this precision on the calling thread until the result is closed. Not nested. */
  public Computing compute() {
    if (this == BFLOAT16) {
      torch.set_autocast_dtype(DeviceType.CPU, ScalarType.BFloat16);
      torch.set_autocast_enabled(DeviceType.CPU, true);
    }
    return new Computing(this);
  }

  /** A stretch of computing in one precision. */
  public static final class Computing implements AutoCloseable {
    private final Precision precision;

    private Computing(Precision precision) {
      this.precision = precision;
    }

    @Override
    public void close() {
      if (precision == BFLOAT16) {
        torch.set_autocast_enabled(DeviceType.CPU, false);
        // Copies of parameters made for this stretch: the parameters may change before the next.
        torch.clear_cache();
      }
    }
  }
}
