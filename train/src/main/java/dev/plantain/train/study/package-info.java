/** The study: does learning to draw teach seeing? */
@NullMarked
package dev.plantain.train.study;

import org.jspecify.annotations.NullMarked;
