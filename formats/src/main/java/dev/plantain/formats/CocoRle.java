package dev.plantain.formats;

import java.util.Arrays;
import java.util.BitSet;

/**
 * COCO's run-length codes of masks: lengths of runs down the columns, the first of zeros, written
 * as text with differences to the run before the last (maskApi.c of cocodataset/cocoapi). Holes and
 * all parts are kept.
 */
public final class CocoRle {
  private CocoRle() {}

  /**
   * The compressed text.
   *
   * @param bits indices {@code y * width + x} of the pixels inside
   */
  public static String encode(BitSet bits, int width, int height) {
    int[] runs = runs(bits, width, height);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < runs.length; i++) {
      long x = i > 2 ? (long) runs[i] - runs[i - 2] : runs[i];
      boolean more;
      do {
        int five = (int) (x & 0x1F);
        x >>= 5;
        // The last group's top bit is the sign.
        more = (five & 0x10) != 0 ? x != -1 : x != 0;
        text.append((char) (48 + (more ? five | 0x20 : five)));
      } while (more);
    }
    return text.toString();
  }

  /** Lengths of the runs down the columns, zeros first: the uncompressed form. */
  public static int[] runs(BitSet bits, int width, int height) {
    int[] runs = new int[16];
    int n = 0;
    int length = 0;
    boolean inside = false;
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        if (bits.get(y * width + x) != inside) {
          if (n == runs.length) {
            runs = Arrays.copyOf(runs, 2 * n);
          }
          runs[n++] = length;
          length = 0;
          inside = !inside;
        }
        length++;
      }
    }
    runs = Arrays.copyOf(runs, n + 1);
    runs[n] = length;
    return runs;
  }

  /**
   * The mask of a compressed text.
   *
   * @return indices {@code y * width + x} of the pixels inside
   * @throws InputException if it is no such text, or not of this size
   */
  public static BitSet decode(String text, int width, int height) throws InputException {
    int[] runs = new int[16];
    int n = 0;
    for (int at = 0; at < text.length(); ) {
      long x = 0;
      int shift = 0;
      int c;
      do {
        c = at < text.length() ? text.charAt(at++) - 48 : -1;
        if (c < 0 || c > 63 || shift > 60) {
          throw new InputException.Damaged("a COCO mask holds a broken run length");
        }
        x |= (long) (c & 0x1F) << shift;
        shift += 5;
      } while ((c & 0x20) != 0);
      if ((c & 0x10) != 0) {
        x |= -1L << shift;
      }
      if (n > 2) {
        x += runs[n - 2];
      }
      if (x < 0 || x > Integer.MAX_VALUE) {
        throw new InputException.Damaged("a COCO mask holds a run of length " + x);
      }
      if (n == runs.length) {
        runs = Arrays.copyOf(runs, 2 * n);
      }
      runs[n++] = (int) x;
    }
    return decode(Arrays.copyOf(runs, n), width, height);
  }

  /**
   * The mask of uncompressed runs.
   *
   * @throws InputException if they are not of this size
   */
  public static BitSet decode(int[] runs, int width, int height) throws InputException {
    BitSet bits = new BitSet(width * height);
    long total = 0;
    for (int run : runs) {
      total += run;
    }
    if (total != (long) width * height) {
      throw new InputException.Damaged(
          "a COCO mask has %d pixels, its picture %d x %d".formatted(total, width, height));
    }
    int at = 0;
    for (int i = 0; i < runs.length; i++) {
      for (int k = 0; k < runs[i]; k++, at++) {
        if (i % 2 == 1) {
          bits.set(at % height * width + at / height);
        }
      }
    }
    return bits;
  }
}
