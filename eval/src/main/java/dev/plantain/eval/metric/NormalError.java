package dev.plantain.eval.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

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
   * @param angles see {@link Angles#degrees}
   */
  public record Tally(
      long pixels, double sum, double squares, double median, long[] within, double[] angles)
      implements dev.plantain.eval.metric.Tally {
    private Angles pooled() {
      return new Angles(pixels, angles);
    }

    @Override
    public double goodness() {
      return -sum / pixels;
    }
  }

  private final List<Tally> images = new ArrayList<>();

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
      images.add(tally);
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
    return new Tally(n, sum, squares, Angles.median(List.of(kept)), within, kept.degrees());
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
    figures.add(
        Figure.of(
            new Resampled(
                "normals.median",
                images.size(),
                chosen ->
                    Angles.median(
                        Arrays.stream(chosen).mapToObj(i -> images.get(i).pooled()).toList()))));
    figures.add(
        Figure.of(
            new Resampled(
                "normals.rmse",
                images.size(),
                chosen -> Math.sqrt(ratio(chosen, Tally::squares, Tally::pixels)))));
    for (int k = 0; k < LIMITS.length; k++) {
      int limit = k;
      figures.add(Figure.of(pooled("normals.within_" + NAMES[k], t -> t.within[limit])));
    }
    figures.add(perImage("normals.per_image_mean", t -> t.sum / t.pixels));
    figures.add(perImage("normals.per_image_median", Tally::median));
    figures.add(perImage("normals.per_image_within_11.25", t -> (double) t.within[2] / t.pixels));
    return figures;
  }

  private Figure perImage(String name, ToDoubleFunction<Tally> of) {
    return Figure.mean(name, images.stream().mapToDouble(of).toArray());
  }

  /** The headline figure, to be compared pair by pair. */
  public List<Resampled> resampled() {
    return List.of(mean());
  }

  private Resampled mean() {
    return pooled("normals.mean", Tally::sum);
  }

  private Resampled pooled(String name, ToDoubleFunction<Tally> of) {
    return new Resampled(name, images.size(), chosen -> ratio(chosen, of, Tally::pixels));
  }

  private double ratio(int[] chosen, ToDoubleFunction<Tally> part, ToDoubleFunction<Tally> whole) {
    double p = 0;
    double w = 0;
    for (int i : chosen) {
      p += part.applyAsDouble(images.get(i));
      w += whole.applyAsDouble(images.get(i));
    }
    return p / w;
  }
}
