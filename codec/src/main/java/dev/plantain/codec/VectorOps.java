package dev.plantain.codec;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** The width of vectors of {@link VectorCubeWalk}, and the arithmetic its loops share. */
final class VectorOps {
  // Wider than 256 bits gains nothing: the loops wait for memory.
  private static final boolean WIDE = FloatVector.SPECIES_PREFERRED.length() >= 8;
  static final VectorSpecies<Float> F = WIDE ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
  static final VectorSpecies<Integer> I = WIDE ? IntVector.SPECIES_256 : IntVector.SPECIES_128;
  static final int LANES = F.length();

  private static final int ONE_BITS = Float.floatToRawIntBits(1);

  private VectorOps() {}

  static IntVector subtractFrom(int base, IntVector x) {
    return IntVector.broadcast(I, base).sub(x);
  }

  static FloatVector subtractFrom(float base, FloatVector x) {
    return FloatVector.broadcast(F, base).sub(x);
  }

  static FloatVector square(FloatVector x) {
    return x.mul(x);
  }

  // A float's minimum and maximum take five instructions where NaN and −0 count, an integer's one.
  // As bits, floats from 0 up are in order and all negative ones lie below; which of two negative
  // ones wins does not matter here, since clamp makes 0 of either.

  static FloatVector lesser(FloatVector a, FloatVector b) {
    return a.reinterpretAsInts().min(b.reinterpretAsInts()).reinterpretAsFloats();
  }

  static FloatVector greater(FloatVector a, FloatVector b) {
    return a.reinterpretAsInts().max(b.reinterpretAsInts()).reinterpretAsFloats();
  }

  /** Of numbers, not NaN. */
  static FloatVector clamp(FloatVector x) {
    return x.reinterpretAsInts().max(0).min(ONE_BITS).reinterpretAsFloats();
  }
}
