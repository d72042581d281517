@NullMarked
package dev.plantain.formats;

import org.jspecify.annotations.NullMarked;
