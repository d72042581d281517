/** Generators as image models of LangChain4j, tasks as its tools. */
@NullMarked
package dev.plantain.langchain4j;

import org.jspecify.annotations.NullMarked;
