/**
 * Generators and language models behind an HTTP interface.
 *
 * <p>{@link dev.plantain.hosted.Hosted} opens them. A call goes through the cache of answers, then
 * the budget, the limits of the server, and retries, and only then over the wire.
 */
@NullMarked
package dev.plantain.hosted;

import org.jspecify.annotations.NullMarked;
