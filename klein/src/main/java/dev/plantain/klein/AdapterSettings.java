package dev.plantain.klein;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PEFT's settings of an adapter that bear on how strong it is; without any, alpha is the rank. */
final class AdapterSettings {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode root;
  private final Path file;
  private final Map<LayerPattern, Double> alphas = new LinkedHashMap<>();
  private final LayerPattern.Looks looks = new LayerPattern.Looks();

  private AdapterSettings(JsonNode root, Path file) {
    this.root = root;
    this.file = file;
  }

  /**
   * Reads the settings.
   *
   * @param text JSON, keys with or without {@code transformer.}; null for none
   * @throws IOException if it is no JSON, or asks for what this program does not do
   */
  static AdapterSettings of(@Nullable String text, Path file) throws IOException {
    try {
      JsonNode root = JSON.readTree(text == null ? "{}" : text);
      AdapterSettings settings = new AdapterSettings(root, file);
      for (String flag : new String[] {"use_dora", "lora_bias"}) {
        if (settings.get(flag).asBoolean(false)) {
          throw new IOException(file + ": adapters with " + flag + " are not supported");
        }
      }
      if (settings.get("modules_to_save").size() > 0) {
        throw new IOException(file + ": adapters that replace whole layers are not supported");
      }
      for (Map.Entry<String, JsonNode> e : settings.get("alpha_pattern").properties()) {
        settings.alphas.put(settings.pattern(e.getKey()), e.getValue().asDouble());
      }
      return settings;
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": its settings are not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private JsonNode get(String key) {
    JsonNode own = root.path("transformer." + key);
    return own.isMissingNode() ? root.path(key) : own;
  }

  /** What B A is multiplied by in a layer. */
  double strength(String layer, long rank) throws IOException {
    double alpha = get("lora_alpha").asDouble((double) rank);
    try {
      for (Map.Entry<LayerPattern, Double> e : alphas.entrySet()) {
        if (e.getKey().matches(layer, looks)) {
          alpha = e.getValue();
          break;
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s: the alpha of %s cannot be found: %s".formatted(file, layer, e.getMessage()), e);
    }
    if (!(Math.abs(alpha) < 1e6)) {
      throw new IOException("%s: the alpha of %s is no number".formatted(file, layer));
    }
    boolean rootOfRank = get("use_rslora").asBoolean(false);
    return alpha / (rootOfRank ? Math.sqrt((double) rank) : rank);
  }

  private LayerPattern pattern(String text) throws IOException {
    try {
      return LayerPattern.of(text);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s: the pattern \"%s\" of its settings cannot be used: %s"
              .formatted(file, text.substring(0, Math.min(80, text.length())), e.getMessage()),
          e);
    }
  }
}
