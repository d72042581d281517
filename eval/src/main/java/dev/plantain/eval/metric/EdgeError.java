package dev.plantain.eval.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Edge detection as on BSDS500: predicted and true edge pixels are matched one to one within 0.0075
 * of the image's diagonal, each annotator apart; recall counts matched truth of all annotators,
 * precision predicted pixels that match any. ODS is the best F of one threshold for the whole set,
 * OIS that of the best threshold of each image, AP the area under precision over recall.
 */
public final class EdgeError {
  /** Largest distance of a match as a share of the diagonal. */
  public static final double REACH = 0.0075;

  /** Counts of one image at one threshold. */
  private record Counts(int matchedTruth, int truth, int matchedPredicted, int predicted) {}

  private final int thresholds;
  private final List<Counts[]> images = new ArrayList<>();

  /**
   * @param thresholds how many, evenly within 0…1; 99 is the benchmark's
   */
  public EdgeError(int thresholds) {
    this.thresholds = thresholds;
  }

  /**
   * Adds an image.
   *
   * @param thin probabilities of thin lines, {@code width * height}; 0 off the lines
   * @param annotators true edge pixels by annotator
   */
  public void add(float[] thin, List<boolean[]> annotators, int width, int height) {
    double reach = REACH * Math.hypot(width, height);
    Counts[] counts = new Counts[thresholds];
    for (int k = 0; k < thresholds; k++) {
      double limit = (k + 1.0) / (thresholds + 1);
      boolean[] predicted = new boolean[thin.length];
      int n = 0;
      for (int i = 0; i < thin.length; i++) {
        predicted[i] = thin[i] >= limit;
        n += predicted[i] ? 1 : 0;
      }
      boolean[] any = new boolean[thin.length];
      int matched = 0;
      int truth = 0;
      for (boolean[] annotator : annotators) {
        matched += EdgeMatching.match(predicted, annotator, width, height, reach, any);
        truth += (int) IntStream.range(0, annotator.length).filter(i -> annotator[i]).count();
      }
      int matchedPredicted = (int) IntStream.range(0, any.length).filter(i -> any[i]).count();
      counts[k] = new Counts(matched, truth, matchedPredicted, n);
    }
    images.add(counts);
  }

  public List<Figure> figures() {
    int n = images.size();
    return List.of(
        Figure.of(new Resampled("edges.ods", n, this::ods)),
        Figure.of(new Resampled("edges.ois", n, this::ois)),
        Figure.of(new Resampled("edges.ap", n, this::ap)));
  }

  private double[] pooled(int[] chosen, int k) {
    double[] sum = new double[4];
    for (int i : chosen) {
      add(sum, images.get(i)[k]);
    }
    return sum;
  }

  private static void add(double[] sum, Counts c) {
    sum[0] += c.matchedTruth;
    sum[1] += c.truth;
    sum[2] += c.matchedPredicted;
    sum[3] += c.predicted;
  }

  private static double recall(double[] c) {
    return c[1] == 0 ? 0 : c[0] / c[1];
  }

  private static double precision(double[] c) {
    return c[3] == 0 ? 0 : c[2] / c[3];
  }

  private static double f(double recall, double precision) {
    return recall + precision == 0 ? 0 : 2 * recall * precision / (recall + precision);
  }

  /** Best F between neighbouring thresholds, recall and precision interpolated in 100 steps. */
  private double ods(int[] chosen) {
    double best = 0;
    double[] last = null;
    for (int k = 0; k < thresholds; k++) {
      double[] now = pooled(chosen, k);
      double[] from = last == null ? now : last;
      for (int s = 0; s <= 100; s++) {
        double share = s / 100.0;
        double r = recall(from) + share * (recall(now) - recall(from));
        double p = precision(from) + share * (precision(now) - precision(from));
        best = Math.max(best, f(r, p));
      }
      last = now;
    }
    return best;
  }

  private double ois(int[] chosen) {
    double[] sum = new double[4];
    for (int i : chosen) {
      Counts best = images.get(i)[0];
      double bestF = -1;
      for (Counts c : images.get(i)) {
        double[] one = new double[4];
        add(one, c);
        double value = f(recall(one), precision(one));
        if (value > bestF) {
          bestF = value;
          best = c;
        }
      }
      add(sum, best);
    }
    return f(recall(sum), precision(sum));
  }

  /** Precision interpolated at recalls 0, 0.01 … 1, none beyond the measured ones. */
  private double ap(int[] chosen) {
    double[] r = new double[thresholds];
    double[] p = new double[thresholds];
    for (int k = 0; k < thresholds; k++) {
      double[] c = pooled(chosen, thresholds - 1 - k);
      r[k] = recall(c);
      p[k] = precision(c);
    }
    double sum = 0;
    for (int step = 0; step <= 100; step++) {
      double at = step / 100.0;
      for (int k = 1; k < thresholds; k++) {
        if (r[k - 1] <= at && at <= r[k] && r[k] > r[k - 1]) {
          sum += p[k - 1] + (at - r[k - 1]) / (r[k] - r[k - 1]) * (p[k] - p[k - 1]);
          break;
        }
      }
    }
    return sum / 100;
  }
}
