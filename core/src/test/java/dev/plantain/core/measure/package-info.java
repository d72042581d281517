@NullMarked
package dev.plantain.core.measure;

import org.jspecify.annotations.NullMarked;
