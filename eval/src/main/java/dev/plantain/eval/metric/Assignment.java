package dev.plantain.eval.metric;

import java.util.Arrays;

/** The Hungarian algorithm (shortest augmenting paths with potentials) for rectangular tables. */
final class Assignment {
  private Assignment() {}

  /**
   * Assigns rows to distinct columns so that the sum of values is greatest.
   *
   * @return for each row its column, −1 for rows left over
   */
  static int[] maximise(double[][] value) {
    int rows = value.length;
    int columns = rows == 0 ? 0 : value[0].length;
    int[] result = new int[rows];
    Arrays.fill(result, -1);
    if (rows == 0 || columns == 0) {
      return result;
    }
    if (rows > columns) {
      double[][] turned = new double[columns][rows];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          turned[j][i] = value[i][j];
        }
      }
      int[] of = maximise(turned);
      for (int j = 0; j < columns; j++) {
        result[of[j]] = j;
      }
      return result;
    }
    double[] u = new double[rows + 1];
    double[] v = new double[columns + 1];
    int[] rowOf = new int[columns + 1];
    int[] way = new int[columns + 1];
    for (int i = 1; i <= rows; i++) {
      augment(value, i, u, v, rowOf, way);
    }
    for (int j = 1; j <= columns; j++) {
      if (rowOf[j] > 0) {
        result[rowOf[j] - 1] = j - 1;
      }
    }
    return result;
  }

  private static void augment(
      double[][] value, int row, double[] u, double[] v, int[] rowOf, int[] way) {
    int columns = rowOf.length - 1;
    double[] least = new double[columns + 1];
    boolean[] used = new boolean[columns + 1];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    rowOf[0] = row;
    int column = 0;
    do {
      used[column] = true;
      int i = rowOf[column];
      double delta = Double.POSITIVE_INFINITY;
      int next = 0;
      for (int j = 1; j <= columns; j++) {
        if (!used[j]) {
          double reduced = -value[i - 1][j - 1] - u[i] - v[j];
          if (reduced < least[j]) {
            least[j] = reduced;
            way[j] = column;
          }
          if (least[j] < delta) {
            delta = least[j];
            next = j;
          }
        }
      }
      for (int j = 0; j <= columns; j++) {
        if (used[j]) {
          u[rowOf[j]] += delta;
          v[j] -= delta;
        } else {
          least[j] -= delta;
        }
      }
      column = next;
    } while (rowOf[column] != 0);
    do {
      int before = way[column];
      rowOf[column] = rowOf[before];
      column = before;
    } while (column != 0);
  }
}
