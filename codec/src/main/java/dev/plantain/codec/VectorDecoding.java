package dev.plantain.codec;

import static dev.plantain.codec.VectorOps.F;
import static dev.plantain.codec.VectorOps.I;
import static dev.plantain.codec.VectorOps.LANES;
import static dev.plantain.codec.VectorOps.clamp;
import static dev.plantain.codec.VectorOps.greater;
import static dev.plantain.codec.VectorOps.lesser;
import static dev.plantain.codec.VectorOps.square;
import static dev.plantain.codec.VectorOps.subtractFrom;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** The stages that read colours as metres and confidences; see {@link VectorCubeWalk}. */
final class VectorDecoding {
  static final VectorBlock.Stage[] FROM_8_BITS = {
    VectorDecoding::pack,
    VectorDecoding::keys,
    VectorDecoding::lookUp,
    VectorDecoding::confidencesOfKeys
  };

  static final VectorBlock.Stage[] FROM_FLOATS = {
    VectorDecoding::planes,
    VectorDecoding::nearestOfFour,
    VectorDecoding::nearestOfSeven,
    VectorDecoding::unsqueeze,
    VectorDecoding::confidences,
    VectorDecoding::notFinitePixels
  };

  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final float SEVENTH = ScalarCubeWalk.SEVENTH;

  private VectorDecoding() {}

  private static void pack(VectorBlock block) {
    int[] keys = block.keys;
    byte[] rgb8 = block.rgb8;
    int at = 3 * block.start;
    for (int i = 0; i < block.count; i++, at += 3) {
      keys[i] = (int) INT_LE.get(rgb8, at);
    }
  }

  private static void keys(VectorBlock block) {
    IntVector full = IntVector.broadcast(I, 255);
    for (int i = 0; i < block.count; i += LANES) {
      IntVector packed = IntVector.fromArray(I, block.keys, i);
      IntVector r = packed.and(0xff);
      IntVector g = packed.lanewise(VectorOperators.LSHR, 8).and(0xff);
      IntVector b = packed.lanewise(VectorOperators.LSHR, 16).and(0xff);
      IntVector r0 = square2048(r);
      IntVector g0 = square2048(g);
      IntVector b0 = square2048(b);
      IntVector r1 = square2048(full.sub(r));
      IntVector g1 = square2048(full.sub(g));
      IntVector b1 = square2048(full.sub(b));
      IntVector up = g.add(255);
      IntVector down = subtractFrom(765, r);
      g0.add(b0)
          .add(r)
          .min(r1.add(b0).add(up))
          .min(g1.add(b0).add(down))
          .min(r0.add(g1).add(b.add(765)))
          .min(r0.add(b1).add(subtractFrom(1275, g)))
          .min(g0.add(b1).add(r.add(1275)))
          .min(r1.add(b1).add(up.add(1275)))
          .intoArray(block.keys, i);
    }
  }

  private static void lookUp(VectorBlock block) {
    int[] keys = block.keys;
    float[] metres = block.metres;
    int start = block.start;
    for (int i = 0; i < block.count; i++) {
      metres[start + i] = CubeWalkKernel.METRES[keys[i] & 0x7ff];
    }
  }

  private static void confidencesOfKeys(VectorBlock block) {
    float[] confidence = block.confidence;
    if (confidence == null) {
      return;
    }
    FloatVector zero = FloatVector.zero(F);
    for (int i = 0; i < block.count; i += LANES) {
      IntVector distance2 =
          IntVector.fromArray(I, block.keys, i).lanewise(VectorOperators.LSHR, 11);
      FloatVector distance = ((FloatVector) distance2.convert(VectorOperators.I2F, 0)).sqrt();
      greater(subtractFrom(1, distance.mul(ScalarCubeWalk.LOSS_PER_LEVEL)), zero)
          .intoArray(confidence, block.start + i);
    }
  }

  /** Channels, clamped. */
  private static void planes(VectorBlock block) {
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
  private static void nearestOfFour(VectorBlock block) {
    for (int i = 0; i < block.count; i += LANES) {
      FloatVector r = FloatVector.fromArray(F, block.red, i);
      FloatVector g = FloatVector.fromArray(F, block.green, i);
      FloatVector b = FloatVector.fromArray(F, block.blue, i);
      FloatVector b0 = b.mul(b);
      FloatVector g1 = square(subtractFrom(1, g));
      FloatVector best = g.mul(g).add(b0);
      FloatVector s = r;

      FloatVector other = square(subtractFrom(1, r)).add(b0);
      s = s.blend(g.add(1), other.compare(VectorOperators.LT, best));
      best = lesser(best, other);

      other = g1.add(b0);
      s = s.blend(subtractFrom(3, r), other.compare(VectorOperators.LT, best));
      best = lesser(best, other);

      other = r.mul(r).add(g1);
      s.blend(b.add(3), other.compare(VectorOperators.LT, best)).intoArray(block.position, i);
      lesser(best, other).intoArray(block.distance2, i);
    }
  }

  /** Goes on with the edges from cyan to white. */
  private static void nearestOfSeven(VectorBlock block) {
    for (int i = 0; i < block.count; i += LANES) {
      FloatVector r = FloatVector.fromArray(F, block.red, i);
      FloatVector g = FloatVector.fromArray(F, block.green, i);
      FloatVector b1 = square(subtractFrom(1, FloatVector.fromArray(F, block.blue, i)));
      FloatVector s = FloatVector.fromArray(F, block.position, i);
      FloatVector best = FloatVector.fromArray(F, block.distance2, i);

      FloatVector other = r.mul(r).add(b1);
      s = s.blend(subtractFrom(5, g), other.compare(VectorOperators.LT, best));
      best = lesser(best, other);

      other = g.mul(g).add(b1);
      s = s.blend(r.add(5), other.compare(VectorOperators.LT, best));
      best = lesser(best, other);

      other = square(subtractFrom(1, r)).add(b1);
      s.blend(g.add(6), other.compare(VectorOperators.LT, best)).intoArray(block.position, i);
      lesser(best, other).intoArray(block.distance2, i);
    }
  }

  private static void unsqueeze(VectorBlock block) {
    for (int i = 0; i < block.count; i += LANES) {
      FloatVector s = FloatVector.fromArray(F, block.position, i);
      FloatVector g = FloatVector.fromArray(F, block.green, i);
      FloatVector v =
          subtractFrom(7, s).blend(subtractFrom(1, g), s.compare(VectorOperators.GT, 6));
      FloatVector root = v.mul(SEVENTH).sqrt();
      s.mul(SEVENTH).mul(10).div(root.mul(root.add(1))).intoArray(block.metres, block.start + i);
    }
  }

  private static void confidences(VectorBlock block) {
    float[] confidence = block.confidence;
    if (confidence == null) {
      return;
    }
    FloatVector zero = FloatVector.zero(F);
    for (int i = 0; i < block.count; i += LANES) {
      FloatVector distance = FloatVector.fromArray(F, block.distance2, i).sqrt();
      greater(subtractFrom(1, distance.mul(ScalarCubeWalk.LOSS)), zero)
          .intoArray(confidence, block.start + i);
    }
  }

  private static void notFinitePixels(VectorBlock block) {
    if (block.exceptional) {
      for (int i = block.start; i < block.start + block.count; i++) {
        ScalarCubeWalk.decodeOne(block.rgb, i, block.metres, block.confidence);
      }
    }
  }

  /** Times 2,048, as {@link ScalarCubeWalk#key} has it. */
  private static IntVector square2048(IntVector x) {
    return x.mul(x).lanewise(VectorOperators.LSHL, 11);
  }
}
