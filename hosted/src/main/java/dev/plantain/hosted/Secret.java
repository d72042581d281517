package dev.plantain.hosted;

import java.util.Optional;

/** A key. It shows itself to those who {@link #reveal} it, and to nobody else. */
final class Secret {
  private final Optional<String> value;

  private Secret(Optional<String> value) {
    this.value = value;
  }

  static final Secret NONE = new Secret(Optional.empty());

  static Secret of(String value) {
    return new Secret(Optional.of(value));
  }

  boolean isPresent() {
    return value.isPresent();
  }

  /** The key itself, or a word that is none where an SDK insists on one. */
  String reveal() {
    return value.orElse("none");
  }

  /** A text without the key. */
  String redact(String text) {
    return value.map(key -> text.replace(key, toString())).orElse(text);
  }

  @Override
  public String toString() {
    return "[key]";
  }
}
