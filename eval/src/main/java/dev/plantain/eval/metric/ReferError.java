package dev.plantain.eval.metric;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToDoubleFunction;

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

  /**
   * One phrase's counts.
   *
   * @param refers whether something matches the phrase
   * @param empty whether the answer is as good as empty
   * @param unlabelled whether it is about something that was never labelled in training
   * @param grid truth at the centres of 64 × 64 cells, a bit each; none if nothing matches
   */
  public record Tally(
      boolean refers, long intersection, long union, boolean empty, boolean unlabelled, long[] grid)
      implements dev.plantain.eval.metric.Tally {
    @Override
    public double goodness() {
      return refers ? iou() : empty ? 1 : 0;
    }

    /** As LISA's evaluation has it. */
    private double iou() {
      return union == 0 ? 1 : intersection / (union + 1e-5);
    }
  }

  private final List<Tally> phrases = new ArrayList<>();

  /**
   * Adds a phrase; an empty {@code truth} is a phrase that nothing matches.
   *
   * @param isUnlabelled whether it is about something that was never labelled in training, whose
   *     cIoU is given apart, too
   */
  public void add(BitSet prediction, BitSet truth, int width, int height, boolean isUnlabelled) {
    add(tally(prediction, truth, new BitSet(), width, height, isUnlabelled));
  }

  /** Adds a phrase counted before. */
  public void add(Tally tally) {
    phrases.add(tally);
  }

  /**
   * Counts one phrase; see {@link #add(BitSet, BitSet, int, int, boolean)}.
   *
   * @param ignored pixels that do not count
   */
  public static Tally tally(
      BitSet prediction,
      BitSet truth,
      BitSet ignored,
      int width,
      int height,
      boolean isUnlabelled) {
    boolean empty = prediction.cardinality() < EMPTY_SHARE * width * height;
    boolean refers = !truth.isEmpty();
    BitSet both = (BitSet) prediction.clone();
    both.and(truth);
    both.andNot(ignored);
    BitSet any = (BitSet) prediction.clone();
    any.or(truth);
    any.andNot(ignored);
    return new Tally(
        refers,
        both.cardinality(),
        any.cardinality(),
        empty,
        isUnlabelled,
        refers ? shrink(truth, width, height) : new long[0]);
  }

  /** Truth at the centres of the cells of a coarse grid: 1 or 0. */
  private static long[] shrink(BitSet mask, int width, int height) {
    long[] rows = new long[GRID];
    for (int v = 0; v < GRID; v++) {
      int y = (2 * v + 1) * height / (2 * GRID);
      for (int u = 0; u < GRID; u++) {
        int x = (2 * u + 1) * width / (2 * GRID);
        rows[v] |= mask.get(y * width + x) ? 1L << u : 0;
      }
    }
    return rows;
  }

  private List<Tally> which(boolean refers) {
    return phrases.stream().filter(t -> t.refers == refers).toList();
  }

  private static double[] values(List<Tally> tallies, ToDoubleFunction<Tally> of) {
    return tallies.stream().mapToDouble(of).toArray();
  }

  public List<Figure> figures() {
    List<Tally> right = which(true);
    double constant = bestConstant(right);
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of(ciou()));
    figures.add(Figure.mean("refer.giou", values(right, Tally::iou)));
    if (right.stream().anyMatch(Tally::unlabelled)) {
      figures.add(
          Figure.of(
              ciou("refer.ciou_labelled", right.stream().filter(t -> !t.unlabelled).toList())));
      figures.add(
          Figure.of(
              ciou("refer.ciou_unlabelled", right.stream().filter(t -> t.unlabelled).toList())));
    }
    figures.add(
        new Figure(
            "refer.constant_ciou",
            constant,
            new Bootstrap.Interval(constant, constant),
            right.size()));
    figures.add(Figure.mean("refer.true_lost", values(right, t -> t.empty ? 1 : 0)));
    figures.add(Figure.mean("refer.false_empty", values(which(false), t -> t.empty ? 1 : 0)));
    return figures;
  }

  /** The headline figure, to be compared pair by pair. */
  public List<Resampled> resampled() {
    return List.of(ciou());
  }

  private Resampled ciou() {
    return ciou("refer.ciou", which(true));
  }

  private static Resampled ciou(String name, List<Tally> tallies) {
    return new Resampled(
        name,
        tallies.size(),
        chosen -> {
          double in = 0;
          double un = 0;
          for (int i : chosen) {
            in += tallies.get(i).intersection;
            un += tallies.get(i).union;
          }
          return in / un;
        });
  }

  /** The mask of all cells that are truth often enough, at the best of all limits. */
  private static double bestConstant(List<Tally> right) {
    int[] often = new int[GRID * GRID];
    for (Tally t : right) {
      for (int i = 0; i < often.length; i++) {
        often[i] += (int) (t.grid[i / GRID] >> i % GRID & 1);
      }
    }
    double best = 0;
    for (int q = 1; q <= LIMITS; q++) {
      double limit = (double) right.size() * q / LIMITS;
      double in = 0;
      double un = 0;
      for (int count : often) {
        // A marked cell is in the union of every phrase, else of those it is truth of.
        in += count >= limit ? count : 0;
        un += count >= limit ? right.size() : count;
      }
      best = Math.max(best, un > 0 ? in / un : 0);
    }
    return best;
  }
}
