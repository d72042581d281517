package dev.plantain.codec;

import org.jspecify.annotations.Nullable;

/**
 * The hot loops of {@link DepthCodec#paper()}: whole arrays, lengths already checked. {@link
 * ScalarCubeWalk} specifies them to the bit; other implementations must give the same bytes and
 * floats.
 *
 * <p>A position on the walk is kept as {@code s = 7 f} in {@code [0, 7]} and as {@code v = 7 − s}:
 * near the white end only {@code v} has the digits that tell 500 m from 501 m in float32.
 */
interface CubeWalkKernel {
  /** Packed {@code 0xBBGGRR} colours per 8-bit step along the walk; the last is {@code invalid}. */
  int[] PACKED = CubeWalkTables.packed();

  /** Metres at each of the 1,786 8-bit steps along the walk. */
  float[] METRES = CubeWalkTables.metres();

  /** 8-bit steps from black to white. */
  int STEPS = 7 * 255;

  /** Index in {@link #PACKED} of the colour of a NaN or negative distance. */
  int INVALID_STEP = STEPS + 1;

  /** Beyond this many metres {@code (1 + d/10)²} only loses digits; all of it is white. */
  float MANY_METRES = 1e12f;

  /** A channel of the colour of a NaN or negative distance: the middle of the cube. */
  float INVALID_CHANNEL = 0.5f;

  void encode(float[] metres, byte[] rgb8);

  void encode(float[] metres, float[] rgb);

  void decode(byte[] rgb8, float[] metres, float @Nullable [] confidence);

  void decode(float[] rgb, float[] metres, float @Nullable [] confidence);
}
