/** Benchmark sets: readers that turn files on disk into photos with truth, or prompts. */
@NullMarked
package dev.plantain.eval.set;

import org.jspecify.annotations.NullMarked;
