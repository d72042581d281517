package dev.plantain.train;

import dev.plantain.core.Image;
import org.jspecify.annotations.Nullable;

/**
 * One thing to learn: what is asked of which photo, and the drawing that answers it.
 *
 * @param photo what is looked at; null for a picture from text alone
 */
record Example(Kind kind, @Nullable Image photo, String prompt, Image target) {}
