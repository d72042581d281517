package dev.plantain.cli;

import dev.plantain.diorama.Split;
import java.util.Locale;

/** Names of Diorama's splits on the command line. */
final class Splits {
  private Splits() {}

  static Split parse(String text) {
    try {
      return Split.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "\"%s\" is no split; there are train, validation and test".formatted(text));
    }
  }
}
