package dev.plantain.codec;

import org.jspecify.annotations.Nullable;

/** Some pixels of the arrays at hand, {@code start} to {@code start + count}, and scratch. */
final class VectorBlock {
  /** Pixels whose intermediate values, a few arrays, fit the first-level cache. */
  private static final int MOST = 512;

  final float[] metres;
  final byte[] rgb8;
  final float[] rgb;
  final float @Nullable [] confidence;
  final float[] red = new float[MOST];
  final float[] green = new float[MOST];
  final float[] blue = new float[MOST];
  final float[] position = new float[MOST];
  final float[] distance2 = new float[MOST];
  final int[] keys = new int[MOST];

  /** Whether a pixel holds a value that the loops do not treat; see the last stages. */
  boolean exceptional;

  int start;
  int count;

  /** One short loop over the pixels of a block. */
  interface Stage {
    void run(VectorBlock block);
  }

  VectorBlock(float[] metres, byte[] rgb8, float[] rgb, float @Nullable [] confidence) {
    this.metres = metres;
    this.rgb8 = rgb8;
    this.rgb = rgb;
    this.confidence = confidence;
  }

  /** Runs the stages over all whole vectors of {@code pixels} and returns how many those hold. */
  int run(Stage[] stages, int pixels) {
    int bound = VectorOps.F.loopBound(Math.max(0, pixels));
    for (start = 0; start < bound; start += MOST) {
      count = Math.min(MOST, bound - start);
      for (Stage stage : stages) {
        stage.run(this);
      }
    }
    return bound;
  }
}
