package dev.plantain.core;

import dev.plantain.core.instruct.Colours;
import dev.plantain.core.measure.LabelMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Divides tasks that are too large for one drawing. A legend has room for so many colours that can
 * be told apart; more classes are asked for in several drawings, each with a background for what is
 * in none of its classes, and merged: a pixel goes to the class of the drawing that is surest.
 */
final class Division {
  /** Entries of a legend. The paper asks for Cityscapes' 19 in one. */
  static final int LEGEND = 24;

  private final List<Task<?>> parts = new ArrayList<>();
  private final List<Task<?>> tasks;
  private final List<Integer> counts = new ArrayList<>();

  private Division(List<? extends Task<?>> tasks) {
    this.tasks = List.copyOf(tasks);
  }

  static Division of(List<? extends Task<?>> tasks, ColourProfile profile) {
    Division division = new Division(tasks);
    for (Task<?> task : tasks) {
      List<Task<?>> own =
          task instanceof Segments segments && segments.legend().size() > LEGEND
              ? divide(segments, profile)
              : List.of(task);
      division.parts.addAll(own);
      division.counts.add(own.size());
    }
    return division;
  }

  /** How many drawings so many classes are asked for in. */
  static int drawings(int classes) {
    return Math.max(1, (classes + LEGEND - 1) / LEGEND);
  }

  private static List<Task<?>> divide(Segments whole, ColourProfile profile) {
    List<String> classes = whole.classes();
    int ground = whole.backgroundRgb().orElse(Colours.BLACK);
    int many = drawings(classes.size());
    List<Task<?>> parts = new ArrayList<>();
    for (int k = 0; k < many; k++) {
      // Of equal size: a last drawing of one class would find it everywhere.
      int from = k * classes.size() / many;
      int to = (k + 1) * classes.size() / many;
      List<String> some = classes.subList(from, to);
      Segments part = Segments.coloured(Segments.zip(some, profile.palette(some.size(), ground)));
      part = part.background(ground).worded(whole.wording());
      parts.add(whole.nearest() ? part.nearestAlways() : part);
    }
    return parts;
  }

  /** What to ask. */
  List<Task<?>> parts() {
    return List.copyOf(parts);
  }

  /** The answers to the tasks, from those to the parts. */
  List<Answer<?>> merge(List<Answer<?>> answers) {
    List<Answer<?>> merged = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < tasks.size(); i++) {
      int to = from + counts.get(i);
      merged.add(
          counts.get(i) == 1
              ? answers.get(from)
              : merge((Segments) tasks.get(i), answers.subList(from, to)));
      from = to;
    }
    return List.copyOf(merged);
  }

  private static Answer<LabelMap> merge(Segments whole, List<Answer<?>> parts) {
    List<LabelMap> maps = new ArrayList<>();
    List<Answer.Pass> passes = new ArrayList<>();
    Set<String> warnings = new LinkedHashSet<>();
    String generator = "";
    for (Answer<?> part : parts) {
      switch (part) {
        case Answer.Failed<?> failed -> {
          return new Answer.Failed<>(whole, failed.reason());
        }
        case Answer.Seen<?> seen -> {
          maps.add((LabelMap) seen.measurement());
          passes.addAll(seen.passes());
          warnings.addAll(seen.warnings());
          generator = seen.generator();
        }
      }
    }
    return new Answer.Seen<>(whole, merged(whole, maps), passes, List.copyOf(warnings), generator);
  }

  private static LabelMap merged(Segments whole, List<LabelMap> maps) {
    LabelMap first = maps.getFirst();
    int n = first.width() * first.height();
    int ground = whole.backgroundRgb().isPresent() ? LabelMap.BACKGROUND : LabelMap.UNASSIGNED;
    int[] labels = new int[n];
    float[] confidence = new float[n];
    boolean[] unclear = new boolean[n];
    Arrays.fill(labels, ground);
    Arrays.fill(confidence, 1);
    int offset = 0;
    for (LabelMap map : maps) {
      int[] own = map.labels();
      float[] sure = map.confidence();
      for (int i = 0; i < n; i++) {
        boolean taken = labels[i] >= 0;
        if (own[i] >= 0 && (!taken || sure[i] > confidence[i])) {
          labels[i] = own[i] + offset;
          confidence[i] = sure[i];
        } else if (own[i] < 0 && !taken) {
          confidence[i] = Math.min(confidence[i], sure[i]);
          unclear[i] |= own[i] == LabelMap.UNASSIGNED;
        }
      }
      offset += map.classes().size();
    }
    for (int i = 0; i < n; i++) {
      labels[i] = labels[i] < 0 && unclear[i] ? LabelMap.UNASSIGNED : labels[i];
    }
    return LabelMap.of(first.width(), first.height(), whole.classes(), labels, confidence);
  }
}
