package dev.plantain.eval.metric;

import java.util.ArrayList;
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

  private record Cell(double intersection, double union, boolean small) {}

  private final List<Map<String, Cell>> images = new ArrayList<>();
  private final Samples wrong = new Samples();
  private final Samples entries = new Samples();

  /**
   * Adds an image.
   *
   * @param classes names of the legend's entries
   * @param prediction indices of {@code classes}; negative for background or unassigned
   * @param truth likewise; {@link #IGNORE} does not count
   */
  public void add(List<String> classes, int[] prediction, int[] truth) {
    int k = classes.size();
    long[] both = new long[k];
    long[] predicted = new long[k];
    long[] actual = new long[k];
    long wrongPixels = 0;
    long entryPixels = 0;
    for (int i = 0; i < truth.length; i++) {
      int t = truth[i];
      if (t == IGNORE) {
        continue;
      }
      int p = prediction[i];
      if (p >= 0) {
        predicted[p]++;
      }
      if (t >= 0) {
        actual[t]++;
        entryPixels++;
        if (p == t) {
          both[t]++;
        } else if (p >= 0) {
          wrongPixels++;
        }
      }
    }
    Map<String, Cell> cells = new LinkedHashMap<>();
    for (int c = 0; c < k; c++) {
      double union = predicted[c] + actual[c] - both[c];
      if (union > 0) {
        boolean small = actual[c] > 0 && actual[c] < SMALL * truth.length;
        cells.put(classes.get(c), new Cell(both[c], union, small));
      }
    }
    images.add(cells);
    wrong.add((double) wrongPixels);
    entries.add((double) entryPixels);
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
    double[] w = wrong.all();
    double[] e = entries.all();
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
      images
          .get(i)
          .forEach(
              (name, cell) -> {
                if (!small || cell.small) {
                  double[] iu = pooled.computeIfAbsent(name, x -> new double[2]);
                  iu[0] += cell.intersection;
                  iu[1] += cell.union;
                }
              });
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
