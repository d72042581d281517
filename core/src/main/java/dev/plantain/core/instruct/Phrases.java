package dev.plantain.core.instruct;

import java.util.regex.Pattern;

/** The canonical form of what users call things. */
final class Phrases {
  static final int MAX_LENGTH = 300;

  private static final Pattern ARTICLES = Pattern.compile("^(?:(?:the|an?) )+(?=\\S)");

  private Phrases() {}

  /**
   * White space collapsed to single blanks and stripped.
   *
   * @throws InstructionException if nothing is left, or it is longer than {@value #MAX_LENGTH}
   */
  static String normal(String phrase) {
    String text = phrase.replaceAll("[\\s\\p{Z}\\p{Cc}]+", " ").strip();
    if (text.isEmpty()) {
      throw new InstructionException("a phrase is empty; say what to look for");
    }
    if (text.length() > MAX_LENGTH) {
      throw new InstructionException(
          "a phrase of %d characters is too long; the limit is %d"
              .formatted(text.length(), MAX_LENGTH));
    }
    return text;
  }

  /** {@link #normal} without leading articles, as sentences bring their own. */
  static String bare(String phrase) {
    return ARTICLES.matcher(normal(phrase)).replaceFirst("");
  }

  /** Whether "are" goes better with it than "is"; a guess, both are read back. */
  static boolean looksPlural(String phrase) {
    return phrase.matches("(?i).*(?:[^sui]s|people|children|(?<!hu)men)");
  }
}
