/** Synthetic worlds with exact answers for every task. */
@NullMarked
package dev.plantain.diorama;

import org.jspecify.annotations.NullMarked;
