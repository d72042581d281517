package dev.plantain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded Sprout, asked for what no room or street of its training held. */
class UnknownPhraseTest {
  @TempDir Path folder;

  @Test
  void machinesAreToldOfIt() throws IOException {
    Path photo = Run.photo(folder.resolve("photo.png"));
    Path out = folder.resolve("out");
    Run run =
        Run.of(
            "refer",
            photo.toString(),
            "the anvil",
            "the chair",
            "--vote",
            "1",
            "--json",
            "-o",
            out.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("unknown phrase \"the anvil\"").doesNotContain("chair\"");
    JsonNode json = run.json().getFirst();
    assertThat(json.path("unknown_phrases").toString()).isEqualTo("[\"the anvil\"]");
    JsonNode mask = json.path("summary").path("masks").get(0);
    assertThat(mask.path("phrase").asText()).isEqualTo("the anvil");
    assertThat(mask.path("confidence").asDouble()).isLessThanOrEqualTo(0.5);
    Path kept = Path.of(json.path("files").path("result").asText());
    assertThat(new ObjectMapper().readTree(kept.toFile())).isEqualTo(json);
  }
}
