package dev.plantain.train;

import dev.plantain.sprout.PromptTokens;
import java.util.List;

/**
 * Examples of one step, ready for the network. Drawings asked of one photo share it.
 *
 * @param width of all pictures, pixels
 * @param height of all pictures, pixels
 * @param photos interleaved 8-bit RGB
 * @param photoOf for each drawing its photo's index, −1 for none
 * @param targets interleaved 8-bit RGB, one for each drawing
 * @param weights of all pixels of all drawings, one after the other
 */
record Batch(
    int width,
    int height,
    List<byte[]> photos,
    int[] photoOf,
    List<PromptTokens> prompts,
    List<byte[]> targets,
    float[] weights,
    List<Kind> kinds) {}
