package dev.plantain.train;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Batches of drawings of one row, without photo or prompt, of which every pixel counts alike. */
final class ToyBatch {
  private ToyBatch() {}

  /**
   * @param targets one for each kind, of equal lengths
   */
  static Batch of(List<byte[]> targets, Kind... kinds) {
    int width = targets.getFirst().length / 3;
    int[] noPhoto = new int[kinds.length];
    Arrays.fill(noPhoto, -1);
    float[] weights = new float[width * kinds.length];
    Arrays.fill(weights, 1);
    return new Batch(width, 1, List.of(), noPhoto, List.of(), targets, weights, List.of(kinds));
  }

  /** Of black pixels. */
  static Batch ofPixels(Kind... kinds) {
    return of(Collections.nCopies(kinds.length, new byte[3]), kinds);
  }
}
