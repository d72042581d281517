@NullMarked
package dev.plantain.eval;

import org.jspecify.annotations.NullMarked;
