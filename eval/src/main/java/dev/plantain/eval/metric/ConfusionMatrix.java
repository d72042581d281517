package dev.plantain.eval.metric;

/**
 * Counts of pixels by true and answered label, and IoU from them as Cityscapes has it: pixels whose
 * truth does not count are in no count at all; answers of any label are false where they are not
 * the truth.
 */
public final class ConfusionMatrix {
  private final int labels;
  private final long[] counts;

  /**
   * @param labels are 0 … {@code labels − 1}
   */
  public ConfusionMatrix(int labels) {
    this.labels = labels;
    counts = new long[labels * labels];
  }

  /** The counts of one pair of label maps. */
  public static ConfusionMatrix of(int labels, int[] answer, int[] truth) {
    ConfusionMatrix matrix = new ConfusionMatrix(labels);
    matrix.add(answer, truth);
    return matrix;
  }

  /**
   * Adds an image of 8-bit labels.
   *
   * @throws IllegalArgumentException if the sizes differ or a label is out of range
   */
  public void add(byte[] answer, byte[] truth) {
    requireSameSize(answer.length, truth.length);
    int[] pairs = new int[1 << 16];
    PixelLoops.CHOSEN.pairs(truth, answer, truth.length, pairs);
    for (int pair = 0; pair < pairs.length; pair++) {
      if (pairs[pair] > 0) {
        counts[cell(pair >> Byte.SIZE, pair & 0xFF)] += pairs[pair];
      }
    }
  }

  /**
   * Adds an image.
   *
   * @throws IllegalArgumentException if the sizes differ or a label is out of range
   */
  public void add(int[] answer, int[] truth) {
    requireSameSize(answer.length, truth.length);
    int i = 0;
    int n = truth.length;
    while (i < n) {
      int t = truth[i];
      int a = answer[i];
      int start = i++;
      while (i < n && truth[i] == t && answer[i] == a) {
        i++;
      }
      counts[cell(t, a)] += i - start;
    }
  }

  private int cell(int truth, int answer) {
    if (truth < 0 || truth >= labels || answer < 0 || answer >= labels) {
      throw new IllegalArgumentException(
          "labels are 0 to %d; a pixel has truth %d and answer %d"
              .formatted(labels - 1, truth, answer));
    }
    return truth * labels + answer;
  }

  private static void requireSameSize(int answer, int truth) {
    if (answer != truth) {
      throw new IllegalArgumentException(
          "an answer of %d pixels does not compare with a truth of %d".formatted(answer, truth));
    }
  }

  /** Pixels of a true label that were answered with another or the same. */
  public long count(int truth, int answer) {
    return counts[cell(truth, answer)];
  }

  /**
   * Intersection over union of a label, NaN if nobody says it.
   *
   * @param counted whether pixels of a true label count, by label
   */
  public double iou(int label, boolean[] counted) {
    return intersection(label) / (double) union(label, counted);
  }

  /** Mean over labels that count and occur. */
  public double miou(boolean[] counted) {
    double sum = 0;
    int n = 0;
    for (int c = 0; c < labels; c++) {
      double iou = counted[c] ? iou(c, counted) : Double.NaN;
      if (!Double.isNaN(iou)) {
        sum += iou;
        n++;
      }
    }
    return sum / n;
  }

  long intersection(int label) {
    return counts[label * labels + label];
  }

  long actual(int label) {
    long sum = 0;
    for (int a = 0; a < labels; a++) {
      sum += counts[label * labels + a];
    }
    return sum;
  }

  long union(int label, boolean[] counted) {
    long sum = actual(label);
    for (int t = 0; t < labels; t++) {
      if (counted[t] && t != label) {
        sum += counts[t * labels + label];
      }
    }
    return sum;
  }
}
