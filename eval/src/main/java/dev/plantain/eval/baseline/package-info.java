/**
 * Trivial rivals: answers that need no learning, drawn and read like any other, so that every
 * benchmark can say what a generator adds to them.
 */
@NullMarked
package dev.plantain.eval.baseline;

import org.jspecify.annotations.NullMarked;
