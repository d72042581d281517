package dev.plantain.core.instruct;

/**
 * A prompt, and what it asks.
 *
 * @param text what the generator reads
 * @param ask the same in the decoder's terms
 */
public record Instruction(String text, Ask ask) {

  /**
   * Reads a prompt back, in the paper's dialect or another built-in one.
   *
   * @throws InstructionException.NotPerception if it has none of their forms
   */
  public static Instruction parse(String text) {
    InstructionException.NotPerception first = null;
    for (Dialect dialect : Dialect.builtIn()) {
      try {
        return dialect.parse(text);
      } catch (InstructionException.NotPerception e) {
        first = first == null ? e : first;
      }
    }
    throw first == null ? new InstructionException.NotPerception("no dialect is known") : first;
  }
}
