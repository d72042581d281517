/** Reads photos and writes measurements in the formats of the field. */
@NullMarked
package dev.plantain.formats;

import org.jspecify.annotations.NullMarked;
