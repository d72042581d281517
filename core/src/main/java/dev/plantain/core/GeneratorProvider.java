package dev.plantain.core;

import java.util.List;
import java.util.Set;

/**
 * Makes generators of one kind; found by {@link java.util.ServiceLoader}, chosen by name.
 *
 * <p>A spec is {@code scheme} or {@code scheme:rest}, such as {@code sprout}, {@code
 * klein:/models/open-vision-banana} or {@code openai:http://localhost:8000/v1#flux}.
 */
public interface GeneratorProvider {

  /** The word before the colon of a spec. */
  String scheme();

  /** One line for people: what it is, and what stands after the colon. */
  String usage();

  /**
   * Words that may follow a {@code ?} in a spec, as in {@code klein:FOLDER?device=cuda}; none
   * unless said so.
   */
  default Set<String> settings() {
    return Set.of();
  }

  /**
   * What may follow the colon to open a generator that is there without further ado; one empty text
   * unless said so.
   */
  default List<String> installed() {
    return List.of("");
  }

  /**
   * Opens a generator.
   *
   * @param rest what follows the colon of the spec, empty if nothing does
   * @throws GeneratorException if it cannot be opened; the message says what to do
   */
  Generator open(String rest);
}
