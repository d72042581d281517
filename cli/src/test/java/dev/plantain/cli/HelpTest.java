package dev.plantain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, compared whole: what people read is part of the contract. */
class HelpTest {

  private static String expected(String name) throws IOException {
    try (InputStream in = HelpTest.class.getResourceAsStream("help/" + name + ".txt")) {
      assertThat(in).as("src/test/resources/dev/plantain/cli/help/%s.txt", name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void root() throws IOException {
    Run run = Run.of("--help");
    assertThat(run.out()).isEqualTo(expected("plantain"));
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "see",
        "depth",
        "normals",
        "segment",
        "instances",
        "refer",
        "edges",
        "measure",
        "generate",
        "edit",
        "prompt",
        "prompt depth",
        "prompt normals",
        "prompt segment",
        "prompt instances",
        "prompt refer",
        "prompt edges",
        "decode",
        "decode depth",
        "decode normals",
        "decode segment",
        "decode instances",
        "decode refer",
        "decode edges",
        "models",
        "calibrate",
        "cache",
        "eval",
        "eval data",
        "eval compare",
        "eval arena",
        "eval retention",
        "diorama",
        "train",
        "study"
      })
  void command(String command) throws IOException {
    Run run = Run.of((command + " --help").split(" "));
    assertThat(run.out()).isEqualTo(expected(command.replace(' ', '-')));
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void everyCommandShowsAnExample() {
    for (String command : Plantain.names()) {
      assertThat(Run.of(command, "--help").out()).contains("Example:\n  plantain " + command);
    }
  }

  @Test
  void version() {
    assertThat(Run.of("--version").out()).startsWith("plantain ").contains("Java 25");
  }
}
