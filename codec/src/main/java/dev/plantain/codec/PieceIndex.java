package dev.plantain.codec;

import java.util.Arrays;

/**
 * For every cell of a grid over the RGB cube, the pieces of a {@link Polyline} that can be nearest
 * to a colour in it. Exact: a piece is left out only if another is nearer by more than the cell's
 * diameter.
 */
final class PieceIndex {
  private static final int SIDE = 32;
  private static final double RADIUS = Math.sqrt(3) / 2 / SIDE;

  private final Polyline line;
  private final int[][] candidates = new int[SIDE * SIDE * SIDE][];

  PieceIndex(Polyline line) {
    this.line = line;
    double[] distance = new double[line.pieces];
    int[] near = new int[line.pieces];
    for (int cell = 0; cell < candidates.length; cell++) {
      double r = middle(cell / (SIDE * SIDE));
      double g = middle(cell / SIDE % SIDE);
      double b = middle(cell % SIDE);
      double nearest = Double.POSITIVE_INFINITY;
      for (int piece = 0; piece < line.pieces; piece++) {
        double along = line.along(piece, r, g, b);
        distance[piece] = Math.sqrt(line.distance2(piece, along, r, g, b));
        nearest = Math.min(nearest, distance[piece]);
      }
      int count = 0;
      for (int piece = 0; piece < line.pieces; piece++) {
        if (distance[piece] <= nearest + 2 * RADIUS + 1e-9) {
          near[count++] = piece;
        }
      }
      candidates[cell] = Arrays.copyOf(near, count);
    }
  }

  /** The first of the pieces nearest to a colour inside the cube. */
  int nearestPiece(double r, double g, double b) {
    int best = 0;
    double bestDistance2 = Double.POSITIVE_INFINITY;
    for (int piece : candidates[(step(r) * SIDE + step(g)) * SIDE + step(b)]) {
      double distance2 = line.distance2(piece, line.along(piece, r, g, b), r, g, b);
      if (distance2 < bestDistance2) {
        bestDistance2 = distance2;
        best = piece;
      }
    }
    return best;
  }

  private static double middle(int step) {
    return (step + 0.5) / SIDE;
  }

  private static int step(double channel) {
    return Math.min((int) (channel * SIDE), SIDE - 1);
  }
}
