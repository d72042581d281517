package dev.plantain.eval.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether confidences are what they say: of all pixels with a confidence about c, a share of c
 * should be right. The expected calibration error is the mean distance of both over the bins,
 * weighed by their pixels (Naeini et al., 2015; Guo et al., "On Calibration of Modern Neural
 * Networks", 2017).
 */
public final class Reliability {
  private static final int BINS = 10;

  private final double[] confidence = new double[BINS];
  private final long[] right = new long[BINS];
  private final long[] count = new long[BINS];

  /**
   * One bin.
   *
   * @param from confidence, inclusive
   * @param to exclusive, but for the last
   * @param count of pixels
   * @param confidence mean of them
   * @param accuracy share of them that are right
   */
  public record Bin(double from, double to, long count, double confidence, double accuracy) {}

  /**
   * Adds a pixel.
   *
   * @param sure its confidence in [0, 1]
   */
  public void add(double sure, boolean isRight) {
    int bin = Math.clamp((int) (sure * BINS), 0, BINS - 1);
    confidence[bin] += sure;
    right[bin] += isRight ? 1 : 0;
    count[bin]++;
  }

  /** The bins that have pixels. */
  public List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      if (count[b] > 0) {
        bins.add(
            new Bin(
                (double) b / BINS,
                (b + 1.0) / BINS,
                count[b],
                confidence[b] / count[b],
                (double) right[b] / count[b]));
      }
    }
    return bins;
  }

  /** Expected calibration error; NaN of no pixels. */
  public double expectedError() {
    double sum = 0;
    long n = 0;
    for (int b = 0; b < BINS; b++) {
      sum += Math.abs(confidence[b] - right[b]);
      n += count[b];
    }
    return n == 0 ? Double.NaN : sum / n;
  }
}
