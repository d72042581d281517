package dev.plantain.formats;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A mask's bits down its columns, each column in words of its own. Rows become columns in blocks of
 * 64 × 64 bits (Warren, "Hacker's Delight", section 7-3), many times faster than bit by bit.
 */
final class BitColumns {
  private static final int BLOCK = 64;

  private final int width;
  private final int height;
  private final int perColumn;
  private final long[] words;

  private BitColumns(int width, int height) {
    this.width = width;
    this.height = height;
    perColumn = (height + BLOCK - 1) / BLOCK;
    words = new long[Math.multiplyExact(width, perColumn)];
  }

  /** Of indices {@code y * width + x}. */
  static BitColumns of(BitSet bits, int width, int height) {
    BitColumns columns = new BitColumns(width, height);
    long[] rows = bits.toLongArray();
    long[] block = new long[BLOCK];
    for (int y0 = 0; y0 < height; y0 += BLOCK) {
      int tall = Math.min(BLOCK, height - y0);
      for (int x0 = 0; x0 < width; x0 += BLOCK) {
        int wide = Math.min(BLOCK, width - x0);
        long any = 0;
        for (int y = 0; y < tall; y++) {
          block[y] = take(rows, (long) (y0 + y) * width + x0, wide);
          any |= block[y];
        }
        if (any != 0) {
          Arrays.fill(block, tall, BLOCK, 0);
          transpose(block);
          for (int x = 0; x < wide; x++) {
            columns.words[(x0 + x) * columns.perColumn + y0 / BLOCK] = block[x];
          }
        }
      }
    }
    return columns;
  }

  /** Of runs down the columns, zeros first, that fit the size. */
  static BitColumns of(int[] runs, int width, int height) {
    BitColumns columns = new BitColumns(width, height);
    long at = 0;
    for (int i = 0; i < runs.length; i++) {
      if (i % 2 == 1) {
        columns.set(at, at + runs[i]);
      }
      at += runs[i];
    }
    return columns;
  }

  private void set(long from, long to) {
    while (from < to) {
      int x = (int) (from / height);
      int y = (int) (from - (long) x * height);
      int end = (int) Math.min(height, y + to - from);
      int first = x * perColumn + y / BLOCK;
      int last = x * perColumn + (end - 1) / BLOCK;
      long head = -1L << y;
      long tail = -1L >>> -end;
      if (first == last) {
        words[first] |= head & tail;
      } else {
        words[first] |= head;
        Arrays.fill(words, first + 1, last, -1L);
        words[last] |= tail;
      }
      from += end - y;
    }
  }

  /** Lengths of the runs, zeros first. */
  int[] runs() {
    int[] runs = new int[64];
    int n = 0;
    long last = 0;
    long flip = 0; // all ones while inside
    for (int x = 0, k = 0; x < width; x++) {
      long base = (long) x * height;
      for (int y0 = 0; y0 < height; y0 += BLOCK, base += BLOCK, k++) {
        long valid = height - y0 >= BLOCK ? -1L : -1L >>> -(height - y0);
        long changed = (words[k] ^ flip) & valid;
        while (changed != 0) {
          int bit = Long.numberOfTrailingZeros(changed);
          if (n + 1 == runs.length) {
            runs = Arrays.copyOf(runs, 2 * runs.length);
          }
          runs[n++] = (int) (base + bit - last);
          last = base + bit;
          flip = ~flip;
          changed = (words[k] ^ flip) & valid & (-1L << bit);
        }
      }
    }
    runs[n++] = (int) ((long) width * height - last);
    return Arrays.copyOf(runs, n);
  }

  /** Indices {@code y * width + x}. */
  BitSet bits() {
    long[] rows = new long[(int) (((long) width * height + BLOCK - 1) / BLOCK)];
    long[] block = new long[BLOCK];
    for (int y0 = 0; y0 < height; y0 += BLOCK) {
      int tall = Math.min(BLOCK, height - y0);
      for (int x0 = 0; x0 < width; x0 += BLOCK) {
        int wide = Math.min(BLOCK, width - x0);
        long any = 0;
        for (int x = 0; x < wide; x++) {
          block[x] = words[(x0 + x) * perColumn + y0 / BLOCK];
          any |= block[x];
        }
        if (any != 0) {
          Arrays.fill(block, wide, BLOCK, 0);
          transpose(block);
          for (int y = 0; y < tall; y++) {
            put(rows, (long) (y0 + y) * width + x0, block[y]);
          }
        }
      }
    }
    return BitSet.valueOf(rows);
  }

  /** {@code count} bits from any bit on; what lies beyond the words is 0. */
  private static long take(long[] words, long at, int count) {
    int word = (int) (at >> 6);
    int shift = (int) (at & 63);
    long low = word < words.length ? words[word] >>> shift : 0;
    long high = shift != 0 && word + 1 < words.length ? words[word + 1] << -shift : 0;
    return (low | high) & (-1L >>> -count);
  }

  private static void put(long[] words, long at, long bits) {
    if (bits == 0) {
      return;
    }
    int word = (int) (at >> 6);
    int shift = (int) (at & 63);
    words[word] |= bits << shift;
    if (shift != 0 && bits >>> -shift != 0) {
      words[word + 1] |= bits >>> -shift;
    }
  }

  private static void transpose(long[] m) {
    long mask = 0x00000000FFFFFFFFL;
    for (int j = 32; j != 0; j >>= 1, mask ^= mask << j) {
      for (int k = 0; k < BLOCK; k = (k + j + 1) & ~j) {
        long swap = ((m[k] >>> j) ^ m[k + j]) & mask;
        m[k] ^= swap << j;
        m[k + j] ^= swap;
      }
    }
  }
}
