package dev.plantain.cli;

import dev.plantain.eval.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code plantain eval} prints of a measurement. */
final class ReportText {
  private ReportText() {}

  /** For machines. */
  static Map<String, Object> object(Report report) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("set", report.set());
    object.put("generator", report.generator());
    object.put("seed", report.seed());
    object.put("samples", report.samples());
    object.put("seconds", report.seconds());
    FigureText.put(object, report.figures());
    object.put("iou_by_class", new TreeMap<>(report.classes()));
    object.put("failures", report.failures());
    return object;
  }

  /** For people. */
  static List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, %d photos, %s, seed %d, %.0f s"
            .formatted(
                report.set(),
                report.samples(),
                report.generator(),
                report.seed(),
                report.seconds()));
    report.figures().forEach(f -> lines.add(FigureText.line(f)));
    report.failures().forEach(line -> lines.add("  failed: " + line));
    return lines;
  }
}
