package dev.plantain.codec;

import static dev.plantain.codec.VectorOps.F;
import static dev.plantain.codec.VectorOps.LANES;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * How {@code 3 LANES} interleaved values in three vectors become one vector per channel and back.
 * Lane {@code j} of vector {@code k} shows channel {@code (k LANES + j) % 3}; as LANES is no
 * multiple of 3, every channel has each lane in exactly one of the vectors, so blending the three
 * gathers a channel, out of order, and one shuffle orders it.
 *
 * <p>Constants of their own rather than arrays: the compiler keeps only those in registers.
 */
final class Interleaving {
  static final VectorMask<Float> SECOND_RED = lanes(1, 0);
  static final VectorMask<Float> THIRD_RED = lanes(2, 0);
  static final VectorMask<Float> FIRST_GREEN = lanes(0, 1);
  static final VectorMask<Float> SECOND_GREEN = lanes(1, 1);
  static final VectorMask<Float> THIRD_GREEN = lanes(2, 1);
  static final VectorMask<Float> FIRST_BLUE = lanes(0, 2);
  static final VectorMask<Float> SECOND_BLUE = lanes(1, 2);
  static final VectorMask<Float> THIRD_BLUE = lanes(2, 2);
  static final VectorShuffle<Float> RED_OUT = out(0);
  static final VectorShuffle<Float> GREEN_OUT = out(1);
  static final VectorShuffle<Float> BLUE_OUT = out(2);
  static final VectorShuffle<Float> RED_IN = in(0);
  static final VectorShuffle<Float> GREEN_IN = in(1);
  static final VectorShuffle<Float> BLUE_IN = in(2);

  private Interleaving() {}

  private static VectorMask<Float> lanes(int vector, int channel) {
    boolean[] lanes = new boolean[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] = (vector * LANES + lane) % 3 == channel;
    }
    return VectorMask.fromArray(F, lanes, 0);
  }

  /** For each lane the pixel whose {@code channel} belongs there in one of the three vectors. */
  private static VectorShuffle<Float> out(int channel) {
    int[] pixel = new int[LANES];
    for (int at = channel; at < 3 * LANES; at += 3) {
      pixel[at % LANES] = at / 3;
    }
    return VectorShuffle.fromArray(F, pixel, 0);
  }

  /** For each pixel the lane that holds its {@code channel}. */
  private static VectorShuffle<Float> in(int channel) {
    return VectorShuffle.fromOp(F, pixel -> (3 * pixel + channel) % LANES);
  }
}
