@NullMarked
package dev.plantain.torch;

import org.jspecify.annotations.NullMarked;
