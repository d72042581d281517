/**
 * Metrics as small classes: each gathers samples and gives figures with the definition it states.
 */
@NullMarked
package dev.plantain.eval.metric;

import org.jspecify.annotations.NullMarked;
