/** The plantain command, one file per sub-command. */
@NullMarked
package dev.plantain.cli;

import org.jspecify.annotations.NullMarked;
