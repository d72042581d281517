package dev.plantain.eval.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Depth: per image over pixels with {@code 0 < truth ≤ cap}, then the mean over images (as UniK3D,
 * MoGe, Marigold and Metric3D do). Answers are clipped to the cap; one that is missing (NaN) counts
 * as wrong and as an error of the whole distance. An image without valid truth does not count.
 */
public final class DepthError {
  /**
   * One image's errors, NaN all if it has no valid truth.
   *
   * @param alignment see {@link DepthAlignment#figure()}
   * @param clipped share of pixels beyond the cap
   */
  public record Tally(
      String alignment,
      double capMetres,
      long pixels,
      double absRel,
      double sqRel,
      double delta1,
      double delta2,
      double delta3,
      double rmse,
      double rmseLog,
      double log10,
      double siLog,
      double clipped)
      implements dev.plantain.eval.metric.Tally {
    @Override
    public double goodness() {
      return delta1;
    }
  }

  private final double capMetres;
  private final DepthAlignment alignment;
  private final List<Tally> images = new ArrayList<>();

  /**
   * Metric depth.
   *
   * @param capMetres the benchmark's; +∞ for none
   */
  public DepthError(double capMetres) {
    this(capMetres, new DepthAlignment.Metric());
  }

  /**
   * @param capMetres the benchmark's; +∞ for none
   */
  public DepthError(double capMetres, DepthAlignment alignment) {
    this.capMetres = capMetres;
    this.alignment = alignment;
  }

  /**
   * Adds an image.
   *
   * @param prediction metres, or whatever the alignment takes; NaN is missing, +∞ is clipped to the
   *     cap
   * @param truth metres of the same pixels; pixels that are NaN, infinite, 0 or beyond the cap do
   *     not count
   */
  public void add(float[] prediction, float[] truth) {
    add(tally(prediction, truth, capMetres, alignment));
  }

  /** Adds an image counted before. */
  public void add(Tally tally) {
    if (tally.pixels > 0) {
      images.add(tally);
    }
  }

  /** Counts one image; see {@link #add(float[], float[])}. */
  public static Tally tally(
      float[] prediction, float[] truth, double capMetres, DepthAlignment alignment) {
    DepthSums sums = new DepthSums(capMetres);
    if (alignment instanceof DepthAlignment.Metric) {
      PixelLoops.CHOSEN.depth(prediction, truth, truth.length, sums);
    } else {
      aligned(prediction, truth, alignment, sums);
    }
    return sums.tally(alignment);
  }

  /** Aligns what was answered and counts; what was not answered stays missing. */
  private static void aligned(
      float[] prediction, float[] truth, DepthAlignment alignment, DepthSums sums) {
    double[] g = new double[truth.length];
    double[] p = new double[truth.length];
    int known = 0;
    int missing = truth.length;
    for (int i = 0; i < truth.length; i++) {
      if (sums.counts(truth[i])) {
        // What is known from the front, the rest from the back.
        int at = Float.isFinite(prediction[i]) ? known++ : --missing;
        g[at] = truth[i];
        p[at] = prediction[i];
      }
    }
    double[] answers = Arrays.copyOf(p, known);
    double[] truths = Arrays.copyOf(g, known);
    if (known > 0) {
      alignment.align(answers, truths);
    }
    add(answers, truths, sums);
    add(Arrays.copyOfRange(p, missing, p.length), Arrays.copyOfRange(g, missing, g.length), sums);
  }

  private static void add(double[] answers, double[] truths, DepthSums sums) {
    for (int i = 0; i < answers.length; i++) {
      answers[i] = sums.count(answers[i], truths[i]);
    }
    PixelLoops.CHOSEN.errors(answers, truths, answers.length, sums);
  }

  /** The headline figures, to be compared pair by pair. */
  public List<Resampled> resampled() {
    return List.of(mean("absrel", Tally::absRel), mean("delta1", Tally::delta1));
  }

  public List<Figure> figures() {
    return List.of(
        figure("delta1", Tally::delta1),
        figure("absrel", Tally::absRel),
        figure("delta2", Tally::delta2),
        figure("delta3", Tally::delta3),
        figure("sqrel", Tally::sqRel),
        figure("rmse", Tally::rmse),
        figure("rmse_log", Tally::rmseLog),
        figure("log10", Tally::log10),
        figure("silog", Tally::siLog),
        figure("clipped", Tally::clipped));
  }

  private Figure figure(String name, ToDoubleFunction<Tally> of) {
    return Figure.mean(alignment.figure() + "." + name, values(of));
  }

  private Resampled mean(String name, ToDoubleFunction<Tally> of) {
    return Resampled.mean(alignment.figure() + "." + name, values(of));
  }

  private double[] values(ToDoubleFunction<Tally> of) {
    return images.stream().mapToDouble(of).toArray();
  }
}
