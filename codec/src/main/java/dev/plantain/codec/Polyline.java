package dev.plantain.codec;

/**
 * A path of straight pieces through the RGB cube, walked at equal parameter length per piece: the
 * plain specification of every {@link ColourMap}.
 *
 * <p>{@code vertices} holds {@code pieces + 1} colours, interleaved, 0..1.
 */
final class Polyline {
  private final double[] vertices;
  final int pieces;

  Polyline(double... vertices) {
    this.vertices = vertices.clone();
    this.pieces = vertices.length / 3 - 1;
  }

  /** Channel {@code channel} of vertex {@code vertex}. */
  double vertex(int vertex, int channel) {
    return vertices[3 * vertex + channel];
  }

  /** The colour at {@code t}, which is clamped to {@code [0, 1]}. */
  void colour(double t, double[] rgb) {
    double s = Math.clamp(t, 0.0, 1.0) * pieces;
    int piece = Math.min((int) s, pieces - 1);
    double along = s - piece;
    for (int channel = 0; channel < 3; channel++) {
      double start = vertex(piece, channel);
      rgb[channel] = start + along * (vertex(piece + 1, channel) - start);
    }
  }

  /** Where on piece {@code piece}, 0..1, the point nearest to the colour lies. */
  double along(int piece, double r, double g, double b) {
    double er = vertex(piece + 1, 0) - vertex(piece, 0);
    double eg = vertex(piece + 1, 1) - vertex(piece, 1);
    double eb = vertex(piece + 1, 2) - vertex(piece, 2);
    double dot =
        (r - vertex(piece, 0)) * er + (g - vertex(piece, 1)) * eg + (b - vertex(piece, 2)) * eb;
    double length2 = er * er + eg * eg + eb * eb;
    return length2 > 0 ? Math.clamp(dot / length2, 0.0, 1.0) : 0;
  }

  /** Squared distance of the colour from the point {@code along} piece {@code piece}. */
  double distance2(int piece, double along, double r, double g, double b) {
    double dr = r - vertex(piece, 0) - along * (vertex(piece + 1, 0) - vertex(piece, 0));
    double dg = g - vertex(piece, 1) - along * (vertex(piece + 1, 1) - vertex(piece, 1));
    double db = b - vertex(piece, 2) - along * (vertex(piece + 1, 2) - vertex(piece, 2));
    return dr * dr + dg * dg + db * db;
  }

  /** The first of the pieces nearest to the colour. */
  int nearestPiece(double r, double g, double b) {
    int best = 0;
    double bestDistance2 = Double.POSITIVE_INFINITY;
    for (int piece = 0; piece < pieces; piece++) {
      double distance2 = distance2(piece, along(piece, r, g, b), r, g, b);
      if (distance2 < bestDistance2) {
        bestDistance2 = distance2;
        best = piece;
      }
    }
    return best;
  }
}
