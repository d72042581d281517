package dev.plantain.eval;

import dev.plantain.eval.metric.DepthAlignment;
import dev.plantain.eval.metric.MaskPrecision;
import dev.plantain.eval.metric.PanopticError;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** What is known of a photo, for one task. Arrays are row-major at the photo's pixels. */
public sealed interface Truth {

  /**
   * @param metres NaN or 0 where unknown
   * @param capMetres largest distance that counts
   * @param alignment what is forgiven; of inverse depth relative depth is asked, else metric depth
   */
  record DepthTruth(float[] metres, double capMetres, DepthAlignment alignment) implements Truth {
    public DepthTruth(float[] metres, double capMetres) {
      this(metres, capMetres, new DepthAlignment.Metric());
    }
  }

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
   * @param ignored pixels that do not count
   * @param unlabelled whether it is about something that was never labelled in training
   */
  record ReferTruth(String phrase, BitSet inside, BitSet ignored, boolean unlabelled)
      implements Truth {
    public ReferTruth(String phrase, BitSet inside, boolean unlabelled) {
      this(phrase, inside, new BitSet(), unlabelled);
    }
  }

  /**
   * Every instance of one class; none if it is not there.
   *
   * @param others what further annotators marked, each of them all instances
   */
  record InstanceTruth(String phrase, List<BitSet> instances, List<List<BitSet>> others)
      implements Truth {
    public InstanceTruth {
      instances = List.copyOf(instances);
      others = others.stream().map(List::copyOf).toList();
    }

    public InstanceTruth(String phrase, List<BitSet> instances) {
      this(phrase, instances, List.of());
    }

    /** What each annotator marked. */
    public List<List<BitSet>> annotators() {
      List<List<BitSet>> all = new ArrayList<>();
      all.add(instances);
      all.addAll(others);
      return all;
    }
  }

  /**
   * Instances of one class whose answers are ranked by how sure they are.
   *
   * @param category id of the class
   */
  record DetectionTruth(String phrase, int category, List<MaskPrecision.Instance> instances)
      implements Truth {
    public DetectionTruth {
      instances = List.copyOf(instances);
    }
  }

  /**
   * A picture divided into things and stuff.
   *
   * @param ids segment of each pixel; {@link PanopticError#VOID} for none
   * @param names of the categories of the segments
   * @param things categories whose instances are told apart
   */
  record PanopticTruth(
      int[] ids,
      List<PanopticError.Segment> segments,
      Map<Integer, String> names,
      Set<Integer> things)
      implements Truth {
    public PanopticTruth {
      segments = List.copyOf(segments);
      names = Map.copyOf(names);
      things = Set.copyOf(things);
    }
  }

  /** Boundaries as each annotator drew them. */
  record EdgeTruth(List<boolean[]> annotators) implements Truth {
    public EdgeTruth {
      annotators = List.copyOf(annotators);
    }
  }
}
