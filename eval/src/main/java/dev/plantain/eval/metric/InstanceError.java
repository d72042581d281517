package dev.plantain.eval.metric;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * pmF1 of instance masks, as the SA-Co evaluator defines it: in each image one assignment of
 * greatest total IoU; at IoU thresholds 0.50, 0.55 … 0.95 the counts are pooled over images where
 * something is; pmF1 is the mean F1 over the thresholds.
 */
public final class InstanceError {
  private static final int THRESHOLDS = 10;
  private static final double EPSILON = 1e-4;

  /** Matches at each threshold, predictions and truths of one image. */
  private record Counts(int[] matched, int predicted, int actual) {}

  private final List<Counts> images = new ArrayList<>();
  private final Samples falseAlarms = new Samples();

  /** Adds an image; where nothing is, only whether the answer is empty counts. */
  public void add(List<BitSet> predicted, List<BitSet> actual) {
    if (actual.isEmpty()) {
      falseAlarms.add(predicted.isEmpty() ? 0 : 1);
      return;
    }
    double[][] iou = new double[actual.size()][predicted.size()];
    for (int i = 0; i < actual.size(); i++) {
      for (int j = 0; j < predicted.size(); j++) {
        iou[i][j] = iou(actual.get(i), predicted.get(j));
      }
    }
    int[] matched = new int[THRESHOLDS];
    int[] of = Assignment.maximise(iou);
    for (int i = 0; i < of.length; i++) {
      for (int t = 0; t < THRESHOLDS && of[i] >= 0; t++) {
        matched[t] += iou[i][of[i]] >= (50 + 5 * t) / 100.0 ? 1 : 0;
      }
    }
    images.add(new Counts(matched, predicted.size(), actual.size()));
  }

  private static double iou(BitSet a, BitSet b) {
    BitSet both = (BitSet) a.clone();
    both.and(b);
    int in = both.cardinality();
    return in == 0 ? 0 : in / (double) (a.cardinality() + b.cardinality() - in);
  }

  public List<Figure> figures() {
    return List.of(
        Figure.of(resampled().getFirst()), Figure.mean("instances.false_alarm", falseAlarms.all()));
  }

  /** The headline figure, to be compared pair by pair. */
  public List<Resampled> resampled() {
    return List.of(new Resampled("instances.pmf1", images.size(), this::pmF1));
  }

  private double pmF1(int[] chosen) {
    double sum = 0;
    for (int t = 0; t < THRESHOLDS; t++) {
      double tp = 0;
      double predicted = 0;
      double actual = 0;
      for (int i : chosen) {
        Counts c = images.get(i);
        tp += c.matched[t];
        predicted += c.predicted;
        actual += c.actual;
      }
      double precision = tp / (predicted + EPSILON);
      double recall = tp / (actual + EPSILON);
      sum += 2 * precision * recall / (precision + recall + EPSILON);
    }
    return sum / THRESHOLDS;
  }
}
