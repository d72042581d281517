package dev.plantain.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappedTensorsTest {

  private static void write(Path file, String... names) throws IOException {
    try (Scope scope = Scope.open()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (String name : names) {
        tensors.put(name, Tensors.of(new float[] {name.length(), 2, 3, 4}, 2, 2));
      }
      tensors.put("byte" + names[0], Tensors.ofBytes(new byte[] {1, 2, 3}, 3));
      tensors.put("half" + names[0], Tensors.of(new float[] {0.5f, -2}, 2).to(ScalarType.BFloat16));
      tensors.put("none" + names[0], Tensors.of(new float[0], 0, 2));
      Safetensors.write(file, tensors, Map.of("k", "v"));
    }
  }

  @Test
  void viewsAreWhatTheFileHolds(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.safetensors");
    write(file, "x", "yy");
    long before = Ops.livePointers();
    try (MappedTensors mapped = MappedTensors.open(file)) {
      assertThat(mapped.names()).containsExactly("x", "yy", "bytex", "halfx", "nonex");
      assertThat(Tensors.floats(mapped.get("yy"))).containsExactly(2, 2, 3, 4);
      // Three bytes stand before it: no kernel may see it where it lies.
      assertThat(Tensors.floats(mapped.get("halfx"))).containsExactly(0.5f, -2);
      assertThat(mapped.get("halfx").data_ptr().address() % 2).isZero();
      assertThat(mapped.get("nonex").shape()).containsExactly(0, 2);
      assertThat(mapped.metadata()).containsEntry("k", "v");
      assertThat(mapped.get("x").data_ptr()).isEqualTo(mapped.get("x").data_ptr());
      mapped.release(mapped.names());
      assertThat(Tensors.floats(mapped.get("x"))).containsExactly(1, 2, 3, 4);
      assertThatThrownBy(() -> mapped.get("z")).hasMessageContaining("z");
    }
    assertThat(Ops.livePointers()).isLessThanOrEqualTo(before + 4);
  }

  @Test
  void closedItLetsGoOfNothingThatIsNotItsOwn(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.safetensors");
    try (Scope scope = Scope.open()) {
      Safetensors.write(file, Map.of("x", Tensors.of(new float[1 << 20], 1 << 20)), Map.of());
    }
    MappedTensors mapped = MappedTensors.open(file);
    long address = mapped.get("x").data_ptr().address();
    mapped.close();
    try (Arena arena = Arena.ofConfined();
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      // What is mapped next takes the place that has become free.
      MemorySegment next =
          channel.map(FileChannel.MapMode.PRIVATE, 0, channel.size(), arena).fill((byte) 7);
      assumeThat(address)
          .as("needs the system to map into the place that became free")
          .isBetween(next.address(), next.address() + next.byteSize());
      mapped.release(mapped.names());
      mapped.close();
      assertThat(next.get(ValueLayout.JAVA_BYTE, next.byteSize() / 2)).isEqualTo((byte) 7);
    }
  }

  private static String index(String... pairs) {
    StringBuilder json = new StringBuilder("{\"weight_map\":{");
    for (int i = 0; i < pairs.length; i += 2) {
      json.append(i == 0 ? "" : ",").append("\"%s\":\"%s\"".formatted(pairs[i], pairs[i + 1]));
    }
    return json.append("}}").toString();
  }

  @Test
  void shardsMakeOneWhole(@TempDir Path folder) throws IOException {
    write(folder.resolve("m-1.safetensors"), "a");
    write(folder.resolve("m-2.safetensors"), "b");
    Path index = folder.resolve("m.safetensors.index.json");
    List<String> pairs = new java.util.ArrayList<>();
    for (String shard : new String[] {"a", "b"}) {
      for (String kind : new String[] {"", "byte", "half", "none"}) {
        pairs.add(kind + shard);
        pairs.add(shard.equals("a") ? "m-1.safetensors" : "m-2.safetensors");
      }
    }
    Files.writeString(index, index(pairs.toArray(String[]::new)));
    try (MappedTensors mapped = MappedTensors.open(folder, "m")) {
      assertThat(mapped.names()).hasSize(8);
      assertThat(Tensors.floats(mapped.get("b"))).containsExactly(1, 2, 3, 4);
    }
    pairs.set(0, "c");
    Files.writeString(index, index(pairs.toArray(String[]::new)));
    assertThatThrownBy(() -> MappedTensors.open(folder, "m"))
        .isInstanceOf(SafetensorsException.class)
        .hasMessageContaining("do not agree");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"weight_map\":{}}",
        "{\"weight_map\":{\"a\":\"../a.safetensors\"}}",
        "{\"weight_map\":{\"a\":\"/a.safetensors\"}}",
        "{\"weight_map\":{\"a\":\"a.bin\"}}",
        "{\"weight_map\":{\"a\":7}}"
      })
  void refusesIndexesThatLie(String json, @TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("m.safetensors.index.json"), json);
    assertThatThrownBy(() -> MappedTensors.open(folder, "m"))
        .isInstanceOf(SafetensorsException.class);
  }

  @Test
  void saysWhatIsMissing(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> MappedTensors.open(folder, "m"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("m.safetensors");
    Files.writeString(folder.resolve("m.safetensors.index.json"), index("a", "m-1.safetensors"));
    assertThatThrownBy(() -> MappedTensors.open(folder, "m"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("m-1.safetensors");
  }

  @Test
  void survivesMutationsOfAMappedFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.safetensors");
    write(file, "x", "yy");
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(2);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] bytes = whole.clone();
      bytes[random.nextInt(200)] = (byte) random.nextInt(256);
      Path mutant = folder.resolve("mutant" + i + ".safetensors");
      Files.write(mutant, bytes);
      try (MappedTensors mapped = MappedTensors.open(mutant)) {
        for (String name : mapped.names()) {
          assertThat(mapped.get(name).numel()).isNotNegative();
        }
      } catch (SafetensorsException e) {
        refused++;
      }
      Files.delete(mutant);
    }
    assertThat(refused).isGreaterThan(100);
  }
}
