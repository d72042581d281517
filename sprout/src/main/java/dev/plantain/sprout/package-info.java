/** The embedded generator: prompt encoder, network, weights. Gets prompt text and images only. */
@NullMarked
package dev.plantain.sprout;

import org.jspecify.annotations.NullMarked;
