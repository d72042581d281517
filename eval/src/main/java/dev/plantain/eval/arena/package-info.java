/** Two makers of pictures against each other, judged blind. */
@NullMarked
package dev.plantain.eval.arena;

import org.jspecify.annotations.NullMarked;
