package dev.plantain.train;

import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts what a user's own pictures do not teach, to be told in one line. */
final class LeftOut {
  private final Set<String> unseen = new LinkedHashSet<>();
  private final Set<String> seen = new LinkedHashSet<>();
  private long pictures;
  private int dropped;
  private int labelled;
  private int unknownDepth;

  /** A picture of which nothing is taught. */
  void drop() {
    pictures++;
    dropped++;
  }

  /** A picture that is taught. */
  void keep(Sample sample) {
    pictures++;
    for (Truth truth : sample.truths()) {
      if (truth instanceof Truth.SegmentTruth t) {
        labelled++;
        see(t);
      } else if (truth instanceof Truth.DepthTruth t && !anyKnown(t.metres())) {
        unknownDepth++;
      }
    }
  }

  private void see(Truth.SegmentTruth truth) {
    BitSet indices = new BitSet();
    for (int label : truth.labels()) {
      if (label >= 0 && label < truth.classes().size()) {
        indices.set(label);
      }
    }
    for (int i = 0; i < truth.classes().size(); i++) {
      (indices.get(i) ? seen : unseen).add(truth.classes().get(i));
    }
  }

  private static boolean anyKnown(float[] metres) {
    for (float z : metres) {
      if (z > 0) { // which NaN is not
        return true;
      }
    }
    return false;
  }

  /** None if all pictures are taught whole. */
  Optional<String> line() {
    List<String> parts = new ArrayList<>();
    if (dropped > 0) {
      parts.add("left out %d of %d pictures".formatted(dropped, pictures));
    }
    long unlabelled = pictures - dropped - labelled;
    if (labelled > 0 && unlabelled > 0) {
      parts.add("without labels beside other answers: " + unlabelled);
    }
    if (unknownDepth > 0) {
      parts.add("with a depth of which no pixel is known: " + unknownDepth);
    }
    Set<String> never = new LinkedHashSet<>(unseen);
    never.removeAll(seen);
    if (!never.isEmpty()) {
      parts.add("no pixel of: " + String.join(", ", never));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
  }
}
