package dev.plantain.klein;

import static dev.plantain.klein.Fixtures.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plantain.torch.Precision;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import dev.plantain.torch.Torch;
import java.io.IOException;
import org.bytedeco.pytorch.AutoGradMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The transformer on another device: {@code -Dplantain.device=cuda}. */
class DeviceParityTest {
  /** GPUs multiply in other orders, and with 10 bits where they may. */
  private static final double TOLERANCE_FLOAT32 = 2e-3;

  private static final double TOLERANCE_BFLOAT16 = 5e-2;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void drawsTheSameOnAGpu(Precision precision) throws IOException {
    String device = System.getProperty("plantain.device", "");
    assumeTrue(!device.isEmpty(), "needs a GPU, named by -Dplantain.device");
    for (boolean streamed : new boolean[] {false, true}) {
      try (Scope scope = Scope.open();
          AutoGradMode still = Torch.withoutGradients();
          Transformer net = ParityTest.open(new Compute(device, precision), streamed)) {
        double off =
            Fixtures.difference(
                Tensors.floats(
                    net.apply(ParityTest.plain(net))
                        .to(
                            new org.bytedeco.pytorch.Device("cpu"),
                            org.bytedeco.pytorch.global.torch.ScalarType.Float)),
                floats("net.out"));
        System.out.printf("%s, %s: largest relative difference %.1e%n", device, precision, off);
        assertThat(off)
            .isLessThan(precision == Precision.FLOAT32 ? TOLERANCE_FLOAT32 : TOLERANCE_BFLOAT16);
      }
    }
  }
}
