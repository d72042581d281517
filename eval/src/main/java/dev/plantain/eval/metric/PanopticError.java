package dev.plantain.eval.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Panoptic quality (Kirillov et al., "Panoptic Segmentation", 2019) as cocodataset/panopticapi
 * counts it: segments of one category match where their IoU is above 0.5; void does not count, nor
 * does an unmatched answer that lies mostly in void or in a crowd of its category.
 */
public final class PanopticError {
  /** The id of pixels that are in no segment. */
  public static final int VOID = 0;

  /**
   * A segment.
   *
   * @param area of the truth's JSON; an answer's is counted from its pixels
   */
  public record Segment(int id, int category, long area, boolean crowd) {}

  /** One category in one image. */
  public record Cell(int category, boolean thing, double iou, int tp, int fp, int fn) {}

  /** One image's counts. */
  public record Tally(List<Cell> cells) implements dev.plantain.eval.metric.Tally {
    public Tally {
      cells = List.copyOf(cells);
    }

    @Override
    public double goodness() {
      return cells.stream().mapToDouble(PanopticError::pq).average().orElse(Double.NaN);
    }
  }

  private final List<Tally> images = new ArrayList<>();

  /** Adds an image counted before. */
  public void add(Tally tally) {
    images.add(tally);
  }

  /**
   * Counts one image.
   *
   * @param answer ids of the answer's pixels
   * @param answered its segments
   * @param truth ids of the truth's pixels
   * @param actual its segments
   * @param things categories whose instances are told apart
   * @throws IllegalArgumentException if sizes differ, or an answer's ids and segments do not belong
   *     together
   */
  public static Tally tally(
      int[] answer,
      List<Segment> answered,
      int[] truth,
      List<Segment> actual,
      Set<Integer> things) {
    if (answer.length != truth.length) {
      throw new IllegalArgumentException(
          "an answer of %d pixels does not compare with a truth of %d"
              .formatted(answer.length, truth.length));
    }
    Map<Long, Long> both = new HashMap<>();
    Map<Integer, Long> areas = new HashMap<>();
    for (int i = 0; i < truth.length; ) {
      int t = truth[i];
      int a = answer[i];
      int start = i++;
      while (i < truth.length && truth[i] == t && answer[i] == a) {
        i++;
      }
      both.merge(key(t, a), (long) (i - start), Long::sum);
      areas.merge(a, (long) (i - start), Long::sum);
    }
    requireConsistent(answered, areas.keySet());
    Counts counts = new Counts();
    Set<Integer> matchedTruth = new HashSet<>();
    Set<Integer> matchedAnswer = new HashSet<>();
    for (Segment t : actual) {
      for (Segment a : answered) {
        long intersection = both.getOrDefault(key(t.id, a.id), 0L);
        if (intersection > 0 && !t.crowd && t.category == a.category) {
          long union =
              areas.getOrDefault(a.id, 0L)
                  + t.area
                  - intersection
                  - both.getOrDefault(key(VOID, a.id), 0L);
          double iou = (double) intersection / union;
          if (iou > 0.5) {
            counts.add(t.category, iou, 1, 0, 0);
            matchedTruth.add(t.id);
            matchedAnswer.add(a.id);
          }
        }
      }
    }
    Map<Integer, Integer> crowds = new HashMap<>();
    for (Segment t : actual) {
      if (t.crowd) {
        crowds.put(t.category, t.id);
      } else if (!matchedTruth.contains(t.id)) {
        counts.add(t.category, 0, 0, 0, 1);
      }
    }
    for (Segment a : answered) {
      if (!matchedAnswer.contains(a.id)) {
        long excused = both.getOrDefault(key(VOID, a.id), 0L);
        Integer crowd = crowds.get(a.category);
        excused += crowd == null ? 0 : both.getOrDefault(key(crowd, a.id), 0L);
        if ((double) excused / areas.getOrDefault(a.id, 0L) <= 0.5) {
          counts.add(a.category, 0, 0, 1, 0);
        }
      }
    }
    return counts.tally(things);
  }

  private static long key(int truth, int answer) {
    return ((long) truth << 32) | (answer & 0xFFFFFFFFL);
  }

  private static void requireConsistent(List<Segment> answered, Set<Integer> ids) {
    Set<Integer> known = new HashSet<>();
    for (Segment a : answered) {
      if (!ids.contains(a.id) || !known.add(a.id)) {
        throw new IllegalArgumentException("segment %d has no pixels of its own".formatted(a.id));
      }
    }
    for (int id : ids) {
      if (id != VOID && !known.contains(id)) {
        throw new IllegalArgumentException("pixels of %d are in no segment".formatted(id));
      }
    }
  }

  /** Counts by category, in the order of their ids. */
  private static final class Counts {
    private final Map<Integer, double[]> cells = new TreeMap<>();

    void add(int category, double iou, int tp, int fp, int fn) {
      double[] cell = cells.computeIfAbsent(category, c -> new double[4]);
      cell[0] += iou;
      cell[1] += tp;
      cell[2] += fp;
      cell[3] += fn;
    }

    void add(Tally tally) {
      tally.cells.forEach(c -> add(c.category, c.iou, c.tp, c.fp, c.fn));
    }

    Tally tally(Set<Integer> things) {
      return new Tally(
          cells.entrySet().stream()
              .map(
                  e -> {
                    double[] c = e.getValue();
                    return new Cell(
                        e.getKey(),
                        things.contains(e.getKey()),
                        c[0],
                        (int) c[1],
                        (int) c[2],
                        (int) c[3]);
                  })
              .toList());
    }
  }

  private static double pq(Cell c) {
    return c.iou / (c.tp + 0.5 * c.fp + 0.5 * c.fn);
  }

  private static double sq(Cell c) {
    return c.tp == 0 ? 0 : c.iou / c.tp;
  }

  private static double rq(Cell c) {
    return c.tp / (c.tp + 0.5 * c.fp + 0.5 * c.fn);
  }

  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    Map<String, Predicate<Cell>> groups = new LinkedHashMap<>();
    groups.put("", c -> true);
    groups.put("_things", Cell::thing);
    groups.put("_stuff", c -> !c.thing);
    groups.forEach(
        (suffix, which) -> {
          figures.add(figure("pq" + suffix, which, PanopticError::pq));
          figures.add(figure("sq" + suffix, which, PanopticError::sq));
          figures.add(figure("rq" + suffix, which, PanopticError::rq));
        });
    return figures;
  }

  /** The headline figure, to be compared pair by pair. */
  public List<Resampled> resampled() {
    return List.of(resampled("pq", c -> true, PanopticError::pq));
  }

  private Figure figure(String name, Predicate<Cell> which, ToDoubleFunction<Cell> of) {
    return Figure.of(resampled(name, which, of));
  }

  private Resampled resampled(String name, Predicate<Cell> which, ToDoubleFunction<Cell> of) {
    return new Resampled(
        "panoptic." + name,
        images.size(),
        chosen -> {
          Counts counts = new Counts();
          Set<Integer> things = new HashSet<>();
          for (int i : chosen) {
            counts.add(images.get(i));
            images.get(i).cells.stream().filter(Cell::thing).forEach(c -> things.add(c.category));
          }
          return counts.tally(things).cells.stream()
              .filter(c -> which.test(c) && c.tp + c.fp + c.fn > 0)
              .mapToDouble(of)
              .average()
              .orElse(Double.NaN);
        });
  }
}
