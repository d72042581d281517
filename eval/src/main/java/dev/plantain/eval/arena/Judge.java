package dev.plantain.eval.arena;

import dev.plantain.core.Image;

/** A program that looks at two pictures side by side and says which is better. */
public interface Judge {
  /** Which one is better. */
  enum Choice {
    LEFT,
    TIE,
    RIGHT
  }

  /** Its name, under which its votes are kept. */
  String name();

  /**
   * Looks at two pictures.
   *
   * @param sheet both, left and right of a black bar
   * @param question that names them so
   * @throws dev.plantain.core.GeneratorException if it gives no answer
   */
  Choice choose(Image sheet, String question);
}
