package dev.plantain.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** Objects for machines, one on a line. */
final class JsonText {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonText() {}

  static String line(Map<String, ?> object) {
    try {
      return MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A line that was made before, to be put into another. */
  static JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is printed for an input that has no answer. */
  static String failure(String input, String task, Failure failure) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("input", input);
    object.put("task", task);
    object.put("error", failure.message());
    object.put("kind", failure.kind());
    return line(object);
  }
}
