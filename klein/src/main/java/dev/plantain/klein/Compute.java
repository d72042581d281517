package dev.plantain.klein;

import dev.plantain.core.GeneratorException;
import dev.plantain.torch.Precision;
import java.util.Locale;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Where networks compute, and in what numbers.
 *
 * @param device {@code cpu}, {@code cuda} or {@code cuda:1}
 * @param precision of matrix products and of what passes between layers; what the reference
 *     computes in float32 (rotary positions, the softmax, time) stays in it
 */
record Compute(String device, Precision precision) {
  Compute {
    device = device.toLowerCase(Locale.ROOT);
    if (!device.matches("cpu|cuda(:\\d{1,2})?")) {
      throw new GeneratorException("a device is cpu, cuda or cuda:N, got \"%s\"".formatted(device));
    }
    if (!device.equals("cpu") && !torch.cuda_is_available()) {
      throw new GeneratorException(
          ("%s cannot be used: this build has no CUDA, or there is no such GPU; build with"
                  + " -Pcuda (docs/klein.md), or use --device cpu")
              .formatted(device));
    }
  }

  /** The processor, in the fastest numbers it has units for. */
  static Compute cpu() {
    return new Compute("cpu", Precision.best());
  }

  /** The processor in float32. */
  static Compute exact() {
    return new Compute("cpu", Precision.FLOAT32);
  }

  boolean onCpu() {
    return device.equals("cpu");
  }

  ScalarType type() {
    return precision == Precision.BFLOAT16 ? ScalarType.BFloat16 : ScalarType.Float;
  }

  /** A tensor on the device in the type of computing; itself if it is there already. */
  Tensor place(Tensor tensor) {
    return place(tensor, type());
  }

  /** A tensor on the device in another type. */
  Tensor place(Tensor tensor, ScalarType type) {
    return onCpu() ? tensor.to(type) : tensor.to(new Device(device), type);
  }
}
