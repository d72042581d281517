@NullMarked
package dev.plantain.hosted;

import org.jspecify.annotations.NullMarked;
