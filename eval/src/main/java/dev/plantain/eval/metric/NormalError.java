package dev.plantain.eval.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Angles between normals in degrees, pooled over all valid pixels of the set (as DSINE and Lotus-2
 * do), and per image and then averaged (as Marigold does; figures with {@code per_image}). A
 * missing answer counts as 180°. An image without valid truth does not count.
 */
public final class NormalError {
  private static final double[] LIMITS = {5, 7.5, 11.25, 22.5, 30};
  private static final String[] NAMES = {"5", "7.5", "11.25", "22.5", "30"};

  /**
   * One image's angles.
   *
   * @param sum of angles in degrees
   * @param squares sum of their squares
   * @param within pixels strictly below 5°, 7.5°, 11.25°, 22.5° and 30°
   */
  public record Tally(
      long pixels,
      double sum,
      double squares,
      double median,
      long[] within,
      double[] exact,
      int[] bins)
      implements dev.plantain.eval.metric.Tally {
    @Override
    public double goodness() {
      return -sum / pixels;
    }
  }

  /** What is kept of an image: all but its angles, of which {@link #PARTS} quantiles do. */
  private record Kept(
      long pixels, double sum, double squares, double median, long[] within, float[] quantiles) {

    /** Pixels whose angle is below; linear between quantiles. */
    double below(double degrees) {
      int k = Arrays.binarySearch(quantiles, (float) degrees);
      int above = k < 0 ? -k - 1 : k;
      while (above < quantiles.length && quantiles[above] <= degrees) {
        above++;
      }
      if (above == 0 || above == quantiles.length) {
        return above == 0 ? 0 : pixels;
      }
      double low = quantiles[above - 1];
      double part = above - 1 + (degrees - low) / (quantiles[above] - low);
      return pixels * part / PARTS;
    }
  }

  private static final int PARTS = 64;

  private final List<Kept> images = new ArrayList<>();
  private final AnglePool pool = new AnglePool();

  /**
   * Adds an image.
   *
   * @param prediction {@code 3 * n} vectors of any length; NaN or zero is missing
   * @param truth {@code 3 * n} vectors; NaN or zero does not count
   */
  public void add(float[] prediction, float[] truth) {
    add(tally(prediction, truth));
  }

  /** Adds an image counted before. */
  public void add(Tally tally) {
    if (tally.pixels > 0) {
      Angles angles = new Angles(tally.exact, tally.bins);
      pool.add(angles);
      images.add(
          new Kept(
              tally.pixels,
              tally.sum,
              tally.squares,
              tally.median,
              tally.within,
              angles.quantiles(PARTS)));
    }
  }

  /** Counts one image; see {@link #add(float[], float[])}. */
  public static Tally tally(float[] prediction, float[] truth) {
    double[] angles = new double[truth.length / 3];
    int n = 0;
    for (int i = 0; i < truth.length; i += 3) {
      double g = length(truth, i);
      if (g > 0) {
        angles[n++] = cosine(prediction, truth, i, g);
      }
    }
    PixelLoops.CHOSEN.degrees(angles, n);
    long[] within = new long[LIMITS.length];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double angle = angles[i];
      sum += angle;
      squares += angle * angle;
      for (int k = 0; k < LIMITS.length; k++) {
        within[k] += angle < LIMITS[k] ? 1 : 0;
      }
    }
    Angles kept = Angles.of(angles, n);
    return new Tally(n, sum, squares, kept.median(), within, kept.exact(), kept.bins());
  }

  private static double cosine(float[] prediction, float[] truth, int i, double g) {
    double p = length(prediction, i);
    if (!(p > 0)) {
      return -1; // a missing answer
    }
    double dot =
        (double) truth[i] * prediction[i]
            + (double) truth[i + 1] * prediction[i + 1]
            + (double) truth[i + 2] * prediction[i + 2];
    return dot / (g * p);
  }

  private static double length(float[] v, int i) {
    return Math.sqrt(
        (double) v[i] * v[i] + (double) v[i + 1] * v[i + 1] + (double) v[i + 2] * v[i + 2]);
  }

  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of(mean()));
    figures.add(median());
    figures.add(
        Figure.of(
            new Resampled(
                "normals.rmse",
                images.size(),
                chosen -> Math.sqrt(ratio(chosen, Kept::squares, Kept::pixels)))));
    for (int k = 0; k < LIMITS.length; k++) {
      int limit = k;
      figures.add(Figure.of(pooled("normals.within_" + NAMES[k], t -> t.within[limit])));
    }
    figures.add(perImage("normals.per_image_mean", t -> t.sum / t.pixels));
    figures.add(perImage("normals.per_image_median", Kept::median));
    figures.add(perImage("normals.per_image_within_11.25", t -> (double) t.within[2] / t.pixels));
    return figures;
  }

  /** The pooled one; its interval is that of the images' quantiles, moved to it. */
  private Figure median() {
    double value = pool.median();
    double moved = value - nearMedian(IntStream.range(0, images.size()).toArray());
    return new Figure(
        "normals.median",
        value,
        Bootstrap.of(images.size(), chosen -> nearMedian(chosen) + moved),
        images.size());
  }

  private Figure perImage(String name, ToDoubleFunction<Kept> of) {
    return Figure.mean(name, images.stream().mapToDouble(of).toArray());
  }

  /** The headline figure, to be compared pair by pair. */
  public List<Resampled> resampled() {
    return List.of(mean());
  }

  private Resampled mean() {
    return pooled("normals.mean", Kept::sum);
  }

  private Resampled pooled(String name, ToDoubleFunction<Kept> of) {
    return new Resampled(name, images.size(), chosen -> ratio(chosen, of, Kept::pixels));
  }

  private double ratio(int[] chosen, ToDoubleFunction<Kept> part, ToDoubleFunction<Kept> whole) {
    double p = 0;
    double w = 0;
    for (int i : chosen) {
      p += part.applyAsDouble(images.get(i));
      w += whole.applyAsDouble(images.get(i));
    }
    return p / w;
  }

  /** The median of some images by their quantiles, by halving. */
  private double nearMedian(int[] chosen) {
    double half = 0;
    for (int i : chosen) {
      half += images.get(i).pixels / 2.0;
    }
    double low = 0;
    double high = 180;
    while (high - low > 0.001) {
      double middle = (low + high) / 2;
      double below = 0;
      for (int i : chosen) {
        below += images.get(i).below(middle);
      }
      if (below < half) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
