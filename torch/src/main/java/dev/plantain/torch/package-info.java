/** Thin idioms over libtorch: scoped tensors, safetensors. */
@NullMarked
package dev.plantain.torch;

import org.jspecify.annotations.NullMarked;
