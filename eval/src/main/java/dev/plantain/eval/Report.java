package dev.plantain.eval;

import dev.plantain.eval.metric.Figure;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation found.
 *
 * @param set its name
 * @param generator its name
 * @param seed of the drawings
 * @param samples photos evaluated
 * @param figures by name, with intervals
 * @param classes IoU of each class, where the set has classes
 * @param failures one line for each answer that was not given; they count as wrong
 * @param seconds of drawing and reading
 */
public record Report(
    String set,
    String generator,
    long seed,
    long samples,
    List<Figure> figures,
    Map<String, Double> classes,
    List<String> failures,
    double seconds) {
  public Report {
    figures = List.copyOf(figures);
    classes = Map.copyOf(classes);
    failures = List.copyOf(failures);
  }

  /** The value of a figure, NaN if the set does not have it. */
  public double value(String name) {
    return figures.stream()
        .filter(f -> f.name().equals(name))
        .mapToDouble(Figure::value)
        .findFirst()
        .orElse(Double.NaN);
  }
}
