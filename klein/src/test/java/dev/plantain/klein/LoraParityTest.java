package dev.plantain.klein;

import static dev.plantain.klein.Fixtures.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.torch.Safetensors;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import dev.plantain.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraParityTest {
  private static Adapter open(String name) throws IOException {
    return Adapter.open(Fixtures.FOLDER.resolve(name + ".safetensors"));
  }

  @Test
  void oneScaledAndTwoAtOnce() throws IOException {
    try (Scope scope = Scope.open();
        AutoGradMode still = Torch.withoutGradients();
        Transformer net = ParityTest.open(Compute.exact(), false);
        Adapter wide = open("wide");
        Adapter narrow = open("narrow")) {
      wide.layOver(net, 0.7);
      assertClose(net.apply(ParityTest.plain(net)), "lora.wide");
      narrow.layOver(net, -0.4);
      assertClose(net.apply(ParityTest.plain(net)), "lora.both");
    }
  }

  @Test
  void mergedItIsTheSame() throws IOException {
    try (Scope scope = Scope.open();
        AutoGradMode still = Torch.withoutGradients();
        Transformer net = ParityTest.open(Compute.exact(), false);
        Adapter wide = open("wide");
        Adapter narrow = open("narrow")) {
      wide.layOver(net, 0.7);
      net.linears().values().forEach(Linear::merge);
      assertClose(net.apply(ParityTest.plain(net)), "lora.wide");
      narrow.layOver(net, -0.4);
      net.linears().values().forEach(Linear::merge);
      assertClose(net.apply(ParityTest.plain(net)), "lora.both");
    }
  }

  @Test
  void savedAgainItIsTheSame(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("again.safetensors");
    try (Scope scope = Scope.open();
        AutoGradMode still = Torch.withoutGradients();
        Transformer net = ParityTest.open(Compute.exact(), false);
        Adapter wide = open("wide")) {
      Adapter.write(file, wide.layers(), 4, 6);
      try (Adapter again = Adapter.open(file)) {
        again.layOver(net, 0.7);
        assertClose(net.apply(ParityTest.plain(net)), "lora.wide");
      }
    }
  }

  @Test
  void whatIsMissingUnknownOrOfAnotherModelIsTold(@TempDir Path folder) throws IOException {
    try (Scope scope = Scope.open();
        Transformer net = ParityTest.open(Compute.exact(), false)) {
      Tensor down = Tensors.of(new float[64], 2, 32);
      Tensor up = Tensors.of(new float[64], 32, 2);
      assertRefused(net, folder, Map.of("transformer.x.lora_A.weight", down), "one half of x");
      assertRefused(
          net,
          folder,
          of("transformer.transformer_blocks.0.attn.to_z", down, up),
          "transformer_blocks.0.attn.to_z");
      assertRefused(
          net,
          folder,
          of("transformer.proj_out", down, up),
          "proj_out is 32 to 32, this model's is");
      Map<String, Tensor> more =
          new LinkedHashMap<>(of("transformer.transformer_blocks.0.attn.to_q", down, up));
      more.put("transformer.transformer_blocks.0.attn.to_q.dora_scale", up);
      assertRefused(net, folder, more, "dora_scale");
      assertRefused(
          net,
          folder,
          of("transformer.transformer_blocks.0.attn.to_q", down, Tensors.of(new float[96], 32, 3)),
          "do not fit");
    }
  }

  private static Map<String, Tensor> of(String layer, Tensor down, Tensor up) {
    return Map.of(layer + ".lora_A.weight", down, layer + ".lora_B.weight", up);
  }

  private static void assertRefused(
      Transformer net, Path folder, Map<String, Tensor> tensors, String told) throws IOException {
    Path file = folder.resolve("wrong.safetensors");
    Safetensors.write(file, tensors, Map.of());
    assertThatThrownBy(
            () -> {
              try (Adapter adapter = Adapter.open(file)) {
                adapter.layOver(net, 1);
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining(told)
        .hasMessageContaining("wrong.safetensors");
    assertThat(net.linears()).isNotEmpty();
  }
}
