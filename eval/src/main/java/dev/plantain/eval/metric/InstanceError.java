package dev.plantain.eval.metric;

import dev.plantain.formats.MaskOverlaps;
import dev.plantain.formats.MaskRuns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Instance masks of a phrase, as the SA-Co evaluator measures them. In each image one assignment of
 * greatest total IoU; at IoU thresholds 0.50, 0.55 … 0.95 the counts are pooled over images where
 * something is; pmF1 is the mean F1 over the thresholds. IL_MCC is Matthews' correlation of whether
 * something is there with whether something was found, over all images, and cgF1 their product. Of
 * several annotators the one counts whom the answer fits best.
 */
public final class InstanceError {
  private static final int THRESHOLDS = MaskPrecision.IOUS.length;
  private static final double EPSILON = 1e-4;

  /**
   * One image against the annotator it fits best.
   *
   * @param matched pairs at each threshold
   * @param predicted instances answered
   * @param actual instances there
   */
  public record Tally(int[] matched, int predicted, int actual)
      implements dev.plantain.eval.metric.Tally {

    /** Mean F1 over the thresholds, 1 if rightly nothing was found. */
    @Override
    public double goodness() {
      if (predicted == 0 && actual == 0) {
        return 1;
      }
      double sum = 0;
      for (int tp : matched) {
        sum += f1(tp, predicted, actual);
      }
      return sum / matched.length;
    }
  }

  private final List<Tally> images = new ArrayList<>();

  /** Adds an image of one annotator. */
  public void add(List<BitSet> predicted, List<BitSet> actual) {
    add(tally(predicted, List.of(actual)));
  }

  /** Adds an image counted before. */
  public void add(Tally tally) {
    images.add(tally);
  }

  /**
   * Counts one image.
   *
   * @param annotators the instances each of them marked; at least one
   */
  public static Tally tally(List<BitSet> predicted, List<List<BitSet>> annotators) {
    List<Mask> answers = predicted.stream().map(Mask::of).toList();
    return best(
        annotators.stream()
            .map(own -> fitted(own.stream().map(Mask::of).toList(), answers))
            .toList());
  }

  /**
   * Counts one image whose masks are at hand as runs, as they are in COCO's files.
   *
   * @param annotators the instances each of them marked; at least one
   */
  public static Tally tallyRuns(List<MaskRuns> predicted, List<List<MaskRuns>> annotators) {
    List<MaskRuns> all = annotators.stream().flatMap(List::stream).toList();
    double[][] iou = MaskOverlaps.ious(all, predicted);
    List<Tally> tallies = new ArrayList<>();
    int from = 0;
    for (List<MaskRuns> own : annotators) {
      int to = from + own.size();
      tallies.add(tally(Arrays.copyOfRange(iou, from, to), predicted.size()));
      from = to;
    }
    return best(tallies);
  }

  private static Tally best(List<Tally> tallies) {
    Tally best = tallies.getFirst();
    for (Tally one : tallies.subList(1, tallies.size())) {
      boolean nothing = one.predicted == 0 && one.actual == 0;
      boolean bestIsNothing = best.predicted == 0 && best.actual == 0;
      if (nothing || (!bestIsNothing && one.goodness() > best.goodness())) {
        best = one;
      }
    }
    return best;
  }

  private static Tally fitted(List<Mask> actual, List<Mask> predicted) {
    double[][] iou = new double[actual.size()][predicted.size()];
    for (int i = 0; i < actual.size(); i++) {
      for (int j = 0; j < predicted.size(); j++) {
        iou[i][j] = actual.get(i).iou(predicted.get(j));
      }
    }
    return tally(iou, predicted.size());
  }

  /** A mask's bits in some order, from its first word on, made once for all it is compared with. */
  private record Mask(long[] words, int first, long area) {
    static Mask of(BitSet bits) {
      return new Mask(
          bits.toLongArray(), Math.max(0, bits.nextSetBit(0)) / Long.SIZE, bits.cardinality());
    }

    double iou(Mask other) {
      long both = 0;
      int end = Math.min(words.length, other.words.length);
      for (int i = Math.max(first, other.first); i < end; i++) {
        both += Long.bitCount(words[i] & other.words[i]);
      }
      return both == 0 ? 0 : both / (double) (area + other.area - both);
    }
  }

  /**
   * Counts one image of one annotator.
   *
   * @param iou by instance there and instance answered
   * @param predicted instances answered
   */
  public static Tally tally(double[][] iou, int predicted) {
    int[] matched = new int[THRESHOLDS];
    int[] of = Assignment.maximise(iou);
    for (int i = 0; i < of.length; i++) {
      for (int t = 0; t < THRESHOLDS && of[i] >= 0; t++) {
        matched[t] += iou[i][of[i]] >= MaskPrecision.IOUS[t] ? 1 : 0;
      }
    }
    return new Tally(matched, predicted, iou.length);
  }

  private static double f1(double tp, double predicted, double actual) {
    double precision = tp / (predicted + EPSILON);
    double recall = tp / (actual + EPSILON);
    return 2 * precision * recall / (precision + recall + EPSILON);
  }

  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of(resampled().getFirst()));
    boolean negatives = images.stream().anyMatch(t -> t.actual == 0);
    if (negatives) {
      figures.add(Figure.of(new Resampled("instances.cgf1", images.size(), this::cgF1)));
      figures.add(Figure.of(new Resampled("instances.il_mcc", images.size(), this::ilMcc)));
    }
    figures.add(
        Figure.mean(
            "instances.false_alarm",
            images.stream()
                .filter(t -> t.actual == 0)
                .mapToDouble(t -> t.predicted > 0 ? 1 : 0)
                .toArray()));
    return figures;
  }

  /**
   * The headline figure, to be compared pair by pair. It rests on all images: where several
   * annotators differ on whether something is there, the answer decides whose word counts.
   */
  public List<Resampled> resampled() {
    List<Tally> all = List.copyOf(images);
    return List.of(new Resampled("instances.pmf1", all.size(), chosen -> pmF1(all, chosen)));
  }

  /** cgF1 of all images. */
  double cgF1() {
    return cgF1(IntStream.range(0, images.size()).toArray());
  }

  private double cgF1(int[] chosen) {
    return pmF1(images, chosen) * ilMcc(chosen);
  }

  private double ilMcc(int[] chosen) {
    double tp = 0;
    double tn = 0;
    double fp = 0;
    double fn = 0;
    for (int i : chosen) {
      Tally t = images.get(i);
      if (t.actual > 0) {
        tp += t.predicted > 0 ? 1 : 0;
        fn += t.predicted > 0 ? 0 : 1;
      } else {
        fp += t.predicted > 0 ? 1 : 0;
        tn += t.predicted > 0 ? 0 : 1;
      }
    }
    return (tp * tn - fp * fn) / (Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)) + 1e-6);
  }

  private static double pmF1(List<Tally> images, int[] chosen) {
    double sum = 0;
    for (int t = 0; t < THRESHOLDS; t++) {
      double tp = 0;
      double predicted = 0;
      double actual = 0;
      for (int i : chosen) {
        Tally c = images.get(i);
        if (c.actual > 0) {
          tp += c.matched[t];
          predicted += c.predicted;
          actual += c.actual;
        }
      }
      sum += f1(tp, predicted, actual);
    }
    return sum / THRESHOLDS;
  }
}
