/**
 * Studies of how drawings are read: each prints a table of the documentation. Most need no
 * generator: what is drawn is known, and spoiled in a known way.
 */
@NullMarked
package dev.plantain.eval.study;

import org.jspecify.annotations.NullMarked;
