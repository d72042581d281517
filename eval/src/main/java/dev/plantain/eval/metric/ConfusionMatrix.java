package dev.plantain.eval.metric;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Counts of pixels by true and answered label, and IoU from them as Cityscapes has it: pixels whose
 * truth does not count are in no count at all; answers of any label are false where they are not
 * the truth.
 */
public final class ConfusionMatrix {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SPREAD = 0x0101010101010101L;

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
    // Label maps are made of areas: eight equal pixels are one step. Others are counted one by one,
    // in turn in two tables, so that no count waits for the one before.
    int[] even = new int[1 << 16];
    int[] odd = new int[1 << 16];
    int i = 0;
    int n = truth.length;
    for (; i + 8 <= n; i += 8) {
      long t = (long) EIGHT.get(truth, i);
      long a = (long) EIGHT.get(answer, i);
      if (t == SPREAD * (t & 0xFF) && a == SPREAD * (a & 0xFF)) {
        even[(int) (((t & 0xFF) << 8) | (a & 0xFF))] += 8;
      } else {
        for (int k = 0; k < 64; k += 16) {
          even[(int) ((((t >>> k) & 0xFF) << 8) | ((a >>> k) & 0xFF))]++;
          odd[(int) ((((t >>> (k + 8)) & 0xFF) << 8) | ((a >>> (k + 8)) & 0xFF))]++;
        }
      }
    }
    for (; i < n; i++) {
      even[((truth[i] & 0xFF) << 8) | (answer[i] & 0xFF)]++;
    }
    for (int pair = 0; pair < even.length; pair++) {
      int count = even[pair] + odd[pair];
      if (count > 0) {
        counts[cell(pair >> 8, pair & 0xFF)] += count;
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
