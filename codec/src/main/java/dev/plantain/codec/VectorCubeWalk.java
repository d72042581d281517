package dev.plantain.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
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
  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  // Wider than 256 bits gains nothing: the loops wait for memory.
  private static final boolean WIDE = FloatVector.SPECIES_PREFERRED.length() >= 8;
  private static final VectorSpecies<Float> F =
      WIDE ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
  private static final VectorSpecies<Integer> I =
      WIDE ? IntVector.SPECIES_256 : IntVector.SPECIES_128;
  private static final int LANES = F.length();

  /** Pixels whose intermediate values, a few arrays, fit the first-level cache. */
  private static final int BLOCK = 512;

  private static final int ONE_BITS = Float.floatToRawIntBits(1);

  private static final float SEVENTH = ScalarCubeWalk.SEVENTH;

  VectorCubeWalk() {}

  /** Whether vectors are wide enough for the shuffles to pay: at least 128 bits. */
  static boolean isWorthwhile() {
    return FloatVector.SPECIES_PREFERRED.length() >= 4;
  }

  @Override
  public void encode(float[] metres, byte[] rgb8) {
    Block block = new Block(metres, rgb8, NO_RGB, null);
    // The last pixel of all has no fourth byte to spare.
    int bound = block.run(ENCODE_8BIT, metres.length - 1);
    for (int i = bound; i < metres.length; i++) {
      ScalarCubeWalk.putPacked(PACKED[ScalarCubeWalk.step(metres[i])], rgb8, i);
    }
  }

  @Override
  public void encode(float[] metres, float[] rgb) {
    int bound = new Block(metres, NO_RGB8, rgb, null).run(ENCODE_FLOAT, metres.length);
    for (int i = bound; i < metres.length; i++) {
      ScalarCubeWalk.encodeOne(metres[i], rgb, 3 * i);
    }
  }

  @Override
  public void decode(byte[] rgb8, float[] metres, float @Nullable [] confidence) {
    Block block = new Block(metres, rgb8, NO_RGB, confidence);
    // The last pixel has no fourth byte to read.
    int bound = block.run(DECODE_8BIT, metres.length - 1);
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
    int bound = new Block(metres, NO_RGB8, rgb, confidence).run(DECODE_FLOAT, metres.length);
    for (int i = bound; i < metres.length; i++) {
      ScalarCubeWalk.decodeOne(rgb, i, metres, confidence);
    }
  }

  private static final byte[] NO_RGB8 = {};
  private static final float[] NO_RGB = {};

  private static final Stage[] ENCODE_8BIT = {VectorCubeWalk::steps, VectorCubeWalk::paint};

  private static final Stage[] ENCODE_FLOAT = {
    VectorCubeWalk::squeeze,
    VectorCubeWalk::channels,
    VectorCubeWalk::interleave,
    VectorCubeWalk::invalidPixels
  };

  private static final Stage[] DECODE_8BIT = {
    VectorCubeWalk::pack,
    VectorCubeWalk::keys,
    VectorCubeWalk::lookUp,
    VectorCubeWalk::confidencesOfKeys
  };

  private static final Stage[] DECODE_FLOAT = {
    VectorCubeWalk::planes,
    VectorCubeWalk::nearestOfFour,
    VectorCubeWalk::nearestOfSeven,
    VectorCubeWalk::unsqueeze,
    VectorCubeWalk::confidences,
    VectorCubeWalk::notFinitePixels
  };

  private interface Stage {
    void run(Block block);
  }

  /** Some pixels of the arrays at hand, {@code start} to {@code start + count}, and scratch. */
  private static final class Block {
    private final float[] metres;
    private final byte[] rgb8;
    private final float[] rgb;
    private final float @Nullable [] confidence;
    private final float[] red = new float[BLOCK];
    private final float[] green = new float[BLOCK];
    private final float[] blue = new float[BLOCK];
    private final float[] position = new float[BLOCK];
    private final float[] distance2 = new float[BLOCK];
    private final int[] keys = new int[BLOCK];
    private boolean exceptional;
    private int start;
    private int count;

    Block(float[] metres, byte[] rgb8, float[] rgb, float @Nullable [] confidence) {
      this.metres = metres;
      this.rgb8 = rgb8;
      this.rgb = rgb;
      this.confidence = confidence;
    }

    /** Runs the stages over all whole vectors of {@code pixels} and returns how many those hold. */
    int run(Stage[] stages, int pixels) {
      int bound = F.loopBound(Math.max(0, pixels));
      for (start = 0; start < bound; start += BLOCK) {
        count = Math.min(BLOCK, bound - start);
        for (Stage stage : stages) {
          stage.run(this);
        }
      }
      return bound;
    }
  }

  private static void steps(Block block) {
    FloatVector most = FloatVector.broadcast(F, MANY_METRES);
    IntVector invalid = IntVector.broadcast(I, INVALID_STEP);
    for (int i = 0; i < block.count; i += LANES) {
      FloatVector d = FloatVector.fromArray(F, block.metres, block.start + i);
      VectorMask<Float> valid = d.compare(VectorOperators.GE, 0);
      FloatVector x = lesser(d, most).mul(0.1f);
      FloatVector y = FloatVector.broadcast(F, 1).div(x.add(1));
      FloatVector s = x.mul(y).mul(y.add(1)).mul(STEPS).add(0.5f);
      IntVector step = (IntVector) s.convert(VectorOperators.F2I, 0);
      invalid.blend(step, valid.cast(I)).intoArray(block.keys, i);
    }
  }

  private static void paint(Block block) {
    int[] steps = block.keys;
    byte[] rgb8 = block.rgb8;
    int at = 3 * block.start;
    for (int i = 0; i < block.count; i++, at += 3) {
      INT_LE.set(rgb8, at, PACKED[steps[i]]);
    }
  }

  /** Positions from black, in place of red, and from white, in place of green. */
  private static void squeeze(Block block) {
    FloatVector most = FloatVector.broadcast(F, MANY_METRES);
    VectorMask<Float> valid = F.maskAll(true);
    for (int i = 0; i < block.count; i += LANES) {
      FloatVector d = FloatVector.fromArray(F, block.metres, block.start + i);
      valid = valid.and(d.compare(VectorOperators.GE, 0));
      FloatVector x = lesser(d, most).mul(0.1f);
      FloatVector y = FloatVector.broadcast(F, 1).div(x.add(1));
      x.mul(y).mul(y.add(1)).mul(7).intoArray(block.red, i);
      y.mul(y).mul(7).intoArray(block.green, i);
    }
    block.exceptional = !valid.allTrue();
  }

  private static void channels(Block block) {
    for (int i = 0; i < block.count; i += LANES) {
      FloatVector s = FloatVector.fromArray(F, block.red, i);
      FloatVector v = FloatVector.fromArray(F, block.green, i);
      clamp(greater(lesser(s, from(3, s)), from(2, v))).intoArray(block.red, i);
      clamp(greater(lesser(s.sub(1), from(5, s)), from(1, v))).intoArray(block.green, i);
      clamp(from(4, v)).intoArray(block.blue, i);
    }
  }

  private static void interleave(Block block) {
    for (int i = 0; i < block.count; i += LANES) {
      FloatVector r = FloatVector.fromArray(F, block.red, i).rearrange(Interleaving.RED_OUT);
      FloatVector g = FloatVector.fromArray(F, block.green, i).rearrange(Interleaving.GREEN_OUT);
      FloatVector b = FloatVector.fromArray(F, block.blue, i).rearrange(Interleaving.BLUE_OUT);
      int at = 3 * (block.start + i);
      r.blend(g, Interleaving.FIRST_GREEN)
          .blend(b, Interleaving.FIRST_BLUE)
          .intoArray(block.rgb, at);
      r.blend(g, Interleaving.SECOND_GREEN)
          .blend(b, Interleaving.SECOND_BLUE)
          .intoArray(block.rgb, at + LANES);
      r.blend(g, Interleaving.THIRD_GREEN)
          .blend(b, Interleaving.THIRD_BLUE)
          .intoArray(block.rgb, at + 2 * LANES);
    }
  }

  private static void invalidPixels(Block block) {
    if (block.exceptional) {
      for (int i = block.start; i < block.start + block.count; i++) {
        ScalarCubeWalk.encodeOne(block.metres[i], block.rgb, 3 * i);
      }
    }
  }

  private static void pack(Block block) {
    int[] keys = block.keys;
    byte[] rgb8 = block.rgb8;
    int at = 3 * block.start;
    for (int i = 0; i < block.count; i++, at += 3) {
      keys[i] = (int) INT_LE.get(rgb8, at);
    }
  }

  private static void keys(Block block) {
    IntVector full = IntVector.broadcast(I, 255);
    for (int i = 0; i < block.count; i += LANES) {
      IntVector packed = IntVector.fromArray(I, block.keys, i);
      IntVector r = packed.and(0xff);
      IntVector g = packed.lanewise(VectorOperators.LSHR, 8).and(0xff);
      IntVector b = packed.lanewise(VectorOperators.LSHR, 16).and(0xff);
      IntVector r0 = square(r);
      IntVector g0 = square(g);
      IntVector b0 = square(b);
      IntVector r1 = square(full.sub(r));
      IntVector g1 = square(full.sub(g));
      IntVector b1 = square(full.sub(b));
      IntVector up = g.add(255);
      IntVector down = from(765, r);
      g0.add(b0)
          .add(r)
          .min(r1.add(b0).add(up))
          .min(g1.add(b0).add(down))
          .min(r0.add(g1).add(b.add(765)))
          .min(r0.add(b1).add(from(1275, g)))
          .min(g0.add(b1).add(r.add(1275)))
          .min(r1.add(b1).add(up.add(1275)))
          .intoArray(block.keys, i);
    }
  }

  private static void lookUp(Block block) {
    int[] keys = block.keys;
    float[] metres = block.metres;
    int start = block.start;
    for (int i = 0; i < block.count; i++) {
      metres[start + i] = METRES[keys[i] & 0x7ff];
    }
  }

  private static void confidencesOfKeys(Block block) {
    float[] confidence = block.confidence;
    if (confidence == null) {
      return;
    }
    FloatVector zero = FloatVector.zero(F);
    for (int i = 0; i < block.count; i += LANES) {
      IntVector distance2 =
          IntVector.fromArray(I, block.keys, i).lanewise(VectorOperators.LSHR, 11);
      FloatVector distance = ((FloatVector) distance2.convert(VectorOperators.I2F, 0)).sqrt();
      greater(from(1, distance.mul(ScalarCubeWalk.LOSS_PER_LEVEL)), zero)
          .intoArray(confidence, block.start + i);
    }
  }

  /** Channels, clamped. */
  private static void planes(Block block) {
    FloatVector bad = FloatVector.zero(F);
    for (int i = 0; i < block.count; i += LANES) {
      int at = 3 * (block.start + i);
      FloatVector p = FloatVector.fromArray(F, block.rgb, at);
      FloatVector q = FloatVector.fromArray(F, block.rgb, at + LANES);
      FloatVector w = FloatVector.fromArray(F, block.rgb, at + 2 * LANES);
      FloatVector sum = p.add(q).add(w);
      // Stays 0 until something is not finite, and NaN from then on.
      bad = bad.add(sum.sub(sum));
      FloatVector r = p.blend(q, Interleaving.SECOND_RED).blend(w, Interleaving.THIRD_RED);
      FloatVector g = p.blend(q, Interleaving.SECOND_GREEN).blend(w, Interleaving.THIRD_GREEN);
      FloatVector b = p.blend(q, Interleaving.SECOND_BLUE).blend(w, Interleaving.THIRD_BLUE);
      clamp(r.rearrange(Interleaving.RED_IN)).intoArray(block.red, i);
      clamp(g.rearrange(Interleaving.GREEN_IN)).intoArray(block.green, i);
      clamp(b.rearrange(Interleaving.BLUE_IN)).intoArray(block.blue, i);
    }
    block.exceptional = !bad.compare(VectorOperators.EQ, 0).allTrue();
  }

  /** Position and squared distance on the nearest of the edges from black to cyan. */
  private static void nearestOfFour(Block block) {
    for (int i = 0; i < block.count; i += LANES) {
      FloatVector r = FloatVector.fromArray(F, block.red, i);
      FloatVector g = FloatVector.fromArray(F, block.green, i);
      FloatVector b = FloatVector.fromArray(F, block.blue, i);
      FloatVector b0 = b.mul(b);
      FloatVector g1 = square(from(1, g));
      FloatVector best = g.mul(g).add(b0);
      FloatVector s = r;

      FloatVector other = square(from(1, r)).add(b0);
      s = s.blend(g.add(1), other.compare(VectorOperators.LT, best));
      best = lesser(best, other);

      other = g1.add(b0);
      s = s.blend(from(3, r), other.compare(VectorOperators.LT, best));
      best = lesser(best, other);

      other = r.mul(r).add(g1);
      s.blend(b.add(3), other.compare(VectorOperators.LT, best)).intoArray(block.position, i);
      lesser(best, other).intoArray(block.distance2, i);
    }
  }

  /** Goes on with the edges from cyan to white. */
  private static void nearestOfSeven(Block block) {
    for (int i = 0; i < block.count; i += LANES) {
      FloatVector r = FloatVector.fromArray(F, block.red, i);
      FloatVector g = FloatVector.fromArray(F, block.green, i);
      FloatVector b1 = square(from(1, FloatVector.fromArray(F, block.blue, i)));
      FloatVector s = FloatVector.fromArray(F, block.position, i);
      FloatVector best = FloatVector.fromArray(F, block.distance2, i);

      FloatVector other = r.mul(r).add(b1);
      s = s.blend(from(5, g), other.compare(VectorOperators.LT, best));
      best = lesser(best, other);

      other = g.mul(g).add(b1);
      s = s.blend(r.add(5), other.compare(VectorOperators.LT, best));
      best = lesser(best, other);

      other = square(from(1, r)).add(b1);
      s.blend(g.add(6), other.compare(VectorOperators.LT, best)).intoArray(block.position, i);
      lesser(best, other).intoArray(block.distance2, i);
    }
  }

  private static void unsqueeze(Block block) {
    for (int i = 0; i < block.count; i += LANES) {
      FloatVector s = FloatVector.fromArray(F, block.position, i);
      FloatVector g = FloatVector.fromArray(F, block.green, i);
      FloatVector v = from(7, s).blend(from(1, g), s.compare(VectorOperators.GT, 6));
      FloatVector root = v.mul(SEVENTH).sqrt();
      s.mul(SEVENTH).mul(10).div(root.mul(root.add(1))).intoArray(block.metres, block.start + i);
    }
  }

  private static void confidences(Block block) {
    float[] confidence = block.confidence;
    if (confidence == null) {
      return;
    }
    FloatVector zero = FloatVector.zero(F);
    for (int i = 0; i < block.count; i += LANES) {
      FloatVector distance = FloatVector.fromArray(F, block.distance2, i).sqrt();
      greater(from(1, distance.mul(ScalarCubeWalk.LOSS)), zero)
          .intoArray(confidence, block.start + i);
    }
  }

  private static void notFinitePixels(Block block) {
    if (block.exceptional) {
      for (int i = block.start; i < block.start + block.count; i++) {
        ScalarCubeWalk.decodeOne(block.rgb, i, block.metres, block.confidence);
      }
    }
  }

  private static IntVector from(int base, IntVector x) {
    return IntVector.broadcast(I, base).sub(x);
  }

  private static IntVector square(IntVector x) {
    return x.mul(x).lanewise(VectorOperators.LSHL, 11);
  }

  private static FloatVector from(float base, FloatVector x) {
    return FloatVector.broadcast(F, base).sub(x);
  }

  private static FloatVector square(FloatVector x) {
    return x.mul(x);
  }

  // A float's minimum and maximum take five instructions where NaN and −0 count, an integer's one.
  // As bits, floats from 0 up are in order and all negative ones lie below; which of two negative
  // ones wins does not matter here, since clamp makes 0 of either.

  private static FloatVector lesser(FloatVector a, FloatVector b) {
    return a.reinterpretAsInts().min(b.reinterpretAsInts()).reinterpretAsFloats();
  }

  private static FloatVector greater(FloatVector a, FloatVector b) {
    return a.reinterpretAsInts().max(b.reinterpretAsInts()).reinterpretAsFloats();
  }

  /** Of numbers, not NaN. */
  private static FloatVector clamp(FloatVector x) {
    return x.reinterpretAsInts().max(0).min(ONE_BITS).reinterpretAsFloats();
  }

  /**
   * How {@code 3 LANES} interleaved values in three vectors become one vector per channel and back.
   * Lane {@code j} of vector {@code k} shows channel {@code (k LANES + j) % 3}; as LANES is no
   * multiple of 3, every channel has each lane in exactly one of the vectors, so blending the three
   * gathers a channel, out of order, and one shuffle orders it.
   *
   * <p>Constants of their own rather than arrays: the compiler keeps only those in registers.
   */
  private static final class Interleaving {
    private static final VectorMask<Float> SECOND_RED = lanes(1, 0);
    private static final VectorMask<Float> THIRD_RED = lanes(2, 0);
    private static final VectorMask<Float> FIRST_GREEN = lanes(0, 1);
    private static final VectorMask<Float> SECOND_GREEN = lanes(1, 1);
    private static final VectorMask<Float> THIRD_GREEN = lanes(2, 1);
    private static final VectorMask<Float> FIRST_BLUE = lanes(0, 2);
    private static final VectorMask<Float> SECOND_BLUE = lanes(1, 2);
    private static final VectorMask<Float> THIRD_BLUE = lanes(2, 2);
    private static final VectorShuffle<Float> RED_OUT = out(0);
    private static final VectorShuffle<Float> GREEN_OUT = out(1);
    private static final VectorShuffle<Float> BLUE_OUT = out(2);
    private static final VectorShuffle<Float> RED_IN = in(0);
    private static final VectorShuffle<Float> GREEN_IN = in(1);
    private static final VectorShuffle<Float> BLUE_IN = in(2);

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
}
