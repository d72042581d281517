package dev.plantain.eval;

import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/** What is known of a photo, for one task. Arrays are row-major at the photo's pixels. */
public sealed interface Truth {

  /**
   * @param metres NaN or 0 where unknown
   * @param capMetres largest distance that counts
   */
  record DepthTruth(float[] metres, double capMetres) implements Truth {}

  /**
   * @param xyz {@code 3 * n}, camera frame: +x right, +y up, +z to the viewer; NaN where unknown
   */
  record NormalTruth(float[] xyz) implements Truth {}

  /**
   * @param classes asked for, with a colour each
   * @param labels index of the class, −1 for none of them, {@link
   *     dev.plantain.eval.metric.SegmentError#IGNORE} where unknown
   * @param backgroundRgb of what is in no class; none if every pixel is in one
   */
  record SegmentTruth(
      List<String> classes, List<Integer> rgbs, OptionalInt backgroundRgb, int[] labels)
      implements Truth {
    public SegmentTruth {
      classes = List.copyOf(classes);
      rgbs = List.copyOf(rgbs);
    }
  }

  /**
   * @param inside empty if nothing matches
   * @param unlabelled whether it is about something that was never labelled in training
   */
  record ReferTruth(String phrase, BitSet inside, boolean unlabelled) implements Truth {}

  /** Every instance of one class. */
  record InstanceTruth(String phrase, List<BitSet> instances) implements Truth {
    public InstanceTruth {
      instances = List.copyOf(instances);
    }
  }

  /** Boundaries as each annotator drew them. */
  record EdgeTruth(List<boolean[]> annotators) implements Truth {
    public EdgeTruth {
      annotators = List.copyOf(annotators);
    }
  }
}
