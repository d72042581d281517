package dev.plantain.klein;

import java.util.regex.Pattern;

/**
 * A regular expression of PEFT that stands for layers: it matches a name, or its end after a dot.
 *
 * <p>Expressions come with a file that nobody vouches for, and Java's matching of some of them does
 * not end. Only those are taken in which nothing empty can be matched in two ways; then the work is
 * in proportion to the characters that are looked at, and these are counted.
 */
final class LayerPattern {
  private static final int MAX_LENGTH = 512;
  private static final String ATOM = "(?:[\\w.-]|\\\\[^A-Za-z0-9]|\\\\[dw]|\\[\\^?[\\w.-]++])";
  private static final String NEVER_EMPTY = "(?:" + ATOM + "\\+?+)++";
  private static final String GROUP =
      "\\((?:\\?:)?+" + NEVER_EMPTY + "(?:\\|" + NEVER_EMPTY + ")*+\\)";
  private static final String PART = "(?:(?:" + ATOM + "|" + GROUP + ")(?:[*+?]\\??+)?+)*+";
  private static final Pattern TAKEN =
      Pattern.compile("\\^?+" + PART + "(?:\\|" + PART + ")*+\\$?+");

  private final Pattern pattern;

  /** How often characters may still be looked at, for all patterns and layers of a file. */
  static final class Looks {
    /** Two hundred patterns and layers take about four million. */
    private int left = 20_000_000;
  }

  private LayerPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is not one of names, classes and groups of them
   */
  static LayerPattern of(String text) {
    if (text.length() > MAX_LENGTH || !TAKEN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "it may have up to %d letters, digits, . - _ \\d \\w [a-z] and (a|b), with * + or ? behind them, inside () with + only"
              .formatted(MAX_LENGTH));
    }
    return new LayerPattern(Pattern.compile("(.*\\.)?(" + text + ")$"));
  }

  /**
   * Whether it stands for a layer.
   *
   * @throws IllegalArgumentException if that takes more looks than there are left
   */
  boolean matches(String layer, Looks looks) {
    // Longer names are no network's, and repetitions would fill the stack.
    return layer.length() <= MAX_LENGTH && pattern.matcher(new Counted(layer, looks)).matches();
  }

  /** A text that is looked at a limited number of times. */
  private record Counted(String text, Looks looks) implements CharSequence {

    @Override
    public char charAt(int index) {
      if (--looks.left < 0) {
        throw new IllegalArgumentException("its patterns take too long to match");
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int begin, int end) {
      return text.substring(begin, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
