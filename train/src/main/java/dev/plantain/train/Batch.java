package dev.plantain.train;

import dev.plantain.sprout.PromptTokens;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    List<Kind> kinds) {

  /** Some of the drawings, and the photos they are of. */
  Batch part(int from, int to) {
    Map<Integer, Integer> rows = new LinkedHashMap<>();
    int[] photo = new int[to - from];
    for (int i = 0; i < photo.length; i++) {
      int row = photoOf[from + i];
      photo[i] = row < 0 ? -1 : rows.computeIfAbsent(row, r -> rows.size());
    }
    int pixels = width * height;
    return new Batch(
        width,
        height,
        rows.keySet().stream().map(photos::get).toList(),
        photo,
        prompts.subList(from, to),
        targets.subList(from, to),
        Arrays.copyOfRange(weights, from * pixels, to * pixels),
        kinds.subList(from, to));
  }
}
