package dev.plantain.core;

import dev.plantain.core.measure.LabelMap;
import java.util.List;

/**
 * The label most answers give each pixel. A pixel that an answer leaves unassigned is no vote,
 * unless more than half of the answers do. Ties go to the label whose votes were surer, then to the
 * first answer's.
 *
 * <p>Confidence is {@code (votes + 1) / (passes + 2)}, Laplace's rule of succession: passes of one
 * generator share its errors, so that even all of few are not certain. One answer alone keeps its
 * own.
 */
final class LabelVote {
  private LabelVote() {}

  static LabelMap of(List<LabelMap> answers) {
    LabelMap first = answers.getFirst();
    if (answers.size() == 1) {
      return first;
    }
    int[][] labels = answers.stream().map(LabelMap::labels).toArray(int[][]::new);
    float[][] confidences = answers.stream().map(LabelMap::confidence).toArray(float[][]::new);
    int n = labels[0].length;
    int passes = labels.length;
    int lowest = Math.min(LabelMap.BACKGROUND, LabelMap.UNASSIGNED);
    int unassigned = LabelMap.UNASSIGNED - lowest;
    int[] votes = new int[first.classes().size() - lowest];
    float[] sure = new float[votes.length];
    int[] fused = new int[n];
    float[] confidence = new float[n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < passes; k++) {
        int slot = labels[k][i] - lowest;
        votes[slot]++;
        sure[slot] += confidences[k][i];
      }
      int best = 2 * votes[unassigned] > passes ? unassigned : -1;
      for (int k = 0; k < passes && best != unassigned; k++) {
        int slot = labels[k][i] - lowest;
        if (slot != unassigned && (best < 0 || beats(slot, best, votes, sure))) {
          best = slot;
        }
      }
      best = best < 0 ? unassigned : best;
      fused[i] = best + lowest;
      confidence[i] = confidence(votes[best], passes);
      for (int[] answer : labels) {
        votes[answer[i] - lowest] = 0;
        sure[answer[i] - lowest] = 0;
      }
    }
    return LabelMap.of(first.width(), first.height(), first.classes(), fused, confidence);
  }

  /**
   * @param votes for the label, or its share in as many drawings
   */
  static float confidence(float votes, int passes) {
    return (votes + 1) / (passes + 2);
  }

  private static boolean beats(int one, int other, int[] votes, float[] sure) {
    return votes[one] > votes[other] || (votes[one] == votes[other] && sure[one] > sure[other]);
  }
}
