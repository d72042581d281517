/**
 * Tasks in both directions, instructions, dialects, the seam to generators, and the Vision facade
 * over them.
 */
@NullMarked
package dev.plantain.core;

import org.jspecify.annotations.NullMarked;
