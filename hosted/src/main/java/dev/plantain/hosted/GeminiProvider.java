package dev.plantain.hosted;

import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorProvider;

/** Opens {@code gemini:MODEL}. */
public final class GeminiProvider implements GeneratorProvider {
  @Override
  public String scheme() {
    return Spec.GEMINI;
  }

  @Override
  public String usage() {
    return "gemini:MODEL, a model of Google's that draws; needs GEMINI_API_KEY, or Vertex AI";
  }

  @Override
  public Generator open(String rest) {
    return Hosted.open(Spec.GEMINI + ":" + rest, Terms.usual());
  }
}
