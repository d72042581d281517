/** JMH benchmarks. */
@NullMarked
package dev.plantain.jmh;

import org.jspecify.annotations.NullMarked;
