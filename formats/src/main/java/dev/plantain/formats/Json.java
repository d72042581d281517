package dev.plantain.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** JSON in and out. */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** Writes indented UTF-8. */
  static void write(Path file, JsonNode node) throws OutputException {
    AtomicFile.write(
        file, out -> out.write((node.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8)));
  }
}
