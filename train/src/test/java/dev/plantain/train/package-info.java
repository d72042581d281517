@NullMarked
package dev.plantain.train;

import org.jspecify.annotations.NullMarked;
