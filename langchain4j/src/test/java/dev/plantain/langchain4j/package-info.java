@NullMarked
package dev.plantain.langchain4j;

import org.jspecify.annotations.NullMarked;
