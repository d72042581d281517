package dev.plantain.eval.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Edge detection as on BSDS500: predicted and true edge pixels are matched one to one within 0.0075
 * of the image's diagonal, each annotator apart; recall counts matched truth of all annotators,
 * precision predicted pixels that match any. ODS is the best F of one threshold for the whole set,
 * OIS that of the best threshold of each image, AP the area under precision over recall.
 */
public final class EdgeError {
  /** Largest distance of a match as a share of the diagonal. */
  public static final double REACH = 0.0075;

  /** The benchmark's thresholds: 0.01, 0.02 … 0.99. */
  public static final int THRESHOLDS = 99;

  /**
   * One image's counts.
   *
   * @param counts by threshold: matched truth, truth, matched answer, answer; truth of all
   *     annotators
   */
  public record Tally(int[][] counts) implements dev.plantain.eval.metric.Tally {

    /** F at the best threshold. */
    @Override
    public double goodness() {
      double best = 0;
      for (int[] c : counts) {
        best = Math.max(best, f(recall(sum(c)), precision(sum(c))));
      }
      return best;
    }

    private static double[] sum(int[] counts) {
      double[] sum = new double[4];
      EdgeError.add(sum, counts);
      return sum;
    }
  }

  private final int thresholds;
  private final List<Tally> images = new ArrayList<>();

  /**
   * @param thresholds how many, evenly within 0…1; {@link #THRESHOLDS} is the benchmark's
   */
  public EdgeError(int thresholds) {
    this.thresholds = thresholds;
  }

  /**
   * Adds an image.
   *
   * @param probability of an edge in each pixel, {@code width * height}
   * @param annotators true edge pixels by annotator
   */
  public void add(float[] probability, List<boolean[]> annotators, int width, int height) {
    add(tally(probability, annotators, width, height, thresholds));
  }

  /** Adds an image counted before, with as many thresholds. */
  public void add(Tally tally) {
    if (tally.counts.length != thresholds) {
      throw new IllegalArgumentException(
          "edges were counted at %d thresholds, not at %d"
              .formatted(tally.counts.length, thresholds));
    }
    images.add(tally);
  }

  /** Counts one image; what is above a threshold is thinned before it is matched. */
  public static Tally tally(
      float[] probability, List<boolean[]> annotators, int width, int height, int thresholds) {
    double reach = REACH * Math.hypot(width, height);
    int truth = 0;
    for (boolean[] annotator : annotators) {
      truth += count(annotator);
    }
    int[][] counts = new int[thresholds][];
    int before = -1;
    for (int k = 0; k < thresholds; k++) {
      double limit = (k + 1.0) / (thresholds + 1);
      boolean[] predicted = new boolean[probability.length];
      for (int i = 0; i < predicted.length; i++) {
        predicted[i] = probability[i] >= limit;
      }
      int above = count(predicted);
      if (above == before) {
        counts[k] = counts[k - 1]; // the same pixels
        continue;
      }
      before = above;
      Thinning.thin(predicted, width, height);
      boolean[] any = new boolean[predicted.length];
      int matched = 0;
      for (boolean[] annotator : annotators) {
        matched += EdgeMatching.match(predicted, annotator, width, height, reach, any);
      }
      counts[k] = new int[] {matched, truth, count(any), count(predicted)};
    }
    return new Tally(counts);
  }

  private static int count(boolean[] set) {
    int n = 0;
    for (boolean s : set) {
      n += s ? 1 : 0;
    }
    return n;
  }

  public List<Figure> figures() {
    int n = images.size();
    return List.of(
        Figure.of(resampled().getFirst()),
        Figure.of(new Resampled("edges.ois", n, this::ois)),
        Figure.of(new Resampled("edges.ap", n, this::ap)));
  }

  /** The headline figure, in a form that can be compared pair by pair. */
  public List<Resampled> resampled() {
    return List.of(new Resampled("edges.ods", images.size(), this::ods));
  }

  private double[] pooled(int[] chosen, int k) {
    double[] sum = new double[4];
    for (int i : chosen) {
      add(sum, images.get(i).counts[k]);
    }
    return sum;
  }

  private static void add(double[] sum, int[] counts) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += counts[j];
    }
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
      int[] best = images.get(i).counts[0];
      double bestF = -1;
      for (int[] c : images.get(i).counts) {
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
