package dev.plantain.core;

import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Instruction;

/** What reading drawings has in common. */
final class Reading {
  /** A channel above this is not black any more, in 8-bit levels: JPEG's black is up to a few. */
  private static final int BLACK_LEVEL = 6;

  private Reading() {}

  /** The ask of an instruction, of the kind a task reads. */
  static <A extends Ask> A expect(Class<A> kind, Instruction instruction) {
    if (!kind.isInstance(instruction.ask())) {
      throw new IllegalArgumentException(
          "a drawing for \"%s\" is no %s drawing"
              .formatted(instruction.text(), kind.getSimpleName()));
    }
    return kind.cast(instruction.ask());
  }

  /**
   * Refuses a drawing that is black all over: read on, a refusal would become "everything is 0
   * metres away".
   */
  static void refuseBlank(Drawing drawing, String what) {
    for (byte channel : drawing.image().rgb8()) {
      if ((channel & 0xFF) > BLACK_LEVEL) {
        return;
      }
    }
    throw new DrawingException.Blank(
        "the drawing is black all over, which is no "
            + what
            + ": the generator most likely refused; ask again with another seed");
  }
}
