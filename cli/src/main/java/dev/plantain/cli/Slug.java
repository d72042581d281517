package dev.plantain.cli;

/** Names of files out of any words. */
final class Slug {
  private static final int LONGEST = 48;

  private Slug() {}

  /** Letters and digits of any script, the rest as single hyphens; unlike texts stay unlike. */
  static String of(String text) {
    String plain = text.strip().replaceAll("[^\\p{L}\\p{M}\\p{N}]+", "-").replaceAll("^-+|-+$", "");
    if (!plain.isEmpty() && plain.codePointCount(0, plain.length()) <= LONGEST) {
      return plain;
    }
    int end =
        plain.offsetByCodePoints(0, Math.min(LONGEST, plain.codePointCount(0, plain.length())));
    return "%s-%08x".formatted(plain.substring(0, end), text.hashCode()).replaceAll("^-", "");
  }
}
