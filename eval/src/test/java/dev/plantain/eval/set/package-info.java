@NullMarked
package dev.plantain.eval.set;

import org.jspecify.annotations.NullMarked;
