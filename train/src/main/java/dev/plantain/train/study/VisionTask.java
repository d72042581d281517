package dev.plantain.train.study;

import dev.plantain.eval.Truth;
import dev.plantain.train.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A task of the study, and what is measured of it. */
enum VisionTask {
  DEPTH(
      Kind.DEPTH,
      Truth.DepthTruth.class,
      List.of(new Metric("depth.delta1", true), new Metric("depth.absrel", false))),
  NORMALS(
      Kind.NORMALS,
      Truth.NormalTruth.class,
      List.of(new Metric("normals.mean", false), new Metric("normals.per_image_median", false))),
  SEGMENT(
      Kind.SEGMENT,
      Truth.SegmentTruth.class,
      List.of(
          new Metric("segment.miou_labelled", true),
          new Metric("segment.miou_unlabelled", true),
          new Metric("segment.miou", true),
          new Metric("segment.wrong_colour", false)));

  /** A figure, and which way is better. */
  record Metric(String name, boolean higherIsBetter) {
    /** Whether one value is better than another; one that is no number never is. */
    boolean better(double value, double than) {
      return Double.isNaN(than)
          ? !Double.isNaN(value)
          : higherIsBetter ? value > than : value < than;
    }
  }

  private final Kind kind;
  private final Class<? extends Truth> truth;
  private final List<Metric> metrics;

  VisionTask(Kind kind, Class<? extends Truth> truth, List<Metric> metrics) {
    this.kind = kind;
    this.truth = truth;
    this.metrics = metrics;
  }

  Kind kind() {
    return kind;
  }

  boolean asks(Truth of) {
    return truth.isInstance(of);
  }

  /** What is reported of it, the most telling first. */
  List<Metric> metrics() {
    return metrics;
  }

  /** What rates are chosen by and curves show; of labelled things, as training knows no others. */
  Metric headline() {
    return metrics.getFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Set<Kind> kinds() {
    return EnumSet.allOf(VisionTask.class).stream()
        .map(VisionTask::kind)
        .collect(Collectors.toSet());
  }
}
