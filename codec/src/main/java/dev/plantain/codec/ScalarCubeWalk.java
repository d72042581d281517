package dev.plantain.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The specification of {@link CubeWalkKernel}, in plain loops. */
final class ScalarCubeWalk implements CubeWalkKernel {
  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int ONE_BITS = Float.floatToRawIntBits(1);

  static final float SEVENTH = 1 / 7f;

  /** Confidence lost per 8-bit level of distance from the walk. */
  static final float LOSS_PER_LEVEL = (float) (1 / (255 * ColourMap.NO_CONFIDENCE_DISTANCE));

  /** Confidence lost per unit of distance from the walk. */
  static final float LOSS = (float) (1 / ColourMap.NO_CONFIDENCE_DISTANCE);

  @Override
  public void encode(float[] metres, byte[] rgb8) {
    int last = metres.length - 1;
    for (int i = 0; i < last; i++) {
      // Writes a fourth byte, which the next pixel overwrites.
      INT_LE.set(rgb8, 3 * i, PACKED[step(metres[i])]);
    }
    if (last >= 0) {
      putPacked(PACKED[step(metres[last])], rgb8, last);
    }
  }

  /** The 8-bit step nearest to {@code 1785 f(d)}. */
  static int step(float d) {
    if (!(d >= 0)) {
      return INVALID_STEP;
    }
    float x = lesser(d, MANY_METRES) * 0.1f;
    float y = 1 / (1 + x);
    // 1 − y² without the cancellation near 0.
    return (int) (x * y * (1 + y) * STEPS + 0.5f);
  }

  static void putPacked(int packed, byte[] rgb8, int pixel) {
    rgb8[3 * pixel] = (byte) packed;
    rgb8[3 * pixel + 1] = (byte) (packed >> 8);
    rgb8[3 * pixel + 2] = (byte) (packed >> 16);
  }

  @Override
  public void encode(float[] metres, float[] rgb) {
    for (int i = 0; i < metres.length; i++) {
      encodeOne(metres[i], rgb, 3 * i);
    }
  }

  static void encodeOne(float d, float[] rgb, int at) {
    if (!(d >= 0)) {
      rgb[at] = INVALID_CHANNEL;
      rgb[at + 1] = INVALID_CHANNEL;
      rgb[at + 2] = INVALID_CHANNEL;
      return;
    }
    float x = lesser(d, MANY_METRES) * 0.1f;
    float y = 1 / (1 + x);
    float s = 7 * (x * y * (1 + y));
    float v = 7 * (y * y);
    // Each channel rises, falls and rises again; the greater of the two is the one above 0.
    rgb[at] = asChannel(greater(lesser(s, 3 - s), 2 - v));
    rgb[at + 1] = asChannel(greater(lesser(s - 1, 5 - s), 1 - v));
    rgb[at + 2] = asChannel(4 - v);
  }

  // Math.min and Math.max of floats sort out NaN and −0 as well, at several times the cost; a
  // comparison becomes a branch, and where the channels turn depends on the pixel alone. As bits,
  // floats from 0 up are in order and all negative ones lie below; which of two negative ones wins
  // does not matter here, since the limits make 0 of either.

  private static float lesser(float a, float b) {
    return Float.intBitsToFloat(Math.min(Float.floatToRawIntBits(a), Float.floatToRawIntBits(b)));
  }

  private static float greater(float a, float b) {
    return Float.intBitsToFloat(Math.max(Float.floatToRawIntBits(a), Float.floatToRawIntBits(b)));
  }

  /** Limited to 0..1; not for NaN. */
  private static float asChannel(float x) {
    return Float.intBitsToFloat(Math.clamp(Float.floatToRawIntBits(x), 0, ONE_BITS));
  }

  @Override
  public void decode(byte[] rgb8, float[] metres, float @Nullable [] confidence) {
    int last = metres.length - 1;
    for (int i = 0; i <= last; i++) {
      int key = i < last ? key((int) INT_LE.get(rgb8, 3 * i)) : key(getPacked(rgb8, i));
      metres[i] = METRES[key & 0x7ff];
      if (confidence != null) {
        confidence[i] = confidence(key >>> 11);
      }
    }
  }

  static int getPacked(byte[] rgb8, int pixel) {
    return (rgb8[3 * pixel] & 0xff)
        | (rgb8[3 * pixel + 1] & 0xff) << 8
        | (rgb8[3 * pixel + 2] & 0xff) << 16;
  }

  /**
   * Squared distance to the walk (in 8-bit levels) times 2,048, plus the step of the nearest point:
   * the least over the seven edges, so that of equally near points the one nearest to black wins.
   *
   * @param packed {@code 0x??BBGGRR}
   */
  static int key(int packed) {
    int r = packed & 0xff;
    int g = packed >> 8 & 0xff;
    int b = packed >> 16 & 0xff;
    int r0 = (r * r) << 11;
    int g0 = (g * g) << 11;
    int b0 = (b * b) << 11;
    int r1 = ((255 - r) * (255 - r)) << 11;
    int g1 = ((255 - g) * (255 - g)) << 11;
    int b1 = ((255 - b) * (255 - b)) << 11;
    int key = g0 + b0 + r;
    key = Math.min(key, r1 + b0 + (255 + g));
    key = Math.min(key, g1 + b0 + (765 - r));
    key = Math.min(key, r0 + g1 + (765 + b));
    key = Math.min(key, r0 + b1 + (1275 - g));
    key = Math.min(key, g0 + b1 + (1275 + r));
    return Math.min(key, r1 + b1 + (1530 + g));
  }

  static float confidence(int distance2) {
    return greater(1 - (float) Math.sqrt(distance2) * LOSS_PER_LEVEL, 0);
  }

  @Override
  public void decode(float[] rgb, float[] metres, float @Nullable [] confidence) {
    for (int i = 0; i < metres.length; i++) {
      decodeOne(rgb, i, metres, confidence);
    }
  }

  static void decodeOne(float[] rgb, int pixel, float[] metres, float @Nullable [] confidence) {
    float r = rgb[3 * pixel];
    float g = rgb[3 * pixel + 1];
    float b = rgb[3 * pixel + 2];
    if (Float.isNaN(r) || Float.isNaN(g) || Float.isNaN(b)) {
      metres[pixel] = Float.NaN;
      if (confidence != null) {
        confidence[pixel] = 0;
      }
      return;
    }
    r = clamp(r);
    g = clamp(g);
    b = clamp(b);
    float r0 = r * r;
    float g0 = g * g;
    float b0 = b * b;
    float r1 = (1 - r) * (1 - r);
    float g1 = (1 - g) * (1 - g);
    float b1 = (1 - b) * (1 - b);
    float best = g0 + b0;
    float s = r;
    if (r1 + b0 < best) {
      best = r1 + b0;
      s = 1 + g;
    }
    if (g1 + b0 < best) {
      best = g1 + b0;
      s = 3 - r;
    }
    if (r0 + g1 < best) {
      best = r0 + g1;
      s = 3 + b;
    }
    if (r0 + b1 < best) {
      best = r0 + b1;
      s = 5 - g;
    }
    if (g0 + b1 < best) {
      best = g0 + b1;
      s = 5 + r;
    }
    if (r1 + b1 < best) {
      best = r1 + b1;
      s = 6 + g;
    }
    float v = s > 6 ? 1 - g : 7 - s;
    // 10 (1/√u − 1) with u = 1 − f, again without cancellation near 0.
    float root = (float) Math.sqrt(v * SEVENTH);
    metres[pixel] = s * SEVENTH * 10 / (root * (1 + root));
    if (confidence != null) {
      confidence[pixel] = greater(1 - (float) Math.sqrt(best) * LOSS, 0);
    }
  }

  /** Limited to 0..1, by branches: almost all colours lie within. */
  private static float clamp(float x) {
    return x > 0 ? (x < 1 ? x : 1) : 0;
  }
}
