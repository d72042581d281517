@NullMarked
package dev.plantain.eval.metric;

import org.jspecify.annotations.NullMarked;
