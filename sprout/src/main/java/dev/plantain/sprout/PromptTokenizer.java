package dev.plantain.sprout;

import java.util.Set;

/** Prompt text to tokens: reads its colours as numbers and its words with a sentence encoder. */
public final class PromptTokenizer implements AutoCloseable {
  private final SentenceEncoder encoder = new SentenceEncoder();

  /** Thread-safe. An empty prompt is one empty token. */
  public PromptTokens tokens(String prompt) {
    return PromptTokens.of(PromptReader.read(prompt), encoder);
  }

  /** The same after coloured phrases are put into words that a model knows. */
  PromptTokens tokens(String prompt, Vocabulary known) {
    return PromptTokens.of(known.inKnownWords(PromptReader.read(prompt)), encoder);
  }

  Vocabulary vocabulary(Set<String> words) {
    return new Vocabulary(words, encoder);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
