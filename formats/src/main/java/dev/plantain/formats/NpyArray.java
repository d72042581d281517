package dev.plantain.formats;

import java.util.Arrays;

/**
 * A NumPy array, row-major.
 *
 * <p>Values are kept in the Java array type that holds them: {@code float[]}, {@code double[]},
 * {@code byte[]} (int8, uint8 and bool), {@code short[]} (int16, uint16), {@code int[]} (int32,
 * uint32) or {@code long[]} (int64, uint64). Unsigned values keep their bits.
 */
public final class NpyArray {
  private final String descr;
  private final int[] shape;
  private final Object values;

  NpyArray(String descr, int[] shape, Object values) {
    this.descr = descr;
    this.shape = shape;
    this.values = values;
  }

  /** NumPy's name of the type without byte order: {@code f4}, {@code u1}, {@code b1}. */
  public String type() {
    return descr;
  }

  /** A copy of the lengths of the axes, slowest first. */
  public int[] shape() {
    return shape.clone();
  }

  /** Number of values. */
  public int size() {
    return java.lang.reflect.Array.getLength(values);
  }

  /** A copy as floats, whatever the type; unsigned values count as such. */
  public float[] toFloats() {
    float[] floats = new float[size()];
    boolean unsigned = descr.charAt(0) == 'u';
    for (int i = 0; i < floats.length; i++) {
      floats[i] =
          switch (values) {
            case float[] v -> v[i];
            case double[] v -> (float) v[i];
            case byte[] v -> unsigned ? v[i] & 0xFF : v[i];
            case short[] v -> unsigned ? v[i] & 0xFFFF : v[i];
            case int[] v -> unsigned ? v[i] & 0xFFFFFFFFL : v[i];
            case long[] v -> v[i];
            default -> throw new AssertionError(descr);
          };
    }
    return floats;
  }

  /**
   * A copy as integers.
   *
   * @throws IllegalArgumentException if the type is none, or a value does not fit
   */
  public int[] toInts() {
    int[] ints = new int[size()];
    boolean unsigned = descr.charAt(0) == 'u';
    for (int i = 0; i < ints.length; i++) {
      ints[i] =
          switch (values) {
            case byte[] v -> unsigned ? v[i] & 0xFF : v[i];
            case short[] v -> unsigned ? v[i] & 0xFFFF : v[i];
            case int[] v -> {
              if (unsigned && v[i] < 0) {
                throw tooLarge();
              }
              yield v[i];
            }
            case long[] v -> {
              if (v[i] != (int) v[i]) {
                throw tooLarge();
              }
              yield (int) v[i];
            }
            default ->
                throw new IllegalArgumentException("an array of " + descr + " has no integers");
          };
    }
    return ints;
  }

  private IllegalArgumentException tooLarge() {
    return new IllegalArgumentException("a value of type %s is no 32-bit integer".formatted(descr));
  }

  @Override
  public String toString() {
    return "NpyArray[%s %s]".formatted(descr, Arrays.toString(shape));
  }
}
