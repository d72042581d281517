package dev.plantain.cli;

/** Names of files out of any words. */
final class Slug {
  private static final int LONGEST = 48;

  private Slug() {}

  /**
   * Letters and digits of any script, the rest as single hyphens. Unlike texts stay unlike: words
   * with single spaces between are as they are, all others end in a hash of the text.
   */
  static String of(String text) {
    String plain = text.strip().replaceAll("[^\\p{L}\\p{M}\\p{N}]+", "-").replaceAll("^-+|-+$", "");
    int length = plain.codePointCount(0, plain.length());
    if (length > 0 && length <= LONGEST && plain.replace('-', ' ').equals(text.strip())) {
      return plain;
    }
    int end = plain.offsetByCodePoints(0, Math.min(LONGEST, length));
    return "%s-%08x".formatted(plain.substring(0, end), text.hashCode()).replaceAll("^-", "");
  }
}
