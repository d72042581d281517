package dev.plantain.cli;

import dev.plantain.hosted.Adviser;
import dev.plantain.hosted.Hosted;
import dev.plantain.hosted.Terms;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A language model that looks at the photo first. */
final class AdviceOptions {
  @Option(
      names = "--chat",
      paramLabel = "SPEC",
      description =
          "The language model to consult: gemini:MODEL or openai:BASE-URL#MODEL (default: that of"
              + " PLANTAIN_CHAT).")
  @Nullable String chat;

  private @Nullable Adviser adviser;

  /** The spec, from the option or the environment. */
  private @Nullable String spec() {
    return chat != null ? chat : System.getenv("PLANTAIN_CHAT");
  }

  /** Complains before anything is opened, if something needs a model and there is none. */
  void require(String option) {
    if (spec() == null) {
      throw new UsageException(
          ("%s asks a language model: name one with --chat or PLANTAIN_CHAT, such as"
                  + " gemini:MODEL or openai:BASE-URL#MODEL")
              .formatted(option));
    }
  }

  /** The model, opened at the first use. */
  synchronized Adviser open(Terms terms) {
    if (adviser == null) {
      String spec = spec();
      if (spec == null) {
        throw new UsageException("name a language model with --chat or PLANTAIN_CHAT");
      }
      adviser = Hosted.adviser(spec, terms);
    }
    return adviser;
  }

  synchronized void close() {
    if (adviser != null) {
      adviser.close();
      adviser = null;
    }
  }
}
