package dev.plantain.klein;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.torch.MappedTensors;
import dev.plantain.torch.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;

/** What tools/klein_fixtures.py wrote: a small model, inputs, and PyTorch's answers. */
final class Fixtures {
  /** The bar: largest difference, relative to the largest value of the expected tensor. */
  static final double TOLERANCE = 1e-4;

  static final Path FOLDER = folder();
  static final Path MODEL = FOLDER.resolve("model");
  static final MappedTensors CASES = open();
  static final JsonNode FACTS = facts();

  private Fixtures() {}

  private static Path folder() {
    try {
      return Path.of(requireNonNull(Fixtures.class.getResource("fixtures/facts.json")).toURI())
          .resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MappedTensors open() {
    try {
      return MappedTensors.open(FOLDER.resolve("cases.safetensors"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode facts() {
    try {
      return new ObjectMapper().readTree(FOLDER.resolve("facts.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String prompt() {
    return FACTS.path("prompt").asText();
  }

  static Tensor get(String name) {
    return CASES.get(name);
  }

  static float[] floats(String name) {
    return Tensors.floats(get(name));
  }

  /** Largest difference, relative to the largest expected value. */
  static double difference(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double worst = 0;
    double scale = 0;
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isFinite();
      worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
      scale = Math.max(scale, Math.abs(expected[i]));
    }
    return worst / scale;
  }

  /** Root of the mean squared difference. */
  static double rms(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double sum = 0;
    for (int i = 0; i < actual.length; i++) {
      sum += Math.pow(actual[i] - expected[i], 2);
    }
    return Math.sqrt(sum / actual.length);
  }

  /** Asserts the bar and prints what was measured. */
  static void assertClose(Tensor actual, String expected) {
    assertThat(actual.shape()).isEqualTo(get(expected).shape());
    double difference = difference(Tensors.floats(actual), floats(expected));
    System.out.printf("%-24s largest relative difference %.1e%n", expected, difference);
    assertThat(difference).as(expected).isLessThanOrEqualTo(TOLERANCE);
  }
}
