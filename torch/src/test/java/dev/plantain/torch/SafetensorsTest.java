package dev.plantain.torch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  private static byte[] file(Path folder) throws IOException {
    Path file = folder.resolve("a.safetensors");
    try (Scope scope = Scope.open()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      tensors.put("b", Tensors.of(new float[] {1.5f, -2, 3, 4, 5, 6}, 2, 3));
      tensors.put("a", Tensors.of(new long[] {7, 8}, 2));
      tensors.put("half", Tensors.of(new float[] {0.25f, 1e4f}, 2).to(ScalarType.Half));
      tensors.put("none", Tensors.of(new float[0], 0, 4));
      Safetensors.write(file, tensors, Map.of("say", "grüezi"));
    }
    return Files.readAllBytes(file);
  }

  @Test
  void readsBackWhatItWrote(@TempDir Path folder) throws IOException {
    Safetensors.Contents read = Safetensors.read(MemorySegment.ofArray(file(folder)), "file");
    assertThat(read.metadata()).containsEntry("say", "grüezi");
    assertThat(read.tensors().keySet()).containsExactly("b", "a", "half", "none");
    Tensor b = requireNonNull(read.tensors().get("b"));
    assertThat(b.shape()).containsExactly(2, 3);
    assertThat(Tensors.floats(b)).containsExactly(1.5f, -2, 3, 4, 5, 6);
    Tensor half = requireNonNull(read.tensors().get("half"));
    assertThat(Tensors.floats(half)).containsExactly(0.25f, 1e4f);
    read.tensors().values().forEach(Tensor::close);
    try (var left = Files.list(folder)) {
      assertThat(left).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F99\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}",
        "{\"a\":7}"
      })
  void refusesHeadersThatLie(String header) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[8 + json.length + 4];
    bytes[0] = (byte) json.length;
    bytes[1] = (byte) (json.length >> 8);
    System.arraycopy(json, 0, bytes, 8, json.length);
    assertThatThrownBy(() -> Safetensors.read(MemorySegment.ofArray(bytes), "the file"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the file");
  }

  @Test
  void refusesTwoTensorsOfOneName() {
    String entry = "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
    byte[] json = ("{" + entry + "," + entry + "}").getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[8 + json.length + 4];
    bytes[0] = (byte) json.length;
    System.arraycopy(json, 0, bytes, 8, json.length);
    assertThatThrownBy(() -> Safetensors.read(MemorySegment.ofArray(bytes), "the file"))
        .isInstanceOf(SafetensorsException.class)
        .hasMessageContaining("Duplicate");
  }

  /** Random bytes anywhere, other digits in the header, other header lengths, cuts. */
  @Test
  void survivesTenThousandMutations(@TempDir Path folder) throws IOException {
    byte[] whole = file(folder);
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = mutated(whole, random);
      MemorySegment segment = MemorySegment.ofArray(bytes);
      try {
        Safetensors.read(segment, "mutant").tensors().values().forEach(Tensor::close);
      } catch (SafetensorsException e) {
        assertThat(e.getMessage()).contains("mutant");
        refused++;
      }
    }
    assertThat(refused).isBetween(2000, 9999);
  }

  private static byte[] mutated(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    int header = (bytes[0] & 0xff) | ((bytes[1] & 0xff) << 8);
    switch (random.nextInt(4)) {
      case 0 -> {
        for (int k = 0; k <= random.nextInt(4); k++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
      }
      case 1 -> {
        for (int k = 0; k <= random.nextInt(3); k++) {
          int at = 8 + random.nextInt(header);
          while (!Character.isDigit(bytes[at])) {
            at = 8 + random.nextInt(header);
          }
          bytes[at] = (byte) ('0' + random.nextInt(10));
        }
      }
      case 2 -> bytes[random.nextInt(8)] = (byte) random.nextInt(256);
      default -> bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 20));
    }
    return bytes;
  }
}
