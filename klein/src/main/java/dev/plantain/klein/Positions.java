package dev.plantain.klein;

/**
 * Where tokens are, on the four axes of FLUX.2: T (which picture), H (row), W (column), L (place in
 * the text).
 */
final class Positions {
  private static final int AXES = 4;

  /** T of the first reference, and the distance between references. */
  private static final int BETWEEN_PICTURES = 10;

  private Positions() {}

  /** Tokens of a text: (0, 0, 0, l). */
  static int[][] text(int tokens) {
    int[][] positions = new int[AXES][tokens];
    for (int l = 0; l < tokens; l++) {
      positions[3][l] = l;
    }
    return positions;
  }

  /** The picture that is drawn, row by row: (0, h, w, 0). */
  static int[][] drawing(int rows, int columns) {
    return grid(0, rows, columns);
  }

  /** The reference of this index from 0: (10 + 10 index, h, w, 0). */
  static int[][] reference(int index, int rows, int columns) {
    return grid(BETWEEN_PICTURES * (index + 1), rows, columns);
  }

  private static int[][] grid(int picture, int rows, int columns) {
    int[][] positions = new int[AXES][rows * columns];
    for (int i = 0; i < rows * columns; i++) {
      positions[0][i] = picture;
      positions[1][i] = i / columns;
      positions[2][i] = i % columns;
    }
    return positions;
  }
}
