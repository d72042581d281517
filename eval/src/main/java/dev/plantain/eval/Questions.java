package dev.plantain.eval;

import dev.plantain.core.Depth;
import dev.plantain.core.Edges;
import dev.plantain.core.Instances;
import dev.plantain.core.Normals;
import dev.plantain.core.Referring;
import dev.plantain.core.Segments;
import dev.plantain.core.Task;
import dev.plantain.core.instruct.Ask.Entry;
import dev.plantain.core.instruct.Palette;
import dev.plantain.eval.metric.DepthAlignment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What is asked for each truth. */
public final class Questions {
  private Questions() {}

  /** All that is asked; one question but for what takes several drawings. */
  static List<Task<?>> all(Truth truth) {
    if (!(truth instanceof Truth.PanopticTruth p)) {
      return List.of(one(truth));
    }
    List<Task<?>> tasks = new ArrayList<>();
    List<Integer> categories = PanopticAnswer.categories(p);
    List<Integer> rgbs = Palette.distinct(categories.size());
    List<Entry> legend = new ArrayList<>();
    for (int i = 0; i < categories.size(); i++) {
      legend.add(new Entry(name(p, categories.get(i)), rgbs.get(i)));
    }
    tasks.add(Segments.coloured(legend).nearestAlways());
    for (int category : categories) {
      if (p.things().contains(category)) {
        tasks.add(Instances.of(name(p, category)));
      }
    }
    return tasks;
  }

  private static String name(Truth.PanopticTruth truth, int category) {
    return truth.names().getOrDefault(category, Integer.toString(category));
  }

  /**
   * The one question a truth answers.
   *
   * @throws IllegalArgumentException if it takes several
   */
  public static Task<?> one(Truth truth) {
    return switch (truth) {
      case Truth.DepthTruth t ->
          t.alignment() instanceof DepthAlignment.InverseScaleShift
              ? Depth.relative()
              : Depth.metric();
      case Truth.NormalTruth _ -> Normals.camera();
      case Truth.SegmentTruth s -> segments(s);
      case Truth.ReferTruth r -> Referring.to(r.phrase());
      case Truth.InstanceTruth i -> Instances.of(i.phrase());
      case Truth.DetectionTruth d -> Instances.of(d.phrase());
      case Truth.EdgeTruth _ -> Edges.boundaries();
      case Truth.PanopticTruth _ ->
          throw new IllegalArgumentException("a panoptic answer takes several drawings");
    };
  }

  /** That of a truth by class: its legend, read by the nearest of its colours. */
  public static Segments segments(Truth.SegmentTruth truth) {
    List<Entry> legend = new ArrayList<>();
    for (int i = 0; i < truth.classes().size(); i++) {
      legend.add(new Entry(truth.classes().get(i), truth.rgbs().get(i)));
    }
    Segments task = Segments.coloured(legend).nearestAlways();
    OptionalInt background = truth.backgroundRgb();
    return background.isPresent() ? task.background(background.getAsInt()) : task;
  }
}
