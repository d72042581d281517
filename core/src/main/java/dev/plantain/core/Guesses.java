package dev.plantain.core;

import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a generator answers of phrases that it does not know. It paints something for any words, and
 * as boldly as for those it knows, so the paint does not tell: the answer is warned of, and its
 * confidence is that of a guess. Where it painted stays as it is.
 */
final class Guesses {
  /**
   * How sure a guess is at the most. How often it is right is not known; above a half it would be
   * called likelier right than wrong.
   */
  static final float MOST = 0.5f;

  private Guesses() {}

  /** The answer, told to be a guess where it is one. */
  static <M> Answer<M> told(Answer<M> answer, Generator generator) {
    return switch (answer) {
      case Answer.Failed<M> failed -> failed;
      case Answer.Seen<M> seen -> told(seen, generator);
    };
  }

  private static <M> Answer.Seen<M> told(Answer.Seen<M> seen, Generator generator) {
    List<String> phrases = phrases(seen.measurement());
    Set<String> unknown =
        phrases.isEmpty() ? Set.of() : new LinkedHashSet<>(generator.unknownPhrases(phrases));
    if (unknown.isEmpty()) {
      return seen;
    }
    List<String> warnings = new ArrayList<>();
    for (String phrase : unknown) {
      warnings.add(
          ("unknown phrase \"%s\": it is far from all that the generator has learnt, and what it"
                  + " drew for it is a guess; try a commoner word")
              .formatted(phrase));
    }
    warnings.addAll(seen.warnings());
    @SuppressWarnings("unchecked") // a measurement of lower confidence is of its own type
    M capped = (M) capped(seen.measurement(), unknown);
    return new Answer.Seen<>(
        seen.task(), capped, seen.passes(), warnings, List.copyOf(unknown), seen.generator());
  }

  /** The words a measurement was asked for in. */
  private static List<String> phrases(Object measurement) {
    return switch (measurement) {
      case LabelMap map -> map.classes();
      case Mask mask -> List.of(mask.phrase());
      case InstanceList instances -> List.of(instances.phrase());
      case List<?> several -> several.stream().flatMap(m -> phrases(m).stream()).toList();
      default -> List.of();
    };
  }

  private static Object capped(Object measurement, Set<String> unknown) {
    return switch (measurement) {
      case LabelMap map -> capped(map, unknown);
      case Mask mask -> unknown.contains(mask.phrase()) ? capped(mask) : mask;
      case InstanceList instances -> capped(instances); // its only phrase is unknown
      case List<?> several -> several.stream().map(m -> capped(m, unknown)).toList();
      default -> measurement;
    };
  }

  private static LabelMap capped(LabelMap map, Set<String> unknown) {
    List<String> classes = map.classes();
    int[] labels = map.labels();
    float[] confidence = map.confidence();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0 && unknown.contains(classes.get(labels[i]))) {
        confidence[i] = Math.min(confidence[i], MOST);
      }
    }
    return LabelMap.of(map.width(), map.height(), classes, labels, confidence);
  }

  private static Mask capped(Mask mask) {
    float score = Math.min(mask.score(), MOST);
    return Mask.of(mask.phrase(), mask.width(), mask.height(), mask.bits(), score);
  }

  private static InstanceList capped(InstanceList all) {
    List<Instance> instances =
        all.stream().map(i -> new Instance(capped(i.mask()), i.rgb())).toList();
    float score = Math.min(all.score(), MOST);
    return new InstanceList(all.phrase(), all.width(), all.height(), instances, score);
  }
}
