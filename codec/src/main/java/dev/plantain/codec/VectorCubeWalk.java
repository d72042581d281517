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
 */
final class VectorCubeWalk implements CubeWalkKernel {
  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
  private static final int LANES = F.length();

  /** Pixels whose intermediate integers fit the first-level cache. */
  private static final int BLOCK = 1024;

  private static final float SEVENTH = ScalarCubeWalk.SEVENTH;

  VectorCubeWalk() {}

  /** Whether vectors are wide enough for the shuffles to pay: at least 256 bits. */
  static boolean isWorthwhile() {
    return FloatVector.SPECIES_PREFERRED.length() >= 8;
  }

  @Override
  public void encode(float[] metres, byte[] rgb8) {
    int[] steps = new int[BLOCK];
    int bound = F.loopBound(metres.length);
    for (int start = 0; start < bound; start += BLOCK) {
      int end = Math.min(start + BLOCK, bound);
      for (int i = start; i < end; i += LANES) {
        stepsOf(FloatVector.fromArray(F, metres, i)).intoArray(steps, i - start);
      }
      // The last pixel of all has no fourth byte to spare.
      int quick = Math.min(end, metres.length - 1);
      for (int i = start; i < quick; i++) {
        INT_LE.set(rgb8, 3 * i, PACKED[steps[i - start]]);
      }
      if (quick < end) {
        ScalarCubeWalk.putPacked(PACKED[steps[quick - start]], rgb8, quick);
      }
    }
    for (int i = bound; i < metres.length; i++) {
      ScalarCubeWalk.putPacked(PACKED[ScalarCubeWalk.step(metres[i])], rgb8, i);
    }
  }

  private static IntVector stepsOf(FloatVector d) {
    VectorMask<Float> valid = d.compare(VectorOperators.GE, 0);
    FloatVector x = d.min(MANY_METRES).mul(0.1f);
    FloatVector y = FloatVector.broadcast(F, 1).div(x.add(1));
    FloatVector s = x.mul(y).mul(y.add(1)).mul(STEPS).add(0.5f);
    IntVector step = (IntVector) s.convert(VectorOperators.F2I, 0);
    return IntVector.broadcast(I, INVALID_STEP).blend(step, valid.cast(I));
  }

  @Override
  public void encode(float[] metres, float[] rgb) {
    int bound = F.loopBound(metres.length);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector d = FloatVector.fromArray(F, metres, i);
      FloatVector x = d.min(MANY_METRES).mul(0.1f);
      FloatVector y = FloatVector.broadcast(F, 1).div(x.add(1));
      FloatVector s = x.mul(y).mul(y.add(1)).mul(7);
      FloatVector v = y.mul(y).mul(7);
      for (int part = 0; part < 3; part++) {
        interleaved(s, v, part).intoArray(rgb, 3 * i + part * LANES);
      }
      if (!d.compare(VectorOperators.GE, 0).allTrue()) {
        for (int pixel = i; pixel < i + LANES; pixel++) {
          ScalarCubeWalk.encodeOne(metres[pixel], rgb, 3 * pixel);
        }
      }
    }
    for (int i = bound; i < metres.length; i++) {
      ScalarCubeWalk.encodeOne(metres[i], rgb, 3 * i);
    }
  }

  /** Of the {@code 3 LANES} interleaved channel values the {@code part}-th {@code LANES}. */
  private static FloatVector interleaved(FloatVector s, FloatVector v, int part) {
    FloatVector sHere = s.rearrange(Spread.PIXEL[part]);
    FloatVector vHere = v.rearrange(Spread.PIXEL[part]);
    FloatVector up = sHere.sub(Spread.UP[part]);
    FloatVector down = Spread.DOWN[part].sub(sHere);
    FloatVector upAgain = Spread.AGAIN[part].sub(vHere);
    return up.min(down).max(upAgain).max(0).min(1);
  }

  /** Which pixel and which channel each lane of the interleaved output shows. */
  private static final class Spread {
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static final VectorShuffle<Float>[] PIXEL = new VectorShuffle[3];

    /** The position from which on the channel rises: out of reach for blue, which has no first. */
    private static final FloatVector[] UP = new FloatVector[3];

    /** The position at which the channel has fallen to 0. */
    private static final FloatVector[] DOWN = new FloatVector[3];

    /** The position, counted back from white, from which on the channel rises for good. */
    private static final FloatVector[] AGAIN = new FloatVector[3];

    static {
      float[] up = {0, 1, 100};
      float[] down = {3, 5, 100};
      float[] again = {2, 1, 4};
      for (int part = 0; part < 3; part++) {
        int first = part * LANES;
        PIXEL[part] = VectorShuffle.fromOp(F, lane -> (first + lane) / 3);
        UP[part] = channels(up, first);
        DOWN[part] = channels(down, first);
        AGAIN[part] = channels(again, first);
      }
    }

    private static FloatVector channels(float[] perChannel, int first) {
      float[] lanes = new float[LANES];
      for (int lane = 0; lane < LANES; lane++) {
        lanes[lane] = perChannel[(first + lane) % 3];
      }
      return FloatVector.fromArray(F, lanes, 0);
    }
  }

  @Override
  public void decode(byte[] rgb8, float[] metres, float @Nullable [] confidence) {
    int[] keys = new int[BLOCK];
    // The last pixel has no fourth byte to read.
    int bound = I.loopBound(Math.max(0, metres.length - 1));
    for (int start = 0; start < bound; start += BLOCK) {
      int end = Math.min(start + BLOCK, bound);
      for (int i = start; i < end; i++) {
        keys[i - start] = (int) INT_LE.get(rgb8, 3 * i);
      }
      for (int i = 0; i < end - start; i += LANES) {
        keysOf(IntVector.fromArray(I, keys, i)).intoArray(keys, i);
      }
      for (int i = start; i < end; i++) {
        metres[i] = METRES[keys[i - start] & 0x7ff];
      }
      if (confidence != null) {
        for (int i = start; i < end; i += LANES) {
          confidenceOf(IntVector.fromArray(I, keys, i - start)).intoArray(confidence, i);
        }
      }
    }
    for (int i = bound; i < metres.length; i++) {
      int key = ScalarCubeWalk.key(ScalarCubeWalk.getPacked(rgb8, i));
      metres[i] = METRES[key & 0x7ff];
      if (confidence != null) {
        confidence[i] = ScalarCubeWalk.confidence(key >>> 11);
      }
    }
  }

  private static IntVector keysOf(IntVector packed) {
    IntVector r = packed.and(0xff);
    IntVector g = packed.lanewise(VectorOperators.LSHR, 8).and(0xff);
    IntVector b = packed.lanewise(VectorOperators.LSHR, 16).and(0xff);
    IntVector r0 = square(r);
    IntVector g0 = square(g);
    IntVector b0 = square(b);
    IntVector r1 = square(IntVector.broadcast(I, 255).sub(r));
    IntVector g1 = square(IntVector.broadcast(I, 255).sub(g));
    IntVector b1 = square(IntVector.broadcast(I, 255).sub(b));
    return g0.add(b0)
        .add(r)
        .min(r1.add(b0).add(g.add(255)))
        .min(g1.add(b0).add(IntVector.broadcast(I, 765).sub(r)))
        .min(r0.add(g1).add(b.add(765)))
        .min(r0.add(b1).add(IntVector.broadcast(I, 1275).sub(g)))
        .min(g0.add(b1).add(r.add(1275)))
        .min(r1.add(b1).add(g.add(1530)));
  }

  private static IntVector square(IntVector x) {
    return x.mul(x).lanewise(VectorOperators.LSHL, 11);
  }

  private static FloatVector confidenceOf(IntVector keys) {
    IntVector distance2 = keys.lanewise(VectorOperators.LSHR, 11);
    FloatVector distance = ((FloatVector) distance2.convert(VectorOperators.I2F, 0)).sqrt();
    return FloatVector.broadcast(F, 1).sub(distance.mul(ScalarCubeWalk.LOSS_PER_LEVEL)).max(0);
  }

  @Override
  public void decode(float[] rgb, float[] metres, float @Nullable [] confidence) {
    int bound = F.loopBound(metres.length);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector p = FloatVector.fromArray(F, rgb, 3 * i);
      FloatVector q = FloatVector.fromArray(F, rgb, 3 * i + LANES);
      FloatVector w = FloatVector.fromArray(F, rgb, 3 * i + 2 * LANES);
      decode(
          gathered(p, q, w, 0), gathered(p, q, w, 1), gathered(p, q, w, 2), i, metres, confidence);
    }
    for (int i = bound; i < metres.length; i++) {
      ScalarCubeWalk.decodeOne(rgb, i, metres, confidence);
    }
  }

  private static FloatVector gathered(FloatVector p, FloatVector q, FloatVector w, int channel) {
    return p.rearrange(Gather.LANE[channel])
        .blend(q.rearrange(Gather.LANE[channel]), Gather.IN_SECOND[channel])
        .blend(w.rearrange(Gather.LANE[channel]), Gather.IN_THIRD[channel]);
  }

  /** Where in three vectors of interleaved values the values of a channel are. */
  private static final class Gather {
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static final VectorShuffle<Float>[] LANE = new VectorShuffle[3];

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static final VectorMask<Float>[] IN_SECOND = new VectorMask[3];

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static final VectorMask<Float>[] IN_THIRD = new VectorMask[3];

    static {
      for (int channel = 0; channel < 3; channel++) {
        int offset = channel;
        LANE[channel] = VectorShuffle.fromOp(F, lane -> (3 * lane + offset) % LANES);
        boolean[] second = new boolean[LANES];
        boolean[] third = new boolean[LANES];
        for (int lane = 0; lane < LANES; lane++) {
          second[lane] = (3 * lane + channel) / LANES == 1;
          third[lane] = (3 * lane + channel) / LANES == 2;
        }
        IN_SECOND[channel] = VectorMask.fromArray(F, second, 0);
        IN_THIRD[channel] = VectorMask.fromArray(F, third, 0);
      }
    }
  }

  private static void decode(
      FloatVector red,
      FloatVector green,
      FloatVector blue,
      int at,
      float[] metres,
      float @Nullable [] confidence) {
    FloatVector one = FloatVector.broadcast(F, 1);
    FloatVector r = clamp(red);
    FloatVector g = clamp(green);
    FloatVector b = clamp(blue);
    FloatVector r0 = r.mul(r);
    FloatVector g0 = g.mul(g);
    FloatVector b0 = b.mul(b);
    FloatVector r1 = square(one.sub(r));
    FloatVector g1 = square(one.sub(g));
    FloatVector b1 = square(one.sub(b));
    FloatVector best = g0.add(b0);
    FloatVector s = r;
    FloatVector v = from(7, r);

    FloatVector other = r1.add(b0);
    VectorMask<Float> nearer = other.compare(VectorOperators.LT, best);
    best = best.blend(other, nearer);
    s = s.blend(g.add(1), nearer);
    v = v.blend(from(6, g), nearer);

    other = g1.add(b0);
    nearer = other.compare(VectorOperators.LT, best);
    best = best.blend(other, nearer);
    s = s.blend(from(3, r), nearer);
    v = v.blend(r.add(4), nearer);

    other = r0.add(g1);
    nearer = other.compare(VectorOperators.LT, best);
    best = best.blend(other, nearer);
    s = s.blend(b.add(3), nearer);
    v = v.blend(from(4, b), nearer);

    other = r0.add(b1);
    nearer = other.compare(VectorOperators.LT, best);
    best = best.blend(other, nearer);
    s = s.blend(from(5, g), nearer);
    v = v.blend(g.add(2), nearer);

    other = g0.add(b1);
    nearer = other.compare(VectorOperators.LT, best);
    best = best.blend(other, nearer);
    s = s.blend(r.add(5), nearer);
    v = v.blend(from(2, r), nearer);

    other = r1.add(b1);
    nearer = other.compare(VectorOperators.LT, best);
    best = best.blend(other, nearer);
    s = s.blend(g.add(6), nearer);
    v = v.blend(from(1, g), nearer);

    FloatVector root = v.mul(SEVENTH).sqrt();
    FloatVector depth = s.mul(SEVENTH).mul(10).div(root.mul(root.add(1)));
    VectorMask<Float> invalid =
        red.test(VectorOperators.IS_NAN)
            .or(green.test(VectorOperators.IS_NAN))
            .or(blue.test(VectorOperators.IS_NAN));
    depth.blend(Float.NaN, invalid).intoArray(metres, at);
    if (confidence != null) {
      one.sub(best.sqrt().mul(ScalarCubeWalk.LOSS))
          .max(0)
          .blend(0, invalid)
          .intoArray(confidence, at);
    }
  }

  private static FloatVector from(float base, FloatVector x) {
    return FloatVector.broadcast(F, base).sub(x);
  }

  private static FloatVector square(FloatVector x) {
    return x.mul(x);
  }

  /** As {@link ScalarCubeWalk}: NaN becomes 0. */
  private static FloatVector clamp(FloatVector x) {
    FloatVector zero = FloatVector.zero(F);
    FloatVector positive = zero.blend(x, x.compare(VectorOperators.GT, 0));
    return FloatVector.broadcast(F, 1).blend(positive, positive.compare(VectorOperators.LT, 1));
  }
}
