/** FLUX.2 [klein] and Open Vision Banana as a generator, on libtorch. */
@NullMarked
package dev.plantain.klein;

import org.jspecify.annotations.NullMarked;
