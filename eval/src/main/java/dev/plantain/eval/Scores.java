package dev.plantain.eval;

import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.eval.metric.DepthError;
import dev.plantain.eval.metric.EdgeError;
import dev.plantain.eval.metric.Figure;
import dev.plantain.eval.metric.InstanceError;
import dev.plantain.eval.metric.NormalError;
import dev.plantain.eval.metric.ReferError;
import dev.plantain.eval.metric.Resampled;
import dev.plantain.eval.metric.SegmentError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All metrics of one way to answer; an answer that is not given counts as wrong. */
final class Scores {
  private static final int EDGE_THRESHOLDS = 33;

  private final Map<Double, DepthError> depth = new LinkedHashMap<>();
  private @Nullable NormalError normals;
  private @Nullable SegmentError segments;
  private @Nullable ReferError refer;
  private @Nullable InstanceError instances;
  private @Nullable EdgeError edges;

  /**
   * Adds an answer.
   *
   * @param measurement null if there is none
   */
  void add(Sample sample, Truth truth, @Nullable Object measurement) {
    int width = sample.photo().width();
    int height = sample.photo().height();
    int pixels = width * height;
    switch (truth) {
      case Truth.DepthTruth t -> {
        float[] metres = measurement instanceof DepthMap d ? d.metres() : filled(pixels, Float.NaN);
        depth.computeIfAbsent(t.capMetres(), DepthError::new).add(metres, t.metres());
      }
      case Truth.NormalTruth t -> {
        normals = normals == null ? new NormalError() : normals;
        normals.add(
            measurement instanceof NormalMap n ? n.xyz() : filled(3 * pixels, Float.NaN), t.xyz());
      }
      case Truth.SegmentTruth t -> {
        segments = segments == null ? new SegmentError() : segments;
        int[] none = new int[pixels];
        Arrays.fill(none, LabelMap.UNASSIGNED);
        segments.add(
            t.classes(), measurement instanceof LabelMap l ? l.labels() : none, t.labels());
      }
      case Truth.ReferTruth t -> {
        refer = refer == null ? new ReferError() : refer;
        refer.add(
            measurement instanceof Mask m ? m.bits() : new BitSet(),
            t.inside(),
            width,
            height,
            t.unlabelled());
      }
      case Truth.InstanceTruth t -> {
        instances = instances == null ? new InstanceError() : instances;
        instances.add(
            measurement instanceof InstanceList l
                ? l.stream().map(i -> i.mask().bits()).toList()
                : List.of(),
            t.instances());
      }
      case Truth.EdgeTruth t -> {
        edges = edges == null ? new EdgeError(EDGE_THRESHOLDS) : edges;
        edges.add(
            measurement instanceof EdgeMap e ? e.thin() : new float[pixels],
            t.annotators(),
            width,
            height);
      }
    }
  }

  private static float[] filled(int n, float value) {
    float[] all = new float[n];
    Arrays.fill(all, value);
    return all;
  }

  /**
   * All figures.
   *
   * @param unlabelled classes whose figures are given apart, too
   */
  List<Figure> figures(Set<String> unlabelled) {
    List<Figure> figures = new ArrayList<>();
    depth.values().forEach(d -> figures.addAll(d.figures()));
    if (normals != null) {
      figures.addAll(normals.figures());
    }
    if (segments != null) {
      figures.addAll(segments.figures(unlabelled));
    }
    if (refer != null) {
      figures.addAll(refer.figures());
    }
    if (instances != null) {
      figures.addAll(instances.figures());
    }
    if (edges != null) {
      figures.addAll(edges.figures());
    }
    return figures;
  }

  /** The headline figures, in a form that can be compared pair by pair. */
  List<Resampled> resampled() {
    List<Resampled> figures = new ArrayList<>();
    depth.values().forEach(d -> figures.addAll(d.resampled()));
    if (normals != null) {
      figures.addAll(normals.resampled());
    }
    if (segments != null) {
      figures.addAll(segments.resampled());
    }
    if (refer != null) {
      figures.addAll(refer.resampled());
    }
    if (instances != null) {
      figures.addAll(instances.resampled());
    }
    return figures;
  }

  /** IoU of each class, where there are classes. */
  Map<String, Double> classes() {
    return segments == null ? Map.of() : segments.byClass();
  }
}
