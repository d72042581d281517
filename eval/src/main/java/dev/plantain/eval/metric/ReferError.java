package dev.plantain.eval.metric;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Referring segmentation: cIoU (Σ intersection / Σ union) and gIoU (mean IoU) over phrases that refer
 * to something; over those that refer to nothing, how often the answer is empty; and the cIoU of the
 * best mask that ignores photo and phrase, as a rival.
 */
public final class ReferError {
  /** An answer of a smaller share of the photo is no answer: stray pixels. */
  public static final double EMPTY_SHARE = 0.002;

  private static final int GRID = 64;

  private final Samples intersections = new Samples();
  private final Samples unions = new Samples();
  private final Samples lost = new Samples();
  private final Samples falseEmpty = new Samples();
  private final List<float[]> truths = new ArrayList<>();

  /** Adds a phrase; an empty {@code truth} is a phrase that nothing matches. */
  public void add(BitSet prediction, BitSet truth, int width, int height) {
    boolean empty = prediction.cardinality() < EMPTY_SHARE * width * height;
    if (truth.isEmpty()) {
      falseEmpty.add(empty ? 1 : 0);
      return;
    }
    BitSet both = (BitSet) prediction.clone();
    both.and(truth);
    BitSet any = (BitSet) prediction.clone();
    any.or(truth);
    intersections.add(both.cardinality());
    unions.add(any.cardinality());
    lost.add(empty ? 1 : 0);
    truths.add(shrink(truth, width, height));
  }

  /** Shares of truth in the cells of a coarse grid. */
  private static float[] shrink(BitSet mask, int width, int height) {
    float[] cells = new float[GRID * GRID];
    float each = (float) GRID * GRID / ((float) width * height);
    for (int i = mask.nextSetBit(0); i >= 0; i = mask.nextSetBit(i + 1)) {
      int y = i / width * GRID / height;
      int x = i % width * GRID / width;
      cells[y * GRID + x] += each;
    }
    return cells;
  }

  public List<Figure> figures() {
    double[] in = intersections.all();
    double[] un = unions.all();
    int n = in.length;
    double[] ious = new double[n];
    for (int i = 0; i < n; i++) {
      ious[i] = un[i] == 0 ? Double.NaN : in[i] / un[i];
    }
    int[] all = IntStream.range(0, n).toArray();
    double constant = bestConstant();
    return List.of(
        new Figure("refer.ciou", ratio(in, un, all), Bootstrap.of(n, c -> ratio(in, un, c)), n),
        Figure.mean("refer.giou", ious),
        new Figure(
            "refer.constant_ciou", constant, new Bootstrap.Interval(constant, constant), n),
        Figure.mean("refer.true_lost", lost.all()),
        Figure.mean("refer.false_empty", falseEmpty.all()));
  }

  private static double ratio(double[] in, double[] un, int[] chosen) {
    double i = 0;
    double u = 0;
    for (int k : chosen) {
      i += in[k];
      u += un[k];
    }
    return i / u;
  }

  /** The mask of all cells that are truth often enough, at the best of all limits. */
  private double bestConstant() {
    float[] mean = new float[GRID * GRID];
    for (float[] t : truths) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += t[i];
      }
    }
    double best = 0;
    for (float limit : mean) {
      double in = 0;
      double un = 0;
      for (float[] t : truths) {
        for (int i = 0; i < mean.length; i++) {
          boolean marked = mean[i] >= limit;
          in += marked ? t[i] : 0;
          un += marked ? 1 : t[i];
        }
      }
      best = Math.max(best, un > 0 ? in / un : 0);
      if (truths.size() * mean.length > 2_000_000) {
        break;
      }
    }
    return best;
  }
}
