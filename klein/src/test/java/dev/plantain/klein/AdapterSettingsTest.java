package dev.plantain.klein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterSettingsTest {
  private static final String LAYER = "transformer_blocks.0.attn.to_q";

  private static double strength(String pattern, String layer) throws IOException {
    String text =
        new ObjectMapper()
            .writeValueAsString(Map.of("lora_alpha", 4, "alpha_pattern", Map.of(pattern, 8)));
    return AdapterSettings.of(text, Path.of("a.safetensors")).strength(layer, 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "transformer_blocks.0.attn.to_q true",
        "to_q true",
        "attn.to_q true",
        "o_q false",
        "to_k false",
        "(?:to_q|to_k) true",
        "(to_k|to_v) false",
        "^transformer_blocks\\.\\d+\\.attn\\.(to_[qkv]|add_.+)$ true",
        "^attn.to_q false",
        "to_k|to_q true",
        ".*blocks.*q true"
      })
  void aPatternIsTheNameOrItsEndAsInPeft(String pattern, boolean meant) throws IOException {
    assertThat(strength(pattern, LAYER)).isEqualTo(meant ? 2 : 1);
  }

  /** Each takes longer than anyone waits for, some without a look at the name, or is no pattern. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(([a-z_0-9.])+)+\\2!",
        ".*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*_x",
        "(){2147483647}",
        "(a?|b?)(a?|b?)x",
        ".*(|)(|)(|)x",
        "to_q(",
        "[z-a]"
      })
  void aPatternWhoseMatchingDoesNotEndIsTold(String pattern) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> strength(pattern, LAYER))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a.safetensors")
                .hasMessageContaining("pattern"));
  }

  @Test
  void longNamesAndPatternsDoNoHarm() throws IOException {
    assertThat(strength("(a|b)+", "a".repeat(1_000_000))).isEqualTo(1);
    assertThatThrownBy(() -> strength("x".repeat(513), LAYER))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("up to 512");
  }
}
