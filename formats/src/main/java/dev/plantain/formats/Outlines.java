package dev.plantain.formats;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Outlines of a mask along the edges of its pixels, so that filling them gives the mask back
 * exactly.
 *
 * <p>The inside is to the right of each step with y down: outer outlines run clockwise as seen,
 * holes the other way. Pixels that touch at a corner only are of different outlines.
 */
final class Outlines {
  /** Right, down, left, up. */
  private static final int[] DX = {1, 0, -1, 0};

  private static final int[] DY = {0, 1, 0, -1};

  private Outlines() {}

  /**
   * A closed line through corners of pixels.
   *
   * @param points {@code x y} of each corner where it turns; the first is not repeated
   * @param hole whether it bounds a hole
   */
  record Outline(List<int[]> points, boolean hole) {}

  static List<Outline> of(BitSet bits, int width, int height) {
    // A pixel with none above it starts a step to the right along its top; such steps belong to
    // exactly one outline each.
    BitSet seen = new BitSet(width * height);
    List<Outline> outlines = new ArrayList<>();
    for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
      boolean top = i < width || !bits.get(i - width);
      if (top && !seen.get(i)) {
        outlines.add(follow(bits, width, height, i, seen));
      }
    }
    return outlines;
  }

  private static Outline follow(BitSet bits, int width, int height, int start, BitSet seen) {
    int x = start % width;
    int y = start / width;
    int startX = x;
    int startY = y;
    int direction = 0;
    List<int[]> points = new ArrayList<>();
    long twiceArea = 0;
    points.add(new int[] {x, y});
    do {
      if (direction == 0) {
        seen.set(y * width + x);
      }
      int nextX = x + DX[direction];
      int nextY = y + DY[direction];
      twiceArea += (long) x * nextY - (long) nextX * y;
      x = nextX;
      y = nextY;
      int next = turn(bits, width, height, x, y, direction);
      boolean closed = x == startX && y == startY && next == 0;
      if (next != direction && !closed) {
        points.add(new int[] {x, y});
      }
      direction = next;
      if (closed) {
        break;
      }
    } while (true);
    return new Outline(points, twiceArea < 0);
  }

  /** The next direction at a corner: right if that keeps the inside on the right. */
  private static int turn(BitSet bits, int width, int height, int x, int y, int direction) {
    // The two pixels ahead of the corner, left and right of the step so far.
    boolean left =
        inside(
            bits,
            width,
            height,
            ahead(x, direction, false, true),
            ahead(y, direction, false, false));
    boolean right =
        inside(
            bits, width, height, ahead(x, direction, true, true), ahead(y, direction, true, false));
    if (!right) {
      return (direction + 1) % 4;
    }
    return left ? (direction + 3) % 4 : direction;
  }

  /** A coordinate of the pixel ahead of a corner, on the right or left of the direction. */
  private static int ahead(int corner, int direction, boolean right, boolean isX) {
    int dx = DX[direction];
    int dy = DY[direction];
    // With y down, right of (dx, dy) is (−dy, dx).
    int side = right ? 1 : -1;
    int sx = -dy * side;
    int sy = dx * side;
    int sum = isX ? dx + sx : dy + sy;
    return corner + (sum > 0 ? 0 : -1);
  }

  private static boolean inside(BitSet bits, int width, int height, int x, int y) {
    return x >= 0 && y >= 0 && x < width && y < height && bits.get(y * width + x);
  }
}
