package dev.plantain.eval.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Semantic segmentation with a legend that may differ from image to image. Intersections and unions
 * are pooled by class name over the set; mIoU is the mean over classes that occur in truth or
 * prediction. A pixel whose truth is one legend entry and whose prediction is another is a wrong
 * colour; the rate is over all pixels whose truth is an entry.
 */
public final class SegmentError {
  /** Truth of a pixel that does not count. */
  public static final int IGNORE = Integer.MIN_VALUE;

  /** Share of the image below which a thing is small. */
  private static final double SMALL = 0.02;

  /** One class in one image. */
  public record Cell(String name, long intersection, long union, boolean small) {}

  /**
   * One image's counts.
   *
   * @param cells of the classes that truth or answer have
   * @param wrong pixels of one entry answered as another
   * @param entries pixels whose truth is an entry
   */
  public record Tally(List<Cell> cells, long wrong, long entries)
      implements dev.plantain.eval.metric.Tally {
    public Tally {
      cells = List.copyOf(cells);
    }

    @Override
    public double goodness() {
      return cells.stream()
          .mapToDouble(c -> (double) c.intersection / c.union)
          .average()
          .orElse(Double.NaN);
    }
  }

  private final List<Tally> images = new ArrayList<>();

  /**
   * Adds an image.
   *
   * @param classes names of the legend's entries
   * @param prediction indices of {@code classes}; negative for background or unassigned
   * @param truth likewise; {@link #IGNORE} does not count
   */
  public void add(List<String> classes, int[] prediction, int[] truth) {
    add(tally(classes, prediction, truth));
  }

  /** Adds an image counted before. */
  public void add(Tally tally) {
    images.add(tally);
  }

  /** Counts one image; see {@link #add(List, int[], int[])}. */
  public static Tally tally(List<String> classes, int[] prediction, int[] truth) {
    int k = classes.size();
    int none = k;
    int ignored = k + 1;
    int[] answers = new int[truth.length];
    int[] truths = new int[truth.length];
    for (int i = 0; i < truth.length; i++) {
      truths[i] = truth[i] >= 0 ? truth[i] : truth[i] == IGNORE ? ignored : none;
      answers[i] = prediction[i] >= 0 ? prediction[i] : none;
    }
    ConfusionMatrix matrix = ConfusionMatrix.of(k + 2, answers, truths);
    boolean[] counted = new boolean[k + 2];
    Arrays.fill(counted, 0, k + 1, true);
    long wrong = 0;
    long entries = 0;
    List<Cell> cells = new ArrayList<>();
    for (int c = 0; c < k; c++) {
      long actual = matrix.actual(c);
      long union = matrix.union(c, counted);
      entries += actual;
      wrong += actual - matrix.intersection(c) - matrix.count(c, none);
      if (union > 0) {
        boolean small = actual > 0 && actual < SMALL * truth.length;
        cells.add(new Cell(classes.get(c), matrix.intersection(c), union, small));
      }
    }
    return new Tally(cells, wrong, entries);
  }

  public List<Figure> figures() {
    return figures(Set.of());
  }

  /**
   * @param unlabelled classes whose mIoU is given apart, too; none for no such figures
   */
  public List<Figure> figures(Set<String> unlabelled) {
    List<Resampled> figures = new ArrayList<>();
    figures.add(miou("segment.miou", false, x -> true));
    figures.add(miou("segment.miou_small", true, x -> true));
    if (!unlabelled.isEmpty()) {
      figures.add(miou("segment.miou_labelled", false, x -> !unlabelled.contains(x)));
      figures.add(miou("segment.miou_unlabelled", false, unlabelled::contains));
    }
    figures.add(wrongColour());
    return figures.stream().map(Figure::of).toList();
  }

  private Resampled miou(String name, boolean small, Predicate<String> counts) {
    return new Resampled(name, images.size(), chosen -> miou(chosen, small, counts));
  }

  private Resampled wrongColour() {
    double[] w = images.stream().mapToDouble(Tally::wrong).toArray();
    double[] e = images.stream().mapToDouble(Tally::entries).toArray();
    return new Resampled("segment.wrong_colour", images.size(), chosen -> ratio(w, e, chosen));
  }

  /** The headline figures, to be compared pair by pair. */
  public List<Resampled> resampled() {
    return List.of(miou("segment.miou", false, x -> true), wrongColour());
  }

  /** IoU of every class, pooled over the set. */
  public Map<String, Double> byClass() {
    Map<String, double[]> pooled = pool(IntStream.range(0, images.size()).toArray(), false);
    Map<String, Double> ious = new LinkedHashMap<>();
    pooled.forEach((name, iu) -> ious.put(name, iu[0] / iu[1]));
    return ious;
  }

  /** Mean IoU of those of these classes that occur. */
  public double miouOf(Collection<String> classes) {
    return byClass().entrySet().stream()
        .filter(e -> classes.contains(e.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .average()
        .orElse(Double.NaN);
  }

  private double miou(int[] chosen, boolean small, Predicate<String> counts) {
    return pool(chosen, small).entrySet().stream()
        .filter(e -> counts.test(e.getKey()))
        .mapToDouble(e -> e.getValue()[0] / e.getValue()[1])
        .average()
        .orElse(Double.NaN);
  }

  private Map<String, double[]> pool(int[] chosen, boolean small) {
    Map<String, double[]> pooled = new LinkedHashMap<>();
    for (int i : chosen) {
      for (Cell cell : images.get(i).cells) {
        if (!small || cell.small) {
          double[] iu = pooled.computeIfAbsent(cell.name, x -> new double[2]);
          iu[0] += cell.intersection;
          iu[1] += cell.union;
        }
      }
    }
    return pooled;
  }

  private static double ratio(double[] part, double[] whole, int[] chosen) {
    double p = 0;
    double w = 0;
    for (int i : chosen) {
      p += part[i];
      w += whole[i];
    }
    return p / w;
  }
}
