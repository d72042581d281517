package dev.plantain.klein;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A JSON configuration of a model's folder, read with limits: the files are untrusted. */
final class Config {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BYTES = 1 << 20;

  private final Path file;
  private final JsonNode root;

  private Config(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it is missing or no JSON object
   */
  static Config read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no " + file);
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is too large for a configuration");
    }
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (root == null || !root.isObject()) {
        throw new IOException(file + " is not a JSON object");
      }
      return new Config(file, root);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  JsonNode root() {
    return root;
  }

  boolean has(String key) {
    return root.hasNonNull(key);
  }

  /** A whole number from 1 to a limit. */
  int size(String key, int max) throws IOException {
    JsonNode node = root.path(key);
    if (!node.isIntegralNumber() || node.asLong() < 1 || node.asLong() > max) {
      throw wrong(key, "a whole number from 1 to " + max);
    }
    return node.asInt();
  }

  int size(String key, int max, int absent) throws IOException {
    return has(key) ? size(key, max) : absent;
  }

  double positive(String key, double absent) throws IOException {
    JsonNode node = root.path(key);
    if (node.isMissingNode() || node.isNull()) {
      return absent;
    }
    if (!node.isNumber() || !(node.asDouble() > 0) || Double.isInfinite(node.asDouble())) {
      throw wrong(key, "a positive number");
    }
    return node.asDouble();
  }

  boolean flag(String key, boolean absent) throws IOException {
    JsonNode node = root.path(key);
    if (node.isMissingNode() || node.isNull()) {
      return absent;
    }
    if (!node.isBoolean()) {
      throw wrong(key, "true or false");
    }
    return node.asBoolean();
  }

  int[] sizes(String key, int count, int max) throws IOException {
    JsonNode node = root.path(key);
    int[] sizes = new int[node.size()];
    for (int i = 0; i < sizes.length; i++) {
      if (!node.get(i).isIntegralNumber()
          || node.get(i).asLong() < 1
          || node.get(i).asLong() > max) {
        throw wrong(key, "a list of whole numbers from 1 to " + max);
      }
      sizes[i] = node.get(i).asInt();
    }
    if (!node.isArray() || sizes.length != count) {
      throw wrong(key, "a list of %d whole numbers".formatted(count));
    }
    return sizes;
  }

  String text(String key) throws IOException {
    if (!root.path(key).isTextual()) {
      throw wrong(key, "a text");
    }
    return root.path(key).asText();
  }

  /** That a key, where it is there, has the one value this program knows. */
  void require(String key, Object expected) throws IOException {
    JsonNode node = root.path(key);
    if (!node.isMissingNode() && !node.isNull() && !node.asText().equals(expected.toString())) {
      throw wrong(key, expected.toString());
    }
  }

  private IOException wrong(String key, String expected) {
    return new IOException(
        "%s: \"%s\" is %s; this program needs %s"
            .formatted(file, key, root.has(key) ? root.get(key).toString() : "missing", expected));
  }
}
