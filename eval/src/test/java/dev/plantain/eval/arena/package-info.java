@NullMarked
package dev.plantain.eval.arena;

import org.jspecify.annotations.NullMarked;
