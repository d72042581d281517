package dev.plantain.eval.metric;

import java.util.Arrays;

/** Per-sample numbers, growing. */
final class Samples {
  private double[] values = new double[64];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  double[] all() {
    return Arrays.copyOf(values, size);
  }

  int size() {
    return size;
  }
}
