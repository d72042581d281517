package dev.plantain.codec;

import java.util.function.Supplier;

/**
 * A path through the RGB cube: positions {@code [0, 1]} to colours and, by projection on the
 * nearest point of the path, back.
 *
 * <p>Colours are 0..1 per channel and are clamped to that cube before they are read; a colour with
 * a NaN channel has no position (NaN).
 */
public final class ColourMap {
  /**
   * The paper's map: the seven cube edges black, red, yellow, green, cyan, blue, magenta, white
   * (the first iteration of a three-dimensional Hilbert curve). 1,785 steps in 8 bits.
   */
  public static final ColourMap CUBE_WALK =
      new ColourMap(
          "cube walk",
          () ->
              new Polyline(0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1));

  /** Matplotlib's Viridis, straight between its 256 colours. */
  public static final ColourMap VIRIDIS = table("viridis", ColourTables.VIRIDIS);

  /** Matplotlib's Plasma, straight between its 256 colours. */
  public static final ColourMap PLASMA = table("plasma", ColourTables.PLASMA);

  /** Matplotlib's Inferno, straight between its 256 colours. */
  public static final ColourMap INFERNO = table("inferno", ColourTables.INFERNO);

  /** Black to white. 255 steps in 8 bits. */
  public static final ColourMap GREY = new ColourMap("grey", () -> new Polyline(0, 0, 0, 1, 1, 1));

  /** Below this many pieces trying each is faster than looking candidates up. */
  private static final int INDEX_FROM_PIECES = 16;

  /** A colour this far from the path (0..1 per channel, Euclidean) has confidence 0. */
  static final double NO_CONFIDENCE_DISTANCE = 0.25;

  private final String name;
  private final Supplier<Polyline> path;
  private final Supplier<PieceIndex> index;

  private ColourMap(String name, Supplier<Polyline> path) {
    this.name = name;
    Once<Polyline> line = new Once<>(path);
    this.path = line;
    this.index = new Once<>(() -> new PieceIndex(line.get()));
  }

  private static ColourMap table(String name, String hex) {
    return new ColourMap(
        name,
        () -> {
          double[] vertices = new double[hex.strip().length() / 4];
          for (int i = 0; i < vertices.length; i++) {
            vertices[i] = Integer.parseInt(hex, 4 * i, 4 * i + 4, 16) / 65535.0;
          }
          return new Polyline(vertices);
        });
  }

  /** The name a prompt calls it by: "cube walk", "viridis", "plasma", "inferno", "grey". */
  public String name() {
    return name;
  }

  /**
   * The colour at a position.
   *
   * @param position clamped to {@code [0, 1]}; NaN gives NaN channels
   * @return red, green, blue, 0..1
   */
  public double[] colour(double position) {
    double[] rgb = {Double.NaN, Double.NaN, Double.NaN};
    if (!Double.isNaN(position)) {
      path.get().colour(position, rgb);
    }
    return rgb;
  }

  /** The position in {@code [0, 1]} of the path's point nearest to a colour. */
  public double position(double red, double green, double blue) {
    double r = clamp(red);
    double g = clamp(green);
    double b = clamp(blue);
    if (Double.isNaN(r + g + b)) {
      return Double.NaN;
    }
    int piece = nearestPiece(r, g, b);
    Polyline line = path.get();
    return (piece + line.along(piece, r, g, b)) / line.pieces;
  }

  /** Euclidean distance of a colour from the path, channels 0..1; NaN for a NaN channel. */
  public double distance(double red, double green, double blue) {
    double r = clamp(red);
    double g = clamp(green);
    double b = clamp(blue);
    if (Double.isNaN(r + g + b)) {
      return Double.NaN;
    }
    int piece = nearestPiece(r, g, b);
    Polyline line = path.get();
    return Math.sqrt(line.distance2(piece, line.along(piece, r, g, b), r, g, b));
  }

  /** Whether a colour is that of an end, 0 or 1, each channel up to {@code tolerance}. */
  boolean isEnd(int end, double red, double green, double blue, double tolerance) {
    Polyline line = path.get();
    int vertex = end * line.pieces;
    return Math.abs(clamp(red) - line.vertex(vertex, 0)) <= tolerance
        && Math.abs(clamp(green) - line.vertex(vertex, 1)) <= tolerance
        && Math.abs(clamp(blue) - line.vertex(vertex, 2)) <= tolerance;
  }

  /** How many 8-bit colours an end-to-end walk passes, less one: the resolution of the code. */
  int steps8bit() {
    Polyline line = path.get();
    double steps = 0;
    for (int piece = 0; piece < line.pieces; piece++) {
      double longest = 0;
      for (int channel = 0; channel < 3; channel++) {
        longest =
            Math.max(
                longest, Math.abs(line.vertex(piece + 1, channel) - line.vertex(piece, channel)));
      }
      steps += 255 * longest;
    }
    return (int) Math.round(steps);
  }

  private int nearestPiece(double r, double g, double b) {
    return path.get().pieces < INDEX_FROM_PIECES
        ? path.get().nearestPiece(r, g, b)
        : index.get().nearestPiece(r, g, b);
  }

  private static double clamp(double channel) {
    return Double.isNaN(channel) ? channel : Math.clamp(channel, 0.0, 1.0);
  }

  /** Confidence, 1 on the path and falling linearly to 0 at {@link #NO_CONFIDENCE_DISTANCE}. */
  static float confidence(double distance) {
    return (float) Math.max(0, 1 - distance / NO_CONFIDENCE_DISTANCE);
  }

  @Override
  public String toString() {
    return name;
  }
}
