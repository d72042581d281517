package dev.plantain.codec;

import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * {@link ScalarCubeWalk} on the Vector API, the same operations in the same order: every result is
 * equal to the bit.
 *
 * <p>Every stage is a short loop of its own over a block of pixels, called through an interface
 * with several implementations: the compiler stops inlining vector operations in methods of more
 * than about fifty of them, and one left out costs more than all others. Merged into one loop, by
 * hand or by the compiler, the stages take several times as long.
 */
final class VectorCubeWalk implements CubeWalkKernel {
  private static final byte[] NO_RGB8 = {};
  private static final float[] NO_RGB = {};

  VectorCubeWalk() {}

  /** Whether vectors are wide enough for the shuffles to pay: at least 128 bits. */
  static boolean isWorthwhile() {
    return FloatVector.SPECIES_PREFERRED.length() >= 4;
  }

  @Override
  public void encode(float[] metres, byte[] rgb8) {
    VectorBlock block = new VectorBlock(metres, rgb8, NO_RGB, null);
    // The last pixel of all has no fourth byte to spare.
    int bound = block.run(VectorEncoding.TO_8_BITS, metres.length - 1);
    for (int i = bound; i < metres.length; i++) {
      ScalarCubeWalk.putPacked(PACKED[ScalarCubeWalk.step(metres[i])], rgb8, i);
    }
  }

  @Override
  public void encode(float[] metres, float[] rgb) {
    int bound =
        new VectorBlock(metres, NO_RGB8, rgb, null).run(VectorEncoding.TO_FLOATS, metres.length);
    for (int i = bound; i < metres.length; i++) {
      ScalarCubeWalk.encodeOne(metres[i], rgb, 3 * i);
    }
  }

  @Override
  public void decode(byte[] rgb8, float[] metres, float @Nullable [] confidence) {
    VectorBlock block = new VectorBlock(metres, rgb8, NO_RGB, confidence);
    // The last pixel has no fourth byte to read.
    int bound = block.run(VectorDecoding.FROM_8_BITS, metres.length - 1);
    for (int i = bound; i < metres.length; i++) {
      int key = ScalarCubeWalk.key(ScalarCubeWalk.getPacked(rgb8, i));
      metres[i] = METRES[key & 0x7ff];
      if (confidence != null) {
        confidence[i] = ScalarCubeWalk.confidence(key >>> 11);
      }
    }
  }

  @Override
  public void decode(float[] rgb, float[] metres, float @Nullable [] confidence) {
    int bound =
        new VectorBlock(metres, NO_RGB8, rgb, confidence)
            .run(VectorDecoding.FROM_FLOATS, metres.length);
    for (int i = bound; i < metres.length; i++) {
      ScalarCubeWalk.decodeOne(rgb, i, metres, confidence);
    }
  }
}
