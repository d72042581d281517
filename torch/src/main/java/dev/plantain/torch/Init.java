package dev.plantain.torch;

/**
 * How a new parameter begins.
 *
 * @param mean of the normal distribution
 * @param deviation of the normal distribution; 0 for a constant
 */
public record Init(double mean, double deviation) {
  public static final Init ZERO = new Init(0, 0);
  public static final Init ONE = new Init(1, 0);

  /** Keeps the variance of {@code fanIn} summed inputs. */
  public static Init fanIn(long fanIn) {
    return new Init(0, 1 / Math.sqrt((double) fanIn));
  }

  public static Init normal(double deviation) {
    return new Init(0, deviation);
  }
}
