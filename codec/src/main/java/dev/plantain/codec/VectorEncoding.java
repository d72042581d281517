package dev.plantain.codec;

import static dev.plantain.codec.VectorOps.F;
import static dev.plantain.codec.VectorOps.I;
import static dev.plantain.codec.VectorOps.LANES;
import static dev.plantain.codec.VectorOps.clamp;
import static dev.plantain.codec.VectorOps.greater;
import static dev.plantain.codec.VectorOps.lesser;
import static dev.plantain.codec.VectorOps.subtractFrom;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The stages that turn metres into colours; see {@link VectorCubeWalk}. */
final class VectorEncoding {
  static final VectorBlock.Stage[] TO_8_BITS = {VectorEncoding::steps, VectorEncoding::paint};

  static final VectorBlock.Stage[] TO_FLOATS = {
    VectorEncoding::squeeze,
    VectorEncoding::channels,
    VectorEncoding::interleave,
    VectorEncoding::invalidPixels
  };

  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private VectorEncoding() {}

  private static void steps(VectorBlock block) {
    FloatVector most = FloatVector.broadcast(F, CubeWalkKernel.MANY_METRES);
    IntVector invalid = IntVector.broadcast(I, CubeWalkKernel.INVALID_STEP);
    for (int i = 0; i < block.count; i += LANES) {
      FloatVector d = FloatVector.fromArray(F, block.metres, block.start + i);
      VectorMask<Float> valid = d.compare(VectorOperators.GE, 0);
      FloatVector x = lesser(d, most).mul(0.1f);
      FloatVector y = FloatVector.broadcast(F, 1).div(x.add(1));
      FloatVector s = x.mul(y).mul(y.add(1)).mul(CubeWalkKernel.STEPS).add(0.5f);
      IntVector step = (IntVector) s.convert(VectorOperators.F2I, 0);
      invalid.blend(step, valid.cast(I)).intoArray(block.keys, i);
    }
  }

  private static void paint(VectorBlock block) {
    int[] steps = block.keys;
    byte[] rgb8 = block.rgb8;
    int at = 3 * block.start;
    for (int i = 0; i < block.count; i++, at += 3) {
      INT_LE.set(rgb8, at, CubeWalkKernel.PACKED[steps[i]]);
    }
  }

  /** Positions from black, in place of red, and from white, in place of green. */
  private static void squeeze(VectorBlock block) {
    FloatVector most = FloatVector.broadcast(F, CubeWalkKernel.MANY_METRES);
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

  private static void channels(VectorBlock block) {
    for (int i = 0; i < block.count; i += LANES) {
      FloatVector s = FloatVector.fromArray(F, block.red, i);
      FloatVector v = FloatVector.fromArray(F, block.green, i);
      clamp(greater(lesser(s, subtractFrom(3, s)), subtractFrom(2, v))).intoArray(block.red, i);
      clamp(greater(lesser(s.sub(1), subtractFrom(5, s)), subtractFrom(1, v)))
          .intoArray(block.green, i);
      clamp(subtractFrom(4, v)).intoArray(block.blue, i);
    }
  }

  private static void interleave(VectorBlock block) {
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

  private static void invalidPixels(VectorBlock block) {
    if (block.exceptional) {
      for (int i = block.start; i < block.start + block.count; i++) {
        ScalarCubeWalk.encodeOne(block.metres[i], block.rgb, 3 * i);
      }
    }
  }
}
