@NullMarked
package dev.plantain.train.study;

import org.jspecify.annotations.NullMarked;
