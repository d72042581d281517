/** Metrics, benchmark readers and reports. */
@NullMarked
package dev.plantain.eval;

import org.jspecify.annotations.NullMarked;
