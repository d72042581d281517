package dev.plantain.cli;

import dev.plantain.eval.metric.Figure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures for people and for machines. */
final class FigureText {
  private FigureText() {}

  static String line(Figure f) {
    return "  %-22s %8.4f   95%% %.4f … %.4f   n %d"
        .formatted(f.name(), f.value(), f.interval().low(), f.interval().high(), f.samples());
  }

  /** Values by name, then {@code interval95}. */
  static void put(Map<String, Object> object, List<Figure> figures) {
    Map<String, Object> intervals = new LinkedHashMap<>();
    for (Figure f : figures) {
      object.put(f.name(), f.value());
      intervals.put(f.name(), List.of(f.interval().low(), f.interval().high()));
    }
    object.put("interval95", intervals);
  }
}
