package dev.plantain.codec;

/**
 * F1 of predicted against true instance masks, averaged over the thresholds 0.5, 0.55 … 0.95 of
 * intersection over union, for one picture: SA-Co's pmF1 is its mean over pictures with instances.
 */
final class MaskF1 {
  private static final int THRESHOLDS = 10;

  private MaskF1() {}

  static double of(int[] truth, int[] ids) {
    int trueCount = max(truth) + 1;
    int count = max(ids) + 1;
    int[] joint = new int[trueCount * count];
    int[] trueArea = new int[trueCount];
    int[] area = new int[count];
    for (int i = 0; i < truth.length; i++) {
      int id = Math.max(0, ids[i]);
      joint[truth[i] * count + id]++;
      trueArea[truth[i]]++;
      area[id]++;
    }
    int real = 0;
    for (int t = 1; t < trueCount; t++) {
      real += trueArea[t] > 0 ? 1 : 0;
    }
    int found = 0;
    for (int p = 1; p < count; p++) {
      found += area[p] > 0 ? 1 : 0;
    }
    double sum = 0;
    for (int k = 0; k < THRESHOLDS; k++) {
      double threshold = 0.5 + 0.05 * k;
      int matched = 0;
      // Above one half, masks that do not overlap each other have at most one partner.
      for (int t = 1; t < trueCount; t++) {
        for (int p = 1; p < count; p++) {
          double both = joint[t * count + p];
          if (both > 0 && both / (trueArea[t] + area[p] - both) > threshold) {
            matched++;
          }
        }
      }
      sum += real + found == 0 ? 1 : 2.0 * matched / (real + found);
    }
    return sum / THRESHOLDS;
  }

  private static int max(int[] values) {
    int max = 0;
    for (int value : values) {
      max = Math.max(max, value);
    }
    return max;
  }
}
