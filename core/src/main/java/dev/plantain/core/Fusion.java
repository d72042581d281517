package dev.plantain.core;

import dev.plantain.codec.PowerTransform;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.core.measure.RelativeDepth;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Merges several answers to one question, pixel by pixel. Confidences become the mean over the
 * answers that agree, times their share.
 */
final class Fusion {
  /** Distances this close to the median, as a ratio, agree with it. */
  private static final float AGREEING_RATIO = 1.25f;

  /**
   * Distances within this ratio are two guesses at one distance, farther apart they are of two
   * things. Chosen on Diorama's validation views.
   */
  private static final float ONE_THING_RATIO = 1.5f;

  /** Relative depths this close to the median agree with it. */
  private static final float AGREEING_NEARNESS = 0.1f;

  private Fusion() {}

  /** The median of the distances, in code space; invalid where most answers are. */
  static DepthMap depth(List<DepthMap> answers) {
    DepthMap first = answers.getFirst();
    float[][] values = answers.stream().map(DepthMap::metres).toArray(float[][]::new);
    float[][] confidences = answers.stream().map(DepthMap::confidence).toArray(float[][]::new);
    float[] confidence = new float[values[0].length];
    float[] fused = medians(values, confidences, confidence, true);
    return DepthMap.of(first.width(), first.height(), fused, confidence);
  }

  /** The median of the nearness; invalid where most answers are. */
  static RelativeDepth relative(List<RelativeDepth> answers) {
    RelativeDepth first = answers.getFirst();
    float[][] values = answers.stream().map(RelativeDepth::nearness).toArray(float[][]::new);
    float[][] confidences = answers.stream().map(RelativeDepth::confidence).toArray(float[][]::new);
    float[] confidence = new float[values[0].length];
    float[] fused = medians(values, confidences, confidence, false);
    return RelativeDepth.of(first.width(), first.height(), fused, confidence);
  }

  private static float[] medians(
      float[][] values, float[][] confidences, float[] confidence, boolean ratio) {
    int n = values.length;
    float[] fused = new float[confidence.length];
    float[] sorted = new float[n];
    for (int i = 0; i < fused.length; i++) {
      int valid = 0;
      for (float[] answer : values) {
        if (!Float.isNaN(answer[i])) {
          sorted[valid++] = answer[i];
        }
      }
      if (2 * valid < n || valid == 0) {
        fused[i] = Float.NaN;
        continue;
      }
      Arrays.sort(sorted, 0, valid);
      float median = middle(sorted[(valid - 1) / 2], sorted[valid / 2], ratio);
      fused[i] = median;
      for (int k = 0; k < n; k++) {
        float v = values[k][i];
        boolean agrees =
            v == median
                || (ratio
                    ? v < median * AGREEING_RATIO && median < v * AGREEING_RATIO
                    : Math.abs(v - median) < AGREEING_NEARNESS);
        confidence[i] += agrees ? confidences[k][i] / n : 0;
      }
      confidence[i] = Math.min(1, confidence[i]);
    }
    return fused;
  }

  /**
   * The median of an even number of values, from the two middle ones: half-way between them in the
   * code, as a mean of metres would lean to the farther one; the lower one if they are far apart,
   * as the mean of two far-apart depths is a third that is wrong.
   */
  private static float middle(float low, float high, boolean metres) {
    if (low == high) {
      return low;
    }
    if (!metres) {
      return high - low < AGREEING_NEARNESS ? (low + high) / 2 : low;
    }
    if (high < low * ONE_THING_RATIO) {
      double mean = (PowerTransform.PAPER.forward(low) + PowerTransform.PAPER.forward(high)) / 2;
      return (float) PowerTransform.PAPER.inverse(mean);
    }
    return low;
  }

  /** The direction of the sum; its length over the number of answers tells their agreement. */
  static NormalMap normals(List<NormalMap> answers) {
    NormalMap first = answers.getFirst();
    int n = first.width() * first.height();
    float[] sum = new float[3 * n];
    float[] confidence = new float[n];
    for (NormalMap answer : answers) {
      float[] xyz = answer.xyz();
      float[] sure = answer.confidence();
      for (int i = 0; i < n; i++) {
        if (!Float.isNaN(xyz[3 * i])) {
          confidence[i] += sure[i] / answers.size();
          for (int c = 0; c < 3; c++) {
            sum[3 * i + c] += xyz[3 * i + c];
          }
        }
      }
    }
    for (int i = 0; i < n; i++) {
      double length = Math.hypot(Math.hypot(sum[3 * i], sum[3 * i + 1]), sum[3 * i + 2]);
      float scale = length > 0.1 ? (float) (1 / length) : Float.NaN;
      for (int c = 0; c < 3; c++) {
        sum[3 * i + c] *= scale;
      }
      double agreement = length > 0.1 ? length / answers.size() : 0;
      confidence[i] = (float) Math.clamp(confidence[i] * agreement, 0, 1);
    }
    return NormalMap.of(first.width(), first.height(), sum, confidence);
  }

  /** The pixels more than half of the answers have. */
  static Mask masks(List<Mask> answers) {
    Mask first = answers.getFirst();
    BitSet majority = majority(answers, answers.size());
    Mask fused = Mask.of(first.phrase(), first.width(), first.height(), majority, 1);
    double score = 0;
    for (Mask answer : answers) {
      score += answer.score() * answer.iou(fused);
    }
    return Mask.of(
        first.phrase(),
        first.width(),
        first.height(),
        majority,
        (float) Math.clamp(score / answers.size(), 0, 1));
  }

  private static BitSet majority(List<Mask> masks, int of) {
    int[] votes = new int[masks.getFirst().width() * masks.getFirst().height()];
    for (Mask mask : masks) {
      mask.bits().stream().forEach(i -> votes[i]++);
    }
    BitSet majority = new BitSet(votes.length);
    for (int i = 0; i < votes.length; i++) {
      if (2 * votes[i] > of) {
        majority.set(i);
      }
    }
    return majority;
  }

  /** The mean probability, thinned anew. */
  static EdgeMap edges(List<EdgeMap> answers) {
    EdgeMap first = answers.getFirst();
    float[] mean = new float[first.width() * first.height()];
    for (EdgeMap answer : answers) {
      float[] probability = answer.probability();
      for (int i = 0; i < mean.length; i++) {
        mean[i] += probability[i] / answers.size();
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] = Math.clamp(mean[i], 0f, 1f);
    }
    return Edges.thinned(first.width(), first.height(), mean);
  }
}
