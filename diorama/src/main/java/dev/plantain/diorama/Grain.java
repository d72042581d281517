package dev.plantain.diorama;

/**
 * The noise of one exposure, in standard deviations; a picture and its edits share it. For one
 * thread.
 */
final class Grain {
  private final long seed;
  private double[] values = new double[0];

  Grain(long seed) {
    this.seed = seed;
  }

  /** About a normal distribution, by four uniform numbers each; the first {@code count} values. */
  double[] values(int count) {
    if (values.length < count) {
      values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] =
            Rng.hash01(seed + 4L * i)
                + Rng.hash01(seed + 4L * i + 1)
                + Rng.hash01(seed + 4L * i + 2)
                + Rng.hash01(seed + 4L * i + 3)
                - 2;
      }
    }
    return values;
  }
}
