/** What is read out of drawings: immutable, in the units of the field. */
@NullMarked
package dev.plantain.core.measure;

import org.jspecify.annotations.NullMarked;
