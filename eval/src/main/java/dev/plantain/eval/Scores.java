package dev.plantain.eval;

import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.core.measure.RelativeDepth;
import dev.plantain.eval.metric.DepthAlignment;
import dev.plantain.eval.metric.DepthError;
import dev.plantain.eval.metric.EdgeError;
import dev.plantain.eval.metric.Figure;
import dev.plantain.eval.metric.InstanceError;
import dev.plantain.eval.metric.MaskPrecision;
import dev.plantain.eval.metric.NormalError;
import dev.plantain.eval.metric.PanopticError;
import dev.plantain.eval.metric.ReferError;
import dev.plantain.eval.metric.Resampled;
import dev.plantain.eval.metric.SegmentError;
import dev.plantain.eval.metric.Tally;
import dev.plantain.formats.MaskRuns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All metrics of one way to answer; an answer that is not given counts as wrong. */
final class Scores {
  private final Map<String, DepthError> depth = new LinkedHashMap<>();
  private final NormalError normals = new NormalError();
  private final SegmentError segments = new SegmentError();
  private final ReferError refer = new ReferError();
  private final InstanceError instances = new InstanceError();
  private final MaskPrecision detection = new MaskPrecision();
  private final PanopticError panoptic = new PanopticError();
  private final EdgeError edges = new EdgeError(EdgeError.THRESHOLDS);

  /** Kinds of answers that were added. */
  private final Set<Class<?>> kinds = new HashSet<>();

  /**
   * Adds an answer.
   *
   * @param measurement null if there is none
   */
  void add(Sample sample, Truth truth, @Nullable Object measurement) {
    add(tally(sample, truth, Arrays.asList(measurement)));
  }

  /** Adds an answer counted before. */
  void add(Tally tally) {
    kinds.add(tally.getClass());
    switch (tally) {
      case DepthError.Tally t ->
          depth
              .computeIfAbsent(
                  t.alignment() + " " + t.capMetres(),
                  k -> new DepthError(t.capMetres(), DepthAlignment.named(t.alignment())))
              .add(t);
      case NormalError.Tally t -> normals.add(t);
      case SegmentError.Tally t -> segments.add(t);
      case ReferError.Tally t -> refer.add(t);
      case InstanceError.Tally t -> instances.add(t);
      case MaskPrecision.Tally t -> detection.add(t);
      case PanopticError.Tally t -> panoptic.add(t);
      case EdgeError.Tally t -> edges.add(t);
    }
  }

  /**
   * Counts an answer.
   *
   * @param measurements as {@link Questions#all} asked; null where there is none
   */
  static Tally tally(Sample sample, Truth truth, List<?> measurements) {
    int width = sample.photo().width();
    int height = sample.photo().height();
    int pixels = width * height;
    Object measurement = measurements.getFirst();
    return switch (truth) {
      case Truth.DepthTruth t -> {
        float[] answer =
            switch (measurement) {
              case DepthMap d -> d.metres();
              case RelativeDepth r -> r.nearness();
              case null, default -> filled(pixels, Float.NaN);
            };
        yield DepthError.tally(answer, t.metres(), t.capMetres(), t.alignment());
      }
      case Truth.NormalTruth t ->
          NormalError.tally(
              measurement instanceof NormalMap n ? n.xyz() : filled(3 * pixels, Float.NaN),
              t.xyz());
      case Truth.SegmentTruth t -> {
        int[] none = new int[pixels];
        Arrays.fill(none, LabelMap.UNASSIGNED);
        yield SegmentError.tally(
            t.classes(), measurement instanceof LabelMap l ? l.labels() : none, t.labels());
      }
      case Truth.ReferTruth t ->
          ReferError.tally(
              measurement instanceof Mask m ? m.bits() : new BitSet(),
              t.inside(),
              t.ignored(),
              width,
              height,
              t.unlabelled());
      case Truth.InstanceTruth t ->
          InstanceError.tally(
              measurement instanceof InstanceList l
                  ? l.stream().map(i -> i.mask().bits()).toList()
                  : List.of(),
              t.annotators());
      case Truth.DetectionTruth t ->
          new MaskPrecision.Tally(
              List.of(
                  MaskPrecision.cell(
                      t.category(), detections(measurement, width, height), t.instances())));
      case Truth.PanopticTruth t -> PanopticAnswer.tally(t, measurements);
      case Truth.EdgeTruth t ->
          EdgeError.tally(
              measurement instanceof EdgeMap e ? e.thin() : new float[pixels],
              t.annotators(),
              width,
              height,
              EdgeError.THRESHOLDS);
    };
  }

  private static List<MaskPrecision.Detection> detections(
      @Nullable Object measurement, int width, int height) {
    return measurement instanceof InstanceList l
        ? l.stream()
            .map(
                i ->
                    new MaskPrecision.Detection(
                        MaskRuns.of(i.mask().bits(), width, height), i.mask().score()))
            .toList()
        : List.of();
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
    if (kinds.contains(NormalError.Tally.class)) {
      figures.addAll(normals.figures());
    }
    if (kinds.contains(SegmentError.Tally.class)) {
      figures.addAll(segments.figures(unlabelled));
    }
    if (kinds.contains(ReferError.Tally.class)) {
      figures.addAll(refer.figures());
    }
    if (kinds.contains(InstanceError.Tally.class)) {
      figures.addAll(instances.figures());
    }
    if (kinds.contains(MaskPrecision.Tally.class)) {
      figures.addAll(detection.figures());
    }
    if (kinds.contains(PanopticError.Tally.class)) {
      figures.addAll(panoptic.figures());
    }
    if (kinds.contains(EdgeError.Tally.class)) {
      figures.addAll(edges.figures());
    }
    return figures;
  }

  /** The headline figures, in a form that can be compared pair by pair. */
  List<Resampled> resampled() {
    List<Resampled> figures = new ArrayList<>();
    depth.values().forEach(d -> figures.addAll(d.resampled()));
    if (kinds.contains(NormalError.Tally.class)) {
      figures.addAll(normals.resampled());
    }
    if (kinds.contains(SegmentError.Tally.class)) {
      figures.addAll(segments.resampled());
    }
    if (kinds.contains(ReferError.Tally.class)) {
      figures.addAll(refer.resampled());
    }
    if (kinds.contains(InstanceError.Tally.class)) {
      figures.addAll(instances.resampled());
    }
    if (kinds.contains(MaskPrecision.Tally.class)) {
      figures.addAll(detection.resampled());
    }
    if (kinds.contains(PanopticError.Tally.class)) {
      figures.addAll(panoptic.resampled());
    }
    if (kinds.contains(EdgeError.Tally.class)) {
      figures.addAll(edges.resampled());
    }
    return figures;
  }

  /** IoU of each class, where there are classes. */
  Map<String, Double> classes() {
    return segments.byClass();
  }
}
