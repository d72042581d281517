package dev.plantain.train;

import dev.plantain.core.Image;
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

  /** An example whose every pixel is known. */
  Example(Kind kind, @Nullable Image photo, String prompt, Image target) {
    this(kind, photo, prompt, target, null);
  }
}
