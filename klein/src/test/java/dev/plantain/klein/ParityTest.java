package dev.plantain.klein;

import static dev.plantain.klein.Fixtures.assertClose;
import static dev.plantain.klein.Fixtures.floats;
import static dev.plantain.klein.Fixtures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.torch.Ops;
import dev.plantain.torch.Precision;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import dev.plantain.torch.Torch;
import java.io.IOException;
import java.util.List;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each network against PyTorch's own, on the same weights and inputs. */
class ParityTest {
  private static final Compute EXACT = Compute.exact();

  @Test
  void promptsBecomeTheSameTokens() throws IOException {
    try (ChatTokenizer tokenizer = ChatTokenizer.open(Fixtures.MODEL.resolve("tokenizer"));
        Scope scope = Scope.open()) {
      Tensor expected = get("text.ids");
      ChatTokenizer.Tokens first = tokenizer.tokens(Fixtures.prompt());
      ChatTokenizer.Tokens empty = tokenizer.tokens("");
      assertThat(new float[][] {toFloats(first.ids()), toFloats(empty.ids())})
          .isDeepEqualTo(
              new float[][] {
                Tensors.floats(expected.select(0, 0)), Tensors.floats(expected.select(0, 1))
              });
      assertThat(first.used()).isBetween(20, 200);
    }
  }

  private static float[] toFloats(long[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = values[i];
    }
    return floats;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void textEncoder(boolean streamed) throws IOException {
    long before = Ops.livePointers();
    try (Scope scope = Scope.open();
        AutoGradMode still = Torch.withoutGradients()) {
      Tensor all = encoded(EXACT, streamed);
      assertClose(all.narrow(1, 0, 64), "text.embeds");
      // The tokens of padding, too: the transformer sees them.
      Tensor sums =
          all.abs().sum(new long[] {1, 2}, false, new org.bytedeco.pytorch.ScalarTypeOptional());
      for (int i = 0; i < 2; i++) {
        double expected = Fixtures.FACTS.path("text.whole_abs_sum").get(i).asDouble();
        assertThat((double) Tensors.floats(sums)[i]).isCloseTo(expected, within(1e-4 * expected));
      }
    }
    assertThat(Ops.livePointers()).isLessThanOrEqualTo(before);
  }

  private static Tensor encoded(Compute compute, boolean streamed) throws IOException {
    try (ChatTokenizer tokenizer = ChatTokenizer.open(Fixtures.MODEL.resolve("tokenizer"));
        TextEncoder encoder =
            TextEncoder.open(Fixtures.MODEL.resolve("text_encoder"), compute, streamed)) {
      return encoder.encode(List.of(tokenizer.tokens(Fixtures.prompt()), tokenizer.tokens("")));
    }
  }

  @Test
  void autoencoder() throws IOException {
    long before = Ops.livePointers();
    try (Scope scope = Scope.open();
        AutoGradMode still = Torch.withoutGradients();
        Autoencoder vae = Autoencoder.open(Fixtures.MODEL.resolve("vae"), EXACT)) {
      assertClose(vae.encode(get("vae.pictures")), "vae.latents");
      assertClose(vae.decodeRaw(get("vae.z")), "vae.decoded");
    }
    // Tensors of the fixtures stay open; nothing else does.
    assertThat(Ops.livePointers()).isLessThanOrEqualTo(before + 4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void transformer(boolean streamed) throws IOException {
    try (Scope scope = Scope.open();
        AutoGradMode still = Torch.withoutGradients();
        Transformer net = open(EXACT, streamed)) {
      assertClose(net.apply(plain(net)), "net.out");
      assertClose(net.apply(withReferences(net)), "net.out_references");
    }
  }

  static Transformer open(Compute compute, boolean streamed) throws IOException {
    return Transformer.open(Fixtures.MODEL.resolve("transformer"), compute, streamed);
  }

  /** A drawing of 3 x 5 tokens in a batch of two times. */
  static Transformer.Call plain(Transformer net) {
    return new Transformer.Call(
        get("net.hidden"),
        net.turns(Positions.drawing(3, 5)),
        get("net.text"),
        floats("net.times"),
        0,
        null);
  }

  private static Transformer.Call withReferences(Transformer net) {
    return new Transformer.Call(
        Tensors.cat(1, get("net.hidden"), get("net.references")),
        net.turns(Positions.drawing(3, 5))
            .then(net.turns(Positions.reference(0, 2, 4)))
            .then(net.turns(Positions.reference(1, 3, 3))),
        get("net.text"),
        floats("net.times"),
        0,
        null);
  }

  @Test
  void roundingInBfloat16IsNoWorseThanPyTorchs() throws IOException {
    Compute half = new Compute("cpu", Precision.BFLOAT16);
    try (Scope scope = Scope.open();
        AutoGradMode still = Torch.withoutGradients();
        Transformer net = open(half, false)) {
      assertRounding(
          Tensors.floats(net.apply(withReferences(net))),
          floats("net.out_references"),
          floats("net.out_references_bf16"));
      assertRounding(
          Tensors.floats(encoded(half, false).narrow(1, 0, 64)),
          floats("text.embeds"),
          floats("text.embeds_bf16"));
    }
  }

  private static void assertRounding(float[] ours, float[] exact, float[] theirs) {
    double own = Fixtures.rms(ours, exact);
    double reference = Fixtures.rms(theirs, exact);
    System.out.printf("bfloat16: off by %.2e, PyTorch by %.2e%n", own, reference);
    assertThat(own).isLessThanOrEqualTo(reference);
  }

  @ParameterizedTest
  @CsvSource({"4096,50", "15,4", "6000,8", "1024,28"})
  void schedule(int tokens, int steps) {
    String name = "schedule.%d.%d".formatted(tokens, steps);
    assertThat(Schedule.mu(tokens, steps))
        .isCloseTo(Fixtures.FACTS.path(name + ".mu").asDouble(), within(1e-9));
    assertThat(Fixtures.difference(Schedule.of(tokens, steps).levels(), floats(name)))
        .isLessThan(1e-6);
  }

  @Test
  void theScheduleOfOneMegapixelIsAsPublished() {
    assertThat(Schedule.mu(4096, 50)).isCloseTo(2.02335, within(1e-5));
  }
}
