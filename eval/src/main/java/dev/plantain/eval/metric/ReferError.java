package dev.plantain.eval.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Referring segmentation: cIoU (Σ intersection / Σ union) and gIoU (mean IoU) over phrases that
 * refer to something; over those that refer to nothing, how often the answer is empty; and the cIoU
 * of the best mask that ignores photo and phrase, as a rival.
 */
public final class ReferError {
  /** An answer of a smaller share of the photo is no answer: stray pixels. */
  public static final double EMPTY_SHARE = 0.002;

  private static final int GRID = 64;

  /** Shares of the phrases a cell must be truth of, tried from rare to always. */
  private static final int LIMITS = 200;

  private final Samples intersections = new Samples();
  private final Samples unions = new Samples();
  private final Samples lost = new Samples();
  private final Samples falseEmpty = new Samples();
  private final List<float[]> truths = new ArrayList<>();

  private final Samples unlabelled = new Samples();

  /**
   * Adds a phrase; an empty {@code truth} is a phrase that nothing matches.
   *
   * @param isUnlabelled whether it is about something that was never labelled in training, whose
   *     cIoU is given apart, too
   */
  public void add(BitSet prediction, BitSet truth, int width, int height, boolean isUnlabelled) {
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
    unlabelled.add(isUnlabelled ? 1 : 0);
    truths.add(shrink(truth, width, height));
  }

  /** Truth at the centres of the cells of a coarse grid: 1 or 0. */
  private static float[] shrink(BitSet mask, int width, int height) {
    float[] cells = new float[GRID * GRID];
    for (int i = 0; i < cells.length; i++) {
      int y = (2 * (i / GRID) + 1) * height / (2 * GRID);
      int x = (2 * (i % GRID) + 1) * width / (2 * GRID);
      cells[i] = mask.get(y * width + x) ? 1 : 0;
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
    double constant = bestConstant();
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of(ciou()));
    figures.add(Figure.mean("refer.giou", ious));
    if (Arrays.stream(unlabelled.all()).anyMatch(u -> u > 0)) {
      figures.add(apart("refer.ciou_labelled", in, un, 0));
      figures.add(apart("refer.ciou_unlabelled", in, un, 1));
    }
    figures.add(
        new Figure("refer.constant_ciou", constant, new Bootstrap.Interval(constant, constant), n));
    figures.add(Figure.mean("refer.true_lost", lost.all()));
    figures.add(Figure.mean("refer.false_empty", falseEmpty.all()));
    return figures;
  }

  private Figure apart(String name, double[] in, double[] un, double which) {
    double[] flags = unlabelled.all();
    int[] some = IntStream.range(0, in.length).filter(i -> flags[i] == which).toArray();
    return Figure.of(
        new Resampled(
            name,
            some.length,
            chosen -> ratio(in, un, Arrays.stream(chosen).map(i -> some[i]).toArray())));
  }

  /** The headline figure, to be compared pair by pair. */
  public List<Resampled> resampled() {
    return List.of(ciou());
  }

  private Resampled ciou() {
    double[] in = intersections.all();
    double[] un = unions.all();
    return new Resampled("refer.ciou", in.length, chosen -> ratio(in, un, chosen));
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
    for (int q = 1; q <= LIMITS; q++) {
      double limit = (double) truths.size() * q / LIMITS;
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
    }
    return best;
  }
}
