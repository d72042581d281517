@NullMarked
package dev.plantain.klein;

import org.jspecify.annotations.NullMarked;
