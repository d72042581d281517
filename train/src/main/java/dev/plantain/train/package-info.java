/** Data mixtures, pre-training, instruction tuning. */
@NullMarked
package dev.plantain.train;

import org.jspecify.annotations.NullMarked;
