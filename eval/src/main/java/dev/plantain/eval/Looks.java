package dev.plantain.eval;

import dev.plantain.core.Answer;
import dev.plantain.core.Image;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.core.measure.RelativeDepth;
import dev.plantain.eval.metric.DepthAlignment;
import dev.plantain.eval.metric.SegmentError;
import dev.plantain.formats.DepthPicture;
import dev.plantain.formats.Overlays;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Drawing, reading and truth as pictures. */
final class Looks {
  private Looks() {}

  /** The drawing as the generator made it. */
  static Optional<Image> drawing(Answer<?> answer) {
    return answer instanceof Answer.Seen<?> seen && !seen.passes().isEmpty()
        ? Optional.of(seen.drawing().image())
        : Optional.empty();
  }

  /** Whether colours of a truth and its reading say the same: not if a scale is forgiven. */
  static boolean comparable(Truth truth, Answer<?> answer) {
    return !(truth instanceof Truth.DepthTruth t)
        || (t.alignment() instanceof DepthAlignment.Metric
            && !(answer instanceof Answer.Seen<?> seen
                && seen.measurement() instanceof RelativeDepth));
  }

  /** What was read from the drawing; depth in the colours of its truth if they are comparable. */
  static Optional<Image> reading(Image photo, Answer<?> answer, Truth truth) {
    if (!(answer instanceof Answer.Seen<?> seen)) {
      return Optional.empty();
    }
    if (truth instanceof Truth.DepthTruth t
        && comparable(truth, answer)
        && seen.measurement() instanceof DepthMap m) {
      DepthMap known = DepthMap.of(photo.width(), photo.height(), known(t.metres()));
      return Optional.of(DepthPicture.of(m, DepthPicture.Range.of(known)));
    }
    return Optional.of(picture(photo, seen.measurement()));
  }

  /** What is known, as a picture. */
  static Image truth(Image photo, Truth truth) {
    return picture(photo, measurement(photo, truth));
  }

  /** What is known, as it would be read from a perfect drawing. */
  static Object measurement(Image photo, Truth truth) {
    int w = photo.width();
    int h = photo.height();
    return switch (truth) {
      case Truth.DepthTruth t -> DepthMap.of(w, h, known(t.metres()));
      case Truth.NormalTruth t -> NormalMap.of(w, h, unit(t.xyz()));
      case Truth.SegmentTruth t -> LabelMap.of(w, h, t.classes(), labels(t.labels()));
      case Truth.ReferTruth t -> mask(photo, t.phrase(), t.inside());
      case Truth.InstanceTruth t -> list(photo, t.phrase(), t.instances());
      case Truth.DetectionTruth t ->
          list(photo, t.phrase(), t.instances().stream().map(i -> i.mask().bits()).toList());
      case Truth.PanopticTruth t -> {
        List<BitSet> masks = new ArrayList<>();
        t.segments()
            .forEach(
                s -> {
                  BitSet own = new BitSet();
                  for (int i = 0; i < t.ids().length; i++) {
                    own.set(i, t.ids()[i] == s.id());
                  }
                  masks.add(own);
                });
        yield list(photo, "segments", masks);
      }
      case Truth.EdgeTruth t -> {
        float[] share = new float[w * h];
        for (boolean[] one : t.annotators()) {
          for (int i = 0; i < share.length; i++) {
            share[i] += one[i] ? 1f / t.annotators().size() : 0;
          }
        }
        yield EdgeMap.of(w, h, share, share);
      }
    };
  }

  private static Image picture(Image photo, Object measurement) {
    return switch (measurement) {
      case DepthMap m -> DepthPicture.of(m);
      case RelativeDepth m -> DepthPicture.of(m);
      case NormalMap m -> Overlays.normals(m);
      case LabelMap m -> Overlays.labels(photo, m);
      case Mask m -> Overlays.masks(photo, List.of(m));
      case InstanceList m -> Overlays.instances(photo, m);
      case EdgeMap m -> Overlays.edges(photo, m);
      default -> throw new IllegalArgumentException("no picture of " + measurement);
    };
  }

  private static float[] known(float[] metres) {
    float[] known = metres.clone();
    for (int i = 0; i < known.length; i++) {
      known[i] = known[i] > 0 ? known[i] : Float.NaN;
    }
    return known;
  }

  private static float[] unit(float[] xyz) {
    float[] unit = xyz.clone();
    for (int i = 0; i < unit.length; i += 3) {
      float length =
          (float)
              Math.sqrt(unit[i] * unit[i] + unit[i + 1] * unit[i + 1] + unit[i + 2] * unit[i + 2]);
      for (int k = 0; k < 3; k++) {
        unit[i + k] = length > 0 ? unit[i + k] / length : Float.NaN;
      }
    }
    return unit;
  }

  private static int[] labels(int[] truth) {
    int[] labels = truth.clone();
    for (int i = 0; i < labels.length; i++) {
      labels[i] =
          labels[i] == SegmentError.IGNORE
              ? LabelMap.UNASSIGNED
              : labels[i] < 0 ? LabelMap.BACKGROUND : labels[i];
    }
    return labels;
  }

  private static Mask mask(Image photo, String phrase, BitSet bits) {
    return Mask.of(phrase, photo.width(), photo.height(), bits, 1);
  }

  private static InstanceList list(Image photo, String phrase, List<BitSet> masks) {
    return new InstanceList(
        phrase,
        photo.width(),
        photo.height(),
        masks.stream()
            .filter(m -> !m.isEmpty())
            .map(m -> new Instance(mask(photo, phrase, m), 0))
            .toList(),
        1);
  }
}
