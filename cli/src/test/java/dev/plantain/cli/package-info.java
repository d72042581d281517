@NullMarked
package dev.plantain.cli;

import org.jspecify.annotations.NullMarked;
