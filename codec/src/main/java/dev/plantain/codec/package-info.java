/**
 * Exact colour codecs: arrays of measurements to arrays of RGB, and back. Knows no image type, no
 * task, no generator.
 */
@NullMarked
package dev.plantain.codec;

import org.jspecify.annotations.NullMarked;
