package dev.plantain.eval.metric;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What one answer adds to a metric: a few counts, from which every figure of a set can be had
 * without the answer. They are what a run keeps on disk, so figures of a resumed run are those of
 * an undisturbed one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "metric")
@JsonSubTypes({
  @JsonSubTypes.Type(value = DepthError.Tally.class, name = "depth"),
  @JsonSubTypes.Type(value = NormalError.Tally.class, name = "normals"),
  @JsonSubTypes.Type(value = SegmentError.Tally.class, name = "segment"),
  @JsonSubTypes.Type(value = ReferError.Tally.class, name = "refer"),
  @JsonSubTypes.Type(value = InstanceError.Tally.class, name = "instances"),
  @JsonSubTypes.Type(value = MaskPrecision.Tally.class, name = "detection"),
  @JsonSubTypes.Type(value = PanopticError.Tally.class, name = "panoptic"),
  @JsonSubTypes.Type(value = EdgeError.Tally.class, name = "edges")
})
public sealed interface Tally
    permits DepthError.Tally,
        NormalError.Tally,
        SegmentError.Tally,
        ReferError.Tally,
        InstanceError.Tally,
        MaskPrecision.Tally,
        PanopticError.Tally,
        EdgeError.Tally {

  /**
   * How good the answer is by itself, to sort answers by; greater is better, NaN if it cannot be
   * told.
   */
  double goodness();

  /** Whether there was nothing to count, so that no figure has it. */
  @JsonIgnore
  default boolean isVoid() {
    return switch (this) {
      case DepthError.Tally t -> t.pixels() == 0;
      case NormalError.Tally t -> t.pixels() == 0;
      default -> false;
    };
  }
}
