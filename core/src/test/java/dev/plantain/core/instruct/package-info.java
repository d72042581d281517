@NullMarked
package dev.plantain.core.instruct;

import org.jspecify.annotations.NullMarked;
