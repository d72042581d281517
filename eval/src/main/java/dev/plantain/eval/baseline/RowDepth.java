package dev.plantain.eval.baseline;

import dev.plantain.core.measure.DepthMap;
import dev.plantain.diorama.Shards;
import dev.plantain.diorama.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * A depth that no photo changes: of each row the mean logarithm over views of a dataset, times one
 * scale. Far things are mostly high in a picture.
 */
final class RowDepth {
  private static final int ROWS = 64;

  private final double[] logMetres;

  private RowDepth(double[] logMetres) {
    this.logMetres = logMetres;
  }

  /**
   * @param shards as {@code plantain diorama} writes them
   * @param views read at most
   * @throws IOException if there are no views
   */
  static RowDepth of(Path shards, int views, double scale) throws IOException {
    double[] sum = new double[ROWS];
    long[] count = new long[ROWS];
    try (Stream<View> all = Shards.read(shards)) {
      Iterator<View> each = all.limit(views).iterator();
      while (each.hasNext()) {
        View view = each.next();
        for (int row = 0; row < ROWS; row++) {
          int from = row * view.height() / ROWS * view.width();
          for (int i = from; i < from + view.width(); i++) {
            float metres = view.depthMetres()[i];
            if (metres > 0 && Float.isFinite(metres)) {
              sum[row] += Math.log(metres);
              count[row]++;
            }
          }
        }
      }
    }
    if (Arrays.stream(count).sum() == 0) {
      throw new IOException("there is no depth in " + shards);
    }
    // A row that is always sky is as far as the one below it.
    double last = 0;
    for (int row = ROWS - 1; row >= 0; row--) {
      last = count[row] == 0 ? last : sum[row] / count[row];
      sum[row] = last + Math.log(scale);
    }
    return new RowDepth(sum);
  }

  DepthMap of(int width, int height) {
    float[] metres = new float[width * height];
    for (int y = 0; y < height; y++) {
      double at = (y + 0.5) / height * ROWS - 0.5;
      int above = Math.clamp((int) Math.floor(at), 0, ROWS - 1);
      int below = Math.min(ROWS - 1, above + 1);
      double share = Math.clamp(at - above, 0, 1);
      double log = (1 - share) * logMetres[above] + share * logMetres[below];
      Arrays.fill(metres, y * width, (y + 1) * width, (float) Math.exp(log));
    }
    return DepthMap.of(width, height, metres);
  }
}
