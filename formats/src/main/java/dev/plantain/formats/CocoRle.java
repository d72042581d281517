package dev.plantain.formats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/**
 * COCO's run-length codes of masks as text: lengths of runs down the columns, the first of zeros,
 * with differences to the run before the last (maskApi.c of cocodataset/cocoapi). Holes and all
 * parts are kept. The runs themselves are {@link MaskRuns}.
 */
public final class CocoRle {
  /** A new array for each mask would be memory that the processor has not at hand. */
  private static final ThreadLocal<int[]> SCRATCH = ThreadLocal.withInitial(() -> new int[1 << 12]);

  private CocoRle() {}

  /**
   * The compressed text.
   *
   * @param bits indices {@code y * width + x} of the pixels inside
   */
  public static String encode(BitSet bits, int width, int height) {
    return MaskRuns.of(bits, width, height).text();
  }

  /**
   * The mask of a compressed text.
   *
   * @return indices {@code y * width + x} of the pixels inside
   * @throws InputException if it is no such text, or not of this size
   */
  public static BitSet decode(String text, int width, int height) throws InputException {
    return MaskRuns.parse(text, width, height).bits();
  }

  /**
   * The mask of uncompressed runs.
   *
   * @throws InputException if they are not of this size
   */
  public static BitSet decode(int[] runs, int width, int height) throws InputException {
    return MaskRuns.of(runs, width, height).bits();
  }

  /** Runs as text. */
  static String text(int[] runs) {
    byte[] text = new byte[2 * runs.length + 16];
    int n = 0;
    for (int i = 0; i < runs.length; i++) {
      long x = i > 2 ? (long) runs[i] - runs[i - 2] : runs[i];
      if (n + 16 > text.length) {
        text = Arrays.copyOf(text, 2 * text.length);
      }
      boolean more;
      do {
        int five = (int) (x & 0x1F);
        x >>= 5;
        // The last group's top bit is the sign.
        more = (five & 0x10) != 0 ? x != -1 : x != 0;
        text[n++] = (byte) (48 + (more ? five | 0x20 : five));
      } while (more);
    }
    return new String(text, 0, n, StandardCharsets.ISO_8859_1);
  }

  /** Runs of a text, not yet checked against a size. */
  static int[] runs(String text) throws InputException {
    // What is no ASCII becomes bytes below 0, which are refused.
    byte[] codes = text.getBytes(StandardCharsets.UTF_8);
    int[] kept = SCRATCH.get();
    int[] runs = codes.length <= kept.length ? kept : new int[codes.length];
    int n = 0;
    int at = 0;
    int beforeLast = 0;
    int last = 0;
    while (at < codes.length) {
      int low = codes[at++] - 48;
      int high = at < codes.length ? codes[at] - 48 : -1;
      int number;
      if ((low & ~0x1F) == 0) { // nearly all have one group of five bits or two
        number = low << 27 >> 27;
      } else if (((low & ~0x3F) | (high & ~0x1F)) == 0) {
        number = (low & 0x1F) | (high << 27 >> 22);
        at++;
      } else {
        long many = 0;
        int shift = 0;
        int group = low;
        while ((group & ~0x1F) == 0x20 && shift < 35 && at < codes.length) {
          many |= (long) (group & 0x1F) << shift;
          shift += 5;
          group = codes[at++] - 48;
        }
        many |= (long) group << 59 >> (59 - shift);
        if ((group & ~0x1F) != 0 || many != (int) many) {
          throw new InputException.Damaged("a COCO mask holds a broken run length");
        }
        number = (int) many;
      }
      // From the fourth on they are differences to the run before the last.
      int run = number + beforeLast;
      if (run < 0) {
        throw new InputException.Damaged("a COCO mask holds a run of length " + run);
      }
      beforeLast = last;
      last = n == 0 ? 0 : run;
      runs[n++] = run;
    }
    return Arrays.copyOf(runs, n);
  }
}
