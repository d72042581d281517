package dev.plantain.klein;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.core.GeneratorException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * A prompt as the tokens FLUX.2 [klein] was trained with: one turn of a user in Qwen3's chat
 * template, the answer begun with thinking off, padded on the right.
 */
final class ChatTokenizer implements AutoCloseable {
  /** Tokens of every text. */
  static final int LENGTH = 512;

  private static final String BEFORE = "<|im_start|>user\n";
  private static final String AFTER = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";

  private final HuggingFaceTokenizer tokenizer;
  private final long padding;

  /**
   * A text in tokens.
   *
   * @param ids {@link #LENGTH} of them
   * @param used how many are no padding
   */
  record Tokens(long[] ids, int used) {}

  private ChatTokenizer(HuggingFaceTokenizer tokenizer, long padding) {
    this.tokenizer = tokenizer;
    this.padding = padding;
  }

  /** Opens {@code tokenizer.json} and {@code tokenizer_config.json} of a folder. */
  static ChatTokenizer open(Path folder) throws IOException {
    Config config = Config.read(folder.resolve("tokenizer_config.json"));
    config.require("padding_side", "right");
    // The tokenizer's library would otherwise report its use to a server.
    if (System.getProperty("OPT_OUT_TRACKING") == null) {
      System.setProperty("OPT_OUT_TRACKING", "true");
    }
    HuggingFaceTokenizer tokenizer;
    try {
      tokenizer =
          HuggingFaceTokenizer.newInstance(
              folder.resolve("tokenizer.json"), Map.of("padding", "false", "truncation", "false"));
    } catch (RuntimeException e) {
      throw new IOException(
          folder.resolve("tokenizer.json") + " cannot be read: " + e.getMessage(), e);
    }
    long[] pad = tokenizer.encode(padToken(config), false, false).getIds();
    if (pad.length != 1) {
      tokenizer.close();
      throw new IOException(folder + ": the padding token is not one token");
    }
    return new ChatTokenizer(tokenizer, pad[0]);
  }

  private static String padToken(Config config) {
    JsonNode pad = config.root().path("pad_token");
    String text = pad.isObject() ? pad.path("content").asText() : pad.asText();
    return text.isEmpty() ? "<|endoftext|>" : text;
  }

  /**
   * A prompt in tokens.
   *
   * @throws GeneratorException if it is longer than the model reads: cut off, it would ask for
   *     something else
   */
  Tokens tokens(String prompt) {
    long[] ids = tokenizer.encode(BEFORE + prompt + AFTER, false, false).getIds();
    if (ids.length > LENGTH) {
      throw new GeneratorException(
          ("klein reads %d tokens and this prompt has %d; shorten it, or ask for fewer classes at"
                  + " a time")
              .formatted(LENGTH, ids.length));
    }
    long[] padded = Arrays.copyOf(ids, LENGTH);
    Arrays.fill(padded, ids.length, LENGTH, padding);
    return new Tokens(padded, ids.length);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
