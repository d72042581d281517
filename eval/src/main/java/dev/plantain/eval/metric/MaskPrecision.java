package dev.plantain.eval.metric;

import dev.plantain.formats.MaskOverlaps;
import dev.plantain.formats.MaskRuns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Average precision and recall of instance masks as COCO has them (cocoeval.py of
 * cocodataset/cocoapi): detections by falling score, each with the free truth it fits best; crowds
 * and things out of the size range do not count; precision at 101 recalls, mean over IoU 0.50, 0.55
 * … 0.95 and categories. Images are added in the order of their ids, which decides between equal
 * scores.
 */
public final class MaskPrecision {
  static final double[] IOUS =
      IntStream.range(0, 10)
          .mapToDouble(i -> i == 9 ? 0.95 : 0.5 + i * ((0.95 - 0.5) / 9))
          .toArray();

  private static final int MOST = 100;

  /** Areas in pixels: all, small, medium, large. */
  private static final double[][] AREAS = {
    {0, 1e10}, {0, 32 * 32}, {32 * 32, 96 * 96}, {96 * 96, 1e10}
  };

  /** A mask with how sure it is. */
  public record Detection(MaskRuns mask, double score) {}

  /**
   * A mask that is there.
   *
   * @param area of the annotation, which may differ from the mask's
   * @param crowd whether it is a region of many
   */
  public record Instance(MaskRuns mask, double area, boolean crowd) {}

  /**
   * One category in one image.
   *
   * @param scores falling
   * @param matched by size range and detection, a bit for each IoU
   * @param ignored likewise
   * @param truths that count, by size range
   */
  public record Cell(
      int category, double[] scores, int[][] matched, int[][] ignored, int[] truths) {}

  /** One image's counts. */
  public record Tally(List<Cell> cells) implements dev.plantain.eval.metric.Tally {
    public Tally {
      cells = List.copyOf(cells);
    }

    /** F1 at IoU 0.5, whatever the scores. */
    @Override
    public double goodness() {
      double tp = 0;
      double all = 0;
      for (Cell c : cells) {
        for (int i = 0; i < c.scores.length; i++) {
          boolean counts = (c.ignored[0][i] & 1) == 0;
          tp += counts && (c.matched[0][i] & 1) != 0 ? 2 : 0;
          all += counts ? 1 : 0;
        }
        all += c.truths[0];
      }
      return all == 0 ? Double.NaN : tp / all;
    }
  }

  private final List<Tally> images = new ArrayList<>();

  /** Adds an image counted before. */
  public void add(Tally tally) {
    images.add(tally);
  }

  /** Counts one category in one image. */
  public static Cell cell(int category, List<Detection> detections, List<Instance> instances) {
    List<Detection> dets =
        detections.stream()
            .sorted(Comparator.comparingDouble((Detection d) -> -d.score))
            .limit(MOST)
            .toList();
    double[][] overlaps =
        MaskOverlaps.ious(
            instances.stream().map(Instance::mask).toList(),
            dets.stream().map(Detection::mask).toList());
    double[][] iou = new double[dets.size()][instances.size()];
    for (int g = 0; g < instances.size(); g++) {
      Instance truth = instances.get(g);
      for (int d = 0; d < iou.length; d++) {
        iou[d][g] = truth.crowd ? dets.get(d).mask.within(truth.mask) : overlaps[g][d];
      }
    }
    int[][] matched = new int[AREAS.length][dets.size()];
    int[][] ignored = new int[AREAS.length][dets.size()];
    int[] truths = new int[AREAS.length];
    for (int a = 0; a < AREAS.length; a++) {
      double[] range = AREAS[a];
      boolean[] skip = new boolean[instances.size()];
      for (int g = 0; g < skip.length; g++) {
        Instance truth = instances.get(g);
        skip[g] = truth.crowd || truth.area < range[0] || truth.area > range[1];
        truths[a] += skip[g] ? 0 : 1;
      }
      int[] order =
          IntStream.range(0, skip.length)
              .boxed()
              .sorted(Comparator.comparing(g -> skip[g]))
              .mapToInt(g -> g)
              .toArray();
      for (int t = 0; t < IOUS.length; t++) {
        match(IOUS[t], 1 << t, iou, order, skip, instances, matched[a], ignored[a]);
      }
      for (int d = 0; d < dets.size(); d++) {
        long area = dets.get(d).mask.area();
        if (area < range[0] || area > range[1]) {
          ignored[a][d] |= ~matched[a][d] & (1 << IOUS.length) - 1;
        }
      }
    }
    double[] scores = dets.stream().mapToDouble(Detection::score).toArray();
    return new Cell(category, scores, matched, ignored, truths);
  }

  private static void match(
      double threshold,
      int bit,
      double[][] iou,
      int[] order,
      boolean[] skip,
      List<Instance> instances,
      int[] matched,
      int[] ignored) {
    boolean[] taken = new boolean[order.length];
    for (int d = 0; d < iou.length; d++) {
      double best = Math.min(threshold, 1 - 1e-10);
      int found = -1;
      for (int g : order) {
        if (taken[g] && !instances.get(g).crowd) {
          continue;
        }
        if (found >= 0 && !skip[found] && skip[g]) {
          break; // a truth that counts goes before any that does not
        }
        if (iou[d][g] >= best) {
          best = iou[d][g];
          found = g;
        }
      }
      if (found >= 0) {
        taken[found] = true;
        matched[d] |= bit;
        ignored[d] |= skip[found] ? bit : 0;
      }
    }
  }

  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of(precision("ap", -1, 0)));
    figures.add(Figure.of(precision("ap50", 0, 0)));
    figures.add(Figure.of(precision("ap75", 5, 0)));
    figures.add(Figure.of(precision("ap_small", -1, 1)));
    figures.add(Figure.of(precision("ap_medium", -1, 2)));
    figures.add(Figure.of(precision("ap_large", -1, 3)));
    figures.add(Figure.of(recall("ar1", 1, 0)));
    figures.add(Figure.of(recall("ar10", 10, 0)));
    figures.add(Figure.of(recall("ar100", MOST, 0)));
    figures.add(Figure.of(recall("ar_small", MOST, 1)));
    figures.add(Figure.of(recall("ar_medium", MOST, 2)));
    figures.add(Figure.of(recall("ar_large", MOST, 3)));
    return figures;
  }

  /** The headline figure, to be compared pair by pair. */
  public List<Resampled> resampled() {
    return List.of(precision("ap", -1, 0));
  }

  /**
   * @param iou index of the threshold, −1 for the mean over all
   */
  private Resampled precision(String name, int iou, int area) {
    return new Resampled(
        "detection." + name,
        images.size(),
        chosen -> mean(chosen, iou, area, MOST, PrecisionCurve::mean));
  }

  private Resampled recall(String name, int most, int area) {
    return new Resampled(
        "detection." + name,
        images.size(),
        chosen -> mean(chosen, -1, area, most, PrecisionCurve::recall));
  }

  /** Mean over categories that are there, and thresholds; NaN if none is. */
  private double mean(
      int[] chosen, int iou, int area, int most, ToDoubleFunction<PrecisionCurve> of) {
    Map<Integer, List<Cell>> byCategory = new TreeMap<>();
    for (int i : chosen) {
      for (Cell cell : images.get(i).cells) {
        byCategory.computeIfAbsent(cell.category, c -> new ArrayList<>()).add(cell);
      }
    }
    double sum = 0;
    int n = 0;
    for (List<Cell> cells : byCategory.values()) {
      int truths = cells.stream().mapToInt(c -> c.truths[area]).sum();
      if (truths == 0) {
        continue;
      }
      for (int t = iou < 0 ? 0 : iou; t < (iou < 0 ? IOUS.length : iou + 1); t++) {
        sum += of.applyAsDouble(PrecisionCurve.of(cells, t, area, most, truths));
        n++;
      }
    }
    return n == 0 ? Double.NaN : sum / n;
  }
}
