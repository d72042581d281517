package dev.plantain.klein;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * Sizes of a {@code Qwen3ForCausalLM}.
 *
 * @param vocabulary rows of the embedding
 * @param width values of a token
 * @param hidden width of the feed-forward layers
 * @param layers of the model; those behind the last that is used are never run
 * @param heads of queries
 * @param keyHeads of keys and values, each shared by several heads of queries
 * @param headSize values of one head
 * @param theta base of the rotary frequencies
 * @param epsilon of all normalisations
 */
record TextShape(
    int vocabulary,
    int width,
    int hidden,
    int layers,
    int heads,
    int keyHeads,
    int headSize,
    double theta,
    double epsilon) {

  private static final int MAX_WIDTH = 1 << 17;

  /**
   * Reads {@code text_encoder/config.json}.
   *
   * @throws IOException if it is missing, or describes another network than this program has
   */
  static TextShape read(Config config) throws IOException {
    config.require("model_type", "qwen3");
    config.require("hidden_act", "silu");
    config.require("attention_bias", false);
    config.require("use_sliding_window", false);
    int width = config.size("hidden_size", MAX_WIDTH);
    int heads = config.size("num_attention_heads", 1024);
    int keyHeads = config.size("num_key_value_heads", heads, heads);
    if (heads % keyHeads != 0) {
      throw new IOException("the text encoder's heads are no multiple of its key heads");
    }
    return new TextShape(
        config.size("vocab_size", 10_000_000),
        width,
        config.size("intermediate_size", MAX_WIDTH),
        config.size("num_hidden_layers", 1024),
        heads,
        keyHeads,
        config.size("head_dim", 4096, width / heads),
        theta(config),
        config.positive("rms_norm_eps", 1e-6));
  }

  /** Newer files keep it among {@code rope_parameters}. */
  private static double theta(Config config) throws IOException {
    for (String key : new String[] {"rope_parameters", "rope_scaling"}) {
      JsonNode rope = config.root().path(key);
      String type = rope.path("rope_type").asText(rope.path("type").asText("default"));
      if (!type.equals("default")) {
        throw new IOException(
            "the text encoder has rotary positions of type %s; this program needs default"
                .formatted(type));
      }
      if (rope.path("rope_theta").isNumber()) {
        return rope.path("rope_theta").asDouble();
      }
    }
    return config.positive("rope_theta", 1_000_000);
  }
}
