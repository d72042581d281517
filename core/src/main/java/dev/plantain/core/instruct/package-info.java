/** What a generator is asked in words, both ways: writing instructions and reading them back. */
@NullMarked
package dev.plantain.core.instruct;

import org.jspecify.annotations.NullMarked;
