package dev.plantain.diorama;

import java.util.List;

/**
 * A small seedable generator of random numbers: SplitMix64 (Steele, Lea, Flood 2014). Own code
 * because its numbers must follow from the seed on any JDK; the last bit of what is worked out with
 * them may still be the platform's, see {@link Math}.
 */
final class Rng {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private long state;

  Rng(long seed) {
    state = mix(seed);
  }

  /** An independent stream that does not advance this one. */
  Rng fork(long purpose) {
    return new Rng(state ^ mix(purpose * GOLDEN + 1));
  }

  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A number in [0, 1) that is a pure function of {@code key}. */
  static float hash01(long key) {
    return (mix(key * GOLDEN + 0x632BE59BD9B4E019L) >>> 40) * 0x1p-24f;
  }

  long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /** In [0, 1). */
  float nextFloat() {
    return (nextLong() >>> 40) * 0x1p-24f;
  }

  /** In [0, 1). */
  double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  int nextInt(int bound) {
    return (int) (nextDouble() * bound);
  }

  /** Both ends included. */
  int between(int low, int high) {
    return low + nextInt(high - low + 1);
  }

  double range(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  float rangeF(double low, double high) {
    return (float) range(low, high);
  }

  boolean chance(double probability) {
    return nextDouble() < probability;
  }

  double gaussian() {
    double u = 1 - nextDouble();
    return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  <T> T pick(List<T> choices) {
    return choices.get(nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T pickOf(T... choices) {
    return choices[nextInt(choices.length)];
  }

  <T> void shuffle(List<T> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      T swap = list.get(i);
      list.set(i, list.get(j));
      list.set(j, swap);
    }
  }
}
