package dev.plantain.eval;

import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.eval.metric.PanopticError;
import dev.plantain.eval.metric.PanopticError.Segment;
import dev.plantain.eval.metric.PanopticError.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A panoptic answer put together from one drawing of all categories and one of each thing's
 * instances: stuff is one segment a category; an instance lies above it; pixels of a thing that are
 * in no instance are void.
 */
final class PanopticAnswer {
  private PanopticAnswer() {}

  /** Categories that are there, in the order of their ids: what is asked for. */
  static List<Integer> categories(Truth.PanopticTruth truth) {
    return truth.segments().stream().map(Segment::category).distinct().sorted().toList();
  }

  /**
   * Counts an answer.
   *
   * @param measurements a label map, then instances of each thing, as asked; null where there is
   *     none
   */
  static Tally tally(Truth.PanopticTruth truth, List<?> measurements) {
    List<Integer> categories = categories(truth);
    int[] ids = new int[truth.ids().length];
    Map<Integer, Segment> segments = new HashMap<>();
    if (measurements.getFirst() instanceof LabelMap map) {
      int[] labels = map.labels();
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] >= 0 && !truth.things().contains(categories.get(labels[i]))) {
          int id = labels[i] + 1;
          ids[i] = id;
          segments.putIfAbsent(id, new Segment(id, categories.get(labels[i]), 0, false));
        }
      }
    }
    int next = categories.size() + 1;
    int at = 1;
    for (int category : categories) {
      if (!truth.things().contains(category)) {
        continue;
      }
      if (measurements.get(at++) instanceof InstanceList instances) {
        for (var instance : instances) {
          int id = next++;
          segments.put(id, new Segment(id, category, 0, false));
          instance.mask().bits().stream().forEach(i -> ids[i] = id);
        }
      }
    }
    boolean[] used = new boolean[next];
    for (int id : ids) {
      used[id] = true;
    }
    List<Segment> seen = new ArrayList<>(segments.values());
    seen.removeIf(s -> !used[s.id()]);
    return PanopticError.tally(ids, seen, truth.ids(), truth.segments(), truth.things());
  }
}
