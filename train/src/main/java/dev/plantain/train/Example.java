package dev.plantain.train;

import dev.plantain.core.Image;
import dev.plantain.core.Task;
import dev.plantain.core.instruct.Dialect;
import dev.plantain.core.instruct.Instruction;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One thing to learn: what is asked of which photo, and the drawing that answers it.
 *
 * @param photo what is looked at; null for a picture from text alone
 * @param unknown pixels of the target, row by row, from which nothing is to be learnt; null if
 *     there are none
 */
record Example(
    Kind kind, @Nullable Image photo, String prompt, Image target, @Nullable BitSet unknown) {

  /** In whose words vision data is asked for. */
  static final Dialect DIALECT = Dialect.paper();

  /** What a task asks of a photo, and the drawing of the answer. */
  static <M> Example of(
      Kind kind, Image photo, Task<M> task, M measurement, @Nullable BitSet unknown) {
    Instruction instruction = task.ask(DIALECT);
    return new Example(
        kind, photo, instruction.text(), task.paint(measurement, instruction), unknown);
  }

  /** The same asked of another photo, with the same answer. */
  Example of(Image other) {
    return new Example(kind, other, prompt, target, unknown);
  }

  /** Whether there is anything to be learnt from it. */
  boolean isKnown() {
    return unknown == null || unknown.cardinality() < target.width() * target.height();
  }

  /** An example whose every pixel is known. */
  Example(Kind kind, @Nullable Image photo, String prompt, Image target) {
    this(kind, photo, prompt, target, null);
  }
}
