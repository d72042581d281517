package dev.plantain.core;

import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.core.measure.RelativeDepth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Merges several answers to one question, pixel by pixel. Confidences become the mean over the
 * answers that agree, times their share.
 */
final class Fusion {
  /** Distances this close to the median, as a ratio, agree with it. */
  private static final float AGREEING_RATIO = 1.25f;

  /** Relative depths this close to the median agree with it. */
  private static final float AGREEING_NEARNESS = 0.1f;

  /** Instances that overlap this much are the same. */
  private static final double SAME_INSTANCE_IOU = 0.5;

  private Fusion() {}

  /** The median of the distances; invalid where most answers are. */
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
      // The lower of the two middle ones: the mean of two far-apart depths is a third that is
      // wrong.
      float median = sorted[(valid - 1) / 2];
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

  /** The label most answers give, each weighed by its confidence; ties go to the first answer's. */
  static LabelMap labels(List<LabelMap> answers) {
    LabelMap first = answers.getFirst();
    int[][] labels = answers.stream().map(LabelMap::labels).toArray(int[][]::new);
    float[][] confidences = answers.stream().map(LabelMap::confidence).toArray(float[][]::new);
    int n = labels[0].length;
    int lowest = Math.min(LabelMap.BACKGROUND, LabelMap.UNASSIGNED);
    float[] votes = new float[first.classes().size() - lowest];
    float[] sure = new float[votes.length];
    int[] fused = new int[n];
    float[] confidence = new float[n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < labels.length; k++) {
        int slot = labels[k][i] - lowest;
        // A doubtful vote counts half a sure one: many doubtful ones may still outvote it.
        votes[slot] += 0.5f + 0.5f * confidences[k][i];
        sure[slot] += confidences[k][i];
      }
      int best = labels[0][i] - lowest;
      for (int[] answer : labels) {
        int slot = answer[i] - lowest;
        best = votes[slot] > votes[best] ? slot : best;
      }
      fused[i] = best + lowest;
      confidence[i] = Math.clamp(sure[best] / labels.length, 0f, 1f);
      for (int[] answer : labels) {
        votes[answer[i] - lowest] = 0;
        sure[answer[i] - lowest] = 0;
      }
    }
    return LabelMap.of(first.width(), first.height(), first.classes(), fused, confidence);
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

  /** The instances found in more than half of the answers, each with the pixels most give it. */
  static InstanceList instances(List<InstanceList> answers) {
    InstanceList first = answers.getFirst();
    List<List<Instance>> groups = new ArrayList<>();
    for (InstanceList answer : answers) {
      List<List<Instance>> free = new ArrayList<>(groups);
      for (Instance instance : answer) {
        List<Instance> group = null;
        double best = SAME_INSTANCE_IOU;
        for (List<Instance> candidate : free) {
          double iou = candidate.getFirst().mask().iou(instance.mask());
          if (iou >= best) {
            best = iou;
            group = candidate;
          }
        }
        if (group == null) {
          groups.add(new ArrayList<>(List.of(instance)));
        } else {
          group.add(instance);
          free.remove(group);
        }
      }
    }
    List<Instance> fused = new ArrayList<>();
    BitSet taken = new BitSet();
    groups.sort(Comparator.comparingInt((List<Instance> group) -> -group.size()));
    double sum = 0;
    for (List<Instance> group : groups) {
      BitSet pixels = majority(group.stream().map(Instance::mask).toList(), group.size());
      pixels.andNot(taken);
      if (2 * group.size() > answers.size() && !pixels.isEmpty()) {
        taken.or(pixels);
        double score = 0;
        for (Instance instance : group) {
          score += instance.mask().score() / answers.size();
        }
        sum += score;
        fused.add(
            new Instance(
                Mask.of(
                    first.phrase(),
                    first.width(),
                    first.height(),
                    pixels,
                    (float) Math.clamp(score, 0, 1)),
                group.getFirst().rgb()));
      }
    }
    fused.sort(Comparator.comparingInt((Instance instance) -> -instance.mask().area()));
    double score =
        fused.isEmpty()
            ? answers.stream().filter(List::isEmpty).count() / (double) answers.size()
            : sum / fused.size();
    return new InstanceList(
        first.phrase(), first.width(), first.height(), fused, (float) Math.clamp(score, 0, 1));
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
