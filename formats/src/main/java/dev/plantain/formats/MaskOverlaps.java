package dev.plantain.formats;

import java.util.Arrays;
import java.util.List;

/**
 * Masks of one size as bits, made once for all that they are compared with: overlaps are those of
 * {@link MaskRuns}, many times faster where every mask meets many.
 */
public final class MaskOverlaps {
  /** A new array for each mask would be memory that the processor has not at hand. */
  private static final ThreadLocal<long[]> SCRATCH =
      ThreadLocal.withInitial(() -> new long[1 << 14]);

  /**
   * @param first index of the first word among all of a mask's
   */
  private record Words(int first, long[] words) {}

  private final List<MaskRuns> masks;
  private final List<Words> bits;

  /**
   * @throws IllegalArgumentException if their sizes differ
   */
  public MaskOverlaps(List<MaskRuns> masks) {
    this.masks = List.copyOf(masks);
    bits = this.masks.stream().map(MaskOverlaps::words).toList();
    for (MaskRuns mask : masks) {
      masks.getFirst().requireSameSize(mask);
    }
  }

  private static Words words(MaskRuns mask) {
    long[] words = new long[mask.wordCount()];
    mask.set(words);
    return new Words(mask.firstWord(), words);
  }

  /**
   * Number of pixels inside both, for each of the masks.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public long[] intersections(MaskRuns other) {
    int first = other.firstWord();
    int count = other.wordCount();
    long[] kept = SCRATCH.get();
    long[] scratch = count <= kept.length ? kept : new long[count];
    Arrays.fill(scratch, 0, count, 0);
    other.set(scratch);
    long[] both = new long[masks.size()];
    for (int i = 0; i < both.length; i++) {
      masks.get(i).requireSameSize(other);
      Words own = bits.get(i);
      int from = Math.max(first, own.first);
      int to = Math.min(first + count, own.first + own.words.length);
      both[i] = common(own.words, from - own.first, scratch, from - first, to - from);
    }
    return both;
  }

  private static long common(long[] a, int startA, long[] b, int startB, int n) {
    long both = 0;
    for (int i = 0; i < n; i++) {
      both += Long.bitCount(a[startA + i] & b[startB + i]);
    }
    return both;
  }

  /**
   * Intersection over union with each of the masks; 0 for two empty ones.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public double[] ious(MaskRuns other) {
    long[] both = intersections(other);
    double[] iou = new double[both.length];
    for (int i = 0; i < iou.length; i++) {
      iou[i] = both[i] == 0 ? 0 : (double) both[i] / (masks.get(i).area() + other.area() - both[i]);
    }
    return iou;
  }

  /**
   * Share of each of the masks that lies in a region of many, of which one need not find all.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public double[] within(MaskRuns crowd) {
    long[] both = intersections(crowd);
    double[] share = new double[both.length];
    for (int i = 0; i < share.length; i++) {
      share[i] = both[i] == 0 ? 0 : (double) both[i] / masks.get(i).area();
    }
    return share;
  }
}
