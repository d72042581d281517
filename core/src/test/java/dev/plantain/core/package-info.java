@NullMarked
package dev.plantain.core;

import org.jspecify.annotations.NullMarked;
