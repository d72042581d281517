@NullMarked
package dev.plantain.sprout;

import org.jspecify.annotations.NullMarked;
