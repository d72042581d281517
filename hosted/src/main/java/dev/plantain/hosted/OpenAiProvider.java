package dev.plantain.hosted;

import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorProvider;

/** Opens {@code openai:BASE-URL#MODEL}. */
public final class OpenAiProvider implements GeneratorProvider {
  @Override
  public String scheme() {
    return Spec.OPENAI;
  }

  @Override
  public String usage() {
    return "openai:BASE-URL#MODEL, a model behind OpenAI's interface: theirs or a server of your"
        + " own";
  }

  @Override
  public Generator open(String rest) {
    return Hosted.open(Spec.OPENAI + ":" + rest, Terms.usual());
  }
}
