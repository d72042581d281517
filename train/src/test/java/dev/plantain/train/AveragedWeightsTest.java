package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.sprout.NetworkShape;
import dev.plantain.sprout.SproutModel;
import dev.plantain.sprout.Vocabulary;
import dev.plantain.torch.Safetensors;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AveragedWeightsTest {
  private static final NetworkShape OTHER =
      new NetworkShape(
          new NetworkShape.Scales(16, 16, 32), new NetworkShape.Scales(16, 16, 32), 2, 32, 32, 8);

  private static Path weights(Path file, NetworkShape shape, long seed, String word)
      throws IOException {
    try (Scope scope = Scope.open();
        SproutModel model = SproutModel.random(shape, seed)) {
      Map<String, String> notes = new HashMap<>(Vocabulary.metadata(Set.of(word)));
      notes.put("version", Long.toString(seed));
      Safetensors.Contents contents =
          SproutModel.export(shape, model.parameters(), notes, ScalarType.Half);
      Safetensors.write(file, contents.tensors(), contents.metadata());
      return file;
    }
  }

  private static Map<String, float[]> values(Path file) throws IOException {
    Map<String, float[]> values = new HashMap<>();
    for (Map.Entry<String, Tensor> one : Safetensors.read(file).tensors().entrySet()) {
      try (Scope scope = Scope.open();
          Tensor tensor = one.getValue()) {
        values.put(one.getKey(), Tensors.floats(tensor.to(ScalarType.Float)));
      }
    }
    return values;
  }

  @Test
  void everyParameterIsTheMean(@TempDir Path folder) throws IOException {
    Path one = weights(folder.resolve("one.safetensors"), TrainerTest.SHAPE, 1, "box");
    Path two = weights(folder.resolve("two.safetensors"), TrainerTest.SHAPE, 2, "ball");

    Path mean = AveragedWeights.write(List.of(one, one, two), folder.resolve("new/mean"), null);

    Map<String, float[]> a = values(one);
    Map<String, float[]> b = values(two);
    Map<String, float[]> means = values(mean);
    assertThat(means).containsOnlyKeys(a.keySet().toArray(String[]::new));
    means.forEach(
        (name, m) -> {
          for (int i = 0; i < m.length; i++) {
            double expected = (2.0 * a.getOrDefault(name, m)[i] + b.getOrDefault(name, m)[i]) / 3;
            // What fp16 keeps of it.
            assertThat((double) m[i])
                .as(name)
                .isCloseTo(expected, within(1e-7 + Math.abs(expected) / 1000));
          }
        });
    try (SproutModel model = SproutModel.of(Safetensors.read(mean), false)) {
      assertThat(Vocabulary.of(model.metadata())).containsExactlyInAnyOrder("box", "ball");
      assertThat(model.version()).isEqualTo("mean of 1, 1, 2");
      String a1 = "1, sha256 " + fingerprint(one);
      assertThat(model.metadata())
          .containsEntry("sources", a1 + "; " + a1 + "; 2, sha256 " + fingerprint(two));
    }
  }

  private static String fingerprint(Path file) throws IOException {
    try (Scope scope = Scope.open();
        SproutModel model = SproutModel.read(file)) {
      return model.fingerprint();
    }
  }

  @Test
  void aMeanMayBeNamed(@TempDir Path folder) throws IOException {
    Path one = weights(folder.resolve("one.safetensors"), TrainerTest.SHAPE, 1, "box");
    Path two = weights(folder.resolve("two.safetensors"), TrainerTest.SHAPE, 2, "ball");
    Path mean = AveragedWeights.write(List.of(one, two), folder.resolve("mean"), "0.11");
    try (SproutModel model = SproutModel.of(Safetensors.read(mean), false)) {
      assertThat(model.version()).isEqualTo("0.11");
    }
  }

  @Test
  void anotherNetworkIsRefusedByName(@TempDir Path folder) throws IOException {
    Path one = weights(folder.resolve("one.safetensors"), TrainerTest.SHAPE, 1, "box");
    Path other = weights(folder.resolve("other.safetensors"), OTHER, 1, "box");
    Path text = Files.writeString(folder.resolve("text.safetensors"), "no weights at all");

    assertThatThrownBy(
            () -> AveragedWeights.write(List.of(one, other), folder.resolve("mean"), null))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("other.safetensors", "one.safetensors", "another network");
    assertThatThrownBy(
            () -> AveragedWeights.write(List.of(one, text), folder.resolve("mean"), null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("text.safetensors");
    assertThat(folder.resolve("mean")).doesNotExist();
  }
}
