package dev.plantain.formats;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A mask as lengths of runs down its columns, the first of zeros: COCO's way to keep masks. Areas
 * and overlaps are reckoned on the runs, as maskApi.c of cocodataset/cocoapi does.
 */
public final class MaskRuns {
  /** Words that the largest vectors hold: loops over two masks that start at such are fastest. */
  private static final int ALIGNED = 8;

  private final int width;
  private final int height;
  private final int[] runs;
  private final long area;

  private MaskRuns(int width, int height, int[] runs) {
    this.width = width;
    this.height = height;
    this.runs = runs;
    long inside = 0;
    for (int i = 1; i < runs.length; i += 2) {
      inside += runs[i];
    }
    area = inside;
  }

  /**
   * @param bits indices {@code y * width + x} of the pixels inside
   */
  public static MaskRuns of(BitSet bits, int width, int height) {
    return new MaskRuns(width, height, BitColumns.of(bits, width, height).runs());
  }

  /**
   * @param runs down the columns, zeros first; copied
   * @throws InputException if they are not of this size
   */
  public static MaskRuns of(int[] runs, int width, int height) throws InputException {
    for (int run : runs) {
      if (run < 0) {
        throw new InputException.Damaged("a COCO mask holds a run of length " + run);
      }
    }
    return checked(runs.clone(), width, height);
  }

  /**
   * The mask of COCO's compressed text.
   *
   * @throws InputException if it is no such text, or not of this size
   */
  public static MaskRuns parse(String text, int width, int height) throws InputException {
    return checked(CocoRle.runs(text), width, height);
  }

  private static MaskRuns checked(int[] runs, int width, int height) throws InputException {
    MaskRuns mask = new MaskRuns(width, height, runs);
    long total = mask.area;
    for (int i = 0; i < runs.length; i += 2) {
      total += runs[i];
    }
    if (total != (long) width * height) {
      throw new InputException.Damaged(
          "a COCO mask has %d pixels, its picture %d x %d".formatted(total, width, height));
    }
    return mask;
  }

  /**
   * The pixels of polygons as COCO's own tools fill them: outlines walked at five times the
   * resolution. Where polygons overlap, a pixel is inside once.
   *
   * @param polygons each {@code x0, y0, x1, y1, …} in pixels
   * @throws IllegalArgumentException if a polygon has an odd count of numbers or one that is not
   *     finite
   */
  public static MaskRuns ofPolygons(double[][] polygons, int width, int height) {
    BitSet all = new BitSet(width * height);
    for (double[] polygon : polygons) {
      all.or(new MaskRuns(width, height, CocoPolygon.runs(polygon, width, height)).bits());
    }
    return of(all, width, height);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** A copy of the lengths. */
  public int[] runs() {
    return runs.clone();
  }

  /** Number of pixels inside. */
  public long area() {
    return area;
  }

  /** Indices {@code y * width + x} of the pixels inside. */
  public BitSet bits() {
    return BitColumns.of(runs, width, height).bits();
  }

  /**
   * Index of a word at or before the one with the first pixel inside, where each has the bits of 64
   * pixels down the columns, one after the other. A multiple of {@link #ALIGNED}.
   */
  int firstWord() {
    return runs[0] / Long.SIZE & -ALIGNED;
  }

  /** Words from the first on that {@link #set} needs, a multiple of {@link #ALIGNED}. */
  int wordCount() {
    if (runs.length == 1) {
      return 0;
    }
    long end = (long) width * height - (runs.length % 2 == 0 ? 0 : runs[runs.length - 1]);
    return (int) (end / Long.SIZE + ALIGNED & -ALIGNED) - firstWord();
  }

  /**
   * Sets the bits of pixels inside.
   *
   * @param words zeros at the places needed
   * @param first where the first word belongs
   */
  void set(long[] words, int first) {
    long at = (long) (first - firstWord()) * Long.SIZE;
    for (int i = 0; i + 1 < runs.length; i += 2) {
      long from = at + runs[i];
      at = from + runs[i + 1];
      int k = (int) (from >> 6);
      int last = (int) (at >> 6);
      long head = -1L << from;
      long tail = ~(-1L << at);
      if (k == last) {
        words[k] |= head & tail;
      } else {
        words[k] |= head;
        // Down a column a run has few words: calling Arrays.fill would cost more than they do.
        while (++k < last) {
          words[k] = -1L;
        }
        words[last] = tail;
      }
    }
  }

  /** COCO's compressed text. */
  public String text() {
    return CocoRle.text(runs);
  }

  /** Number of pixels inside both. */
  public long intersection(MaskRuns other) {
    requireSameSize(other);
    if (area == 0 || other.area == 0) {
      return 0;
    }
    int[] a = runs;
    int[] b = other.runs;
    long both = 0;
    int i = 0;
    int j = 0;
    long endA = a[0];
    long endB = b[0];
    long at = 0;
    long total = (long) width * height;
    while (at < total) {
      long end = Math.min(endA, endB);
      if ((i & j & 1) != 0) {
        both += end - at;
      }
      at = end;
      // Runs of no length are allowed, and passed over here.
      while (endA == at && i + 1 < a.length) {
        endA += a[++i];
      }
      while (endB == at && j + 1 < b.length) {
        endB += b[++j];
      }
    }
    return both;
  }

  /** Intersection over union; 0 for two empty masks, as COCO's tools have it. */
  public double iou(MaskRuns other) {
    return iou(other, intersection(other));
  }

  double iou(MaskRuns other, long both) {
    return both == 0 ? 0 : (double) both / (area + other.area - both);
  }

  /** Share of this mask that lies in a region of many, of which one need not find all. */
  public double within(MaskRuns crowd) {
    long both = intersection(crowd);
    return both == 0 ? 0 : (double) both / area;
  }

  void requireSameSize(MaskRuns other) {
    if (width != other.width || height != other.height) {
      throw new IllegalArgumentException(
          "masks of %d x %d and %d x %d do not compare"
              .formatted(width, height, other.width, other.height));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaskRuns that
        && width == that.width
        && height == that.height
        && Arrays.equals(runs, that.runs);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(runs);
  }

  @Override
  public String toString() {
    return "MaskRuns[%d x %d, %d pixels]".formatted(width, height, area);
  }
}
