package dev.plantain.eval.study;

import dev.plantain.core.Depth;
import dev.plantain.core.Vision;
import dev.plantain.diorama.Diorama;
import dev.plantain.diorama.Split;
import dev.plantain.diorama.View;
import dev.plantain.eval.metric.DepthError;
import dev.plantain.eval.metric.Figure;
import dev.plantain.eval.set.DioramaSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is wrong with depth: its shape, or the scale of the whole view, and how much of the scale's
 * error the camera's field of view would explain, which no one tells a generator.
 *
 * <p>{@code tools/run dev.plantain.eval.study.ScaleStudy [GENERATOR [VIEWS]]}; 200 validation views
 * of {@code sprout} unless told otherwise.
 */
public final class ScaleStudy {
  private static final int VIEWS = 200;
  private static final int SIDE = 128;

  /**
   * @param answer metres as read
   * @param logFocal of the focal length in widths of the view
   * @param logScale of the factor that puts the answer's median right
   */
  private record Seen(float[] answer, float[] truth, double logFocal, double logScale) {}

  private ScaleStudy() {}

  public static void main(String[] args) {
    int views = args.length > 1 ? Integer.parseInt(args[1]) : VIEWS;
    List<Seen> all = new ArrayList<>();
    try (Vision opened = Vision.with(args.length > 0 ? args[0] : "sprout");
        Stream<View> stream =
            Diorama.open(Diorama.installedLibraries())
                .withoutEdits()
                .views(Split.VALIDATION, 0, SIDE, SIDE)
                .limit(views)) {
      Vision vision = opened.voting(opened.generator().passes());
      for (Iterator<View> each = stream.iterator(); each.hasNext(); ) {
        all.add(seen(vision, each.next()));
      }
    }
    double[] focals = all.stream().mapToDouble(Seen::logFocal).toArray();
    double[] scales = all.stream().mapToDouble(Seen::logScale).toArray();
    double[] told = fromOthers(focals, scales);
    System.out.println("| depth | δ1 | AbsRel |");
    System.out.println("| --- | --- | --- |");
    print("as read", all, new double[views]);
    print("scaled by what the field of view tells", all, told);
    print("each view's scale put right", all, scales);
    System.out.printf(
        "The scale is off by a factor of %.3f (standard deviation); the field of view explains"
            + " %.0f %% of its variance.%n",
        Math.exp(Math.sqrt(meanSquare(scales, new double[views]))),
        100 * (1 - meanSquare(scales, told) / meanSquare(scales, new double[views])));
  }

  private static Seen seen(Vision vision, View view) {
    float[] answer = vision.see(view.photo(), Depth.metric()).metres();
    float[] truth = view.depthMetres();
    double[] logs =
        IntStream.range(0, truth.length)
            .filter(i -> truth[i] > 0 && truth[i] <= DioramaSet.CAP_METRES && answer[i] > 0)
            .mapToDouble(i -> Math.log(truth[i] / answer[i]))
            .sorted()
            .toArray();
    return new Seen(
        answer,
        truth,
        Math.log(view.camera().focalPx() / view.width()),
        logs.length == 0 ? 0 : logs[logs.length / 2]);
  }

  /**
   * What a line through the other half of the pairs says of each {@code y}: those of even places
   * are told by those of odd ones, and the other way round.
   */
  static double[] fromOthers(double[] x, double[] y) {
    double[] told = new double[x.length];
    for (int half = 0; half < 2; half++) {
      double n = 0;
      double sumX = 0;
      double sumY = 0;
      for (int i = 1 - half; i < x.length; i += 2) {
        n++;
        sumX += x[i];
        sumY += y[i];
      }
      double xx = 0;
      double xy = 0;
      for (int i = 1 - half; i < x.length; i += 2) {
        xx += (x[i] - sumX / n) * (x[i] - sumX / n);
        xy += (x[i] - sumX / n) * (y[i] - sumY / n);
      }
      for (int i = half; i < x.length; i += 2) {
        told[i] = sumY / n + (xx == 0 ? 0 : xy / xx) * (x[i] - sumX / n);
      }
    }
    return told;
  }

  private static double meanSquare(double[] a, double[] b) {
    return IntStream.range(0, a.length)
        .mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i]))
        .average()
        .orElse(Double.NaN);
  }

  private static void print(String name, List<Seen> all, double[] logScales) {
    DepthError error = new DepthError(DioramaSet.CAP_METRES);
    for (int v = 0; v < logScales.length; v++) {
      float[] scaled = all.get(v).answer.clone();
      float scale = (float) Math.exp(logScales[v]);
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] *= scale;
      }
      error.add(scaled, all.get(v).truth);
    }
    List<Figure> figures = error.figures();
    System.out.printf("| %s | %s | %s |%n", name, text(figures.get(0)), text(figures.get(1)));
  }

  private static String text(Figure figure) {
    return "%.3f (%.3f – %.3f)"
        .formatted(figure.value(), figure.interval().low(), figure.interval().high());
  }
}
