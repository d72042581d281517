package dev.plantain.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.core.Image;
import dev.plantain.eval.metric.Bootstrap;
import dev.plantain.eval.metric.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Two runs on the same samples, before and after something was done, as {@code report.json}, {@code
 * report.md} and {@code report.html}; the last shows the first photos with both drawings.
 */
public final class ComparisonReport {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final KeptRun before;
  private final KeptRun after;
  private final Comparison comparison;

  private ComparisonReport(KeptRun before, KeptRun after, Comparison comparison) {
    this.before = before;
    this.after = after;
    this.comparison = comparison;
  }

  /**
   * Writes all three.
   *
   * @throws IOException if the runs have no sample in common, or a report cannot be written
   */
  public static Comparison write(Path folder, KeptRun before, KeptRun after) throws IOException {
    Comparison comparison =
        Comparison.of(before.folder(), after.folder(), after.report().samples());
    ComparisonReport report = new ComparisonReport(before, after, comparison);
    String title = "%s: before and after".formatted(after.report().set());
    List<RunReport.Section> sections = List.of(report.figures(), report.facts());
    RunReport.save(
        folder.resolve("report.json"),
        MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report.object()) + "\n");
    RunReport.save(folder.resolve("report.md"), RunReport.markdown(title, sections));
    RunReport.save(
        folder.resolve("report.html"),
        RunPage.html(title, sections, Map.of(), "The first photos", report.rows()));
    return comparison;
  }

  private Optional<Figure> before(Figure figure) {
    return before.report().figures().stream()
        .filter(f -> f.name().equals(figure.name()))
        .findFirst();
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("set", after.report().set());
    object.put("samples", after.report().samples());
    object.put("seed", after.report().seed());
    object.put("before", before.report().generator());
    object.put("after", after.report().generator());
    List<Map<String, Object>> figures = new ArrayList<>();
    for (Figure figure : after.report().figures()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("figure", figure.name());
      before(figure).ifPresent(f -> one.put("before", value(f.value(), f.interval())));
      one.put("after", value(figure.value(), figure.interval()));
      comparison
          .figure(figure.name())
          .ifPresent(p -> one.put("difference", value(p.difference(), p.interval())));
      figures.add(one);
    }
    object.put("figures", figures);
    return object;
  }

  private static Map<String, Object> value(double value, Bootstrap.Interval interval) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("value", value);
    object.put("interval95", List.of(interval.low(), interval.high()));
    return object;
  }

  private RunReport.Section figures() {
    List<List<String>> rows = new ArrayList<>();
    for (Figure figure : after.report().figures()) {
      List<String> row = new ArrayList<>();
      row.add(figure.name());
      row.addAll(before(figure).map(f -> cells(f.value(), f.interval())).orElse(List.of("", "")));
      row.addAll(cells(figure.value(), figure.interval()));
      row.addAll(
          comparison
              .figure(figure.name())
              .map(p -> cells(p.difference(), p.interval()))
              .orElse(List.of("", "")));
      row.add(Integer.toString(figure.samples()));
      rows.add(row);
    }
    return new RunReport.Section(
        "Before and after",
        List.of(
            "figure",
            "before",
            "95 % interval",
            "after",
            "95 % interval",
            "after − before",
            "95 % interval",
            "n"),
        rows,
        List.of(
            "Intervals: percentile bootstrap over samples. Missing answers count as wrong.",
            "The interval of a difference is of the pairs: samples that are hard for both do not"
                + " widen it. It is had of the headline figures.",
            "Each run by itself, with its best and worst answers: %s/report.html, %s/report.html."
                .formatted(before.folder().getFileName(), after.folder().getFileName())));
  }

  private static List<String> cells(double value, Bootstrap.Interval interval) {
    return List.of(RunReport.number(value), RunReport.interval(interval));
  }

  private RunReport.Section facts() {
    Map<String, String> first = comparison.before().facts();
    Map<String, String> second = comparison.after().facts();
    Set<String> names = new LinkedHashSet<>(first.keySet());
    names.addAll(second.keySet());
    List<List<String>> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(List.of(name, first.getOrDefault(name, "–"), second.getOrDefault(name, "–")));
    }
    return new RunReport.Section(
        "What it rests on", List.of("what", "before", "after"), rows, List.of());
  }

  private List<RunPage.Row> rows() {
    List<RunPage.Row> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(before.first().size(), after.first().size()); i++) {
      Examples.Example one = before.first().get(i);
      Examples.Example other = after.first().get(i);
      rows.add(
          new RunPage.Row(
              "%s, %s: before %s, after %s"
                  .formatted(
                      other.question(),
                      other.sample(),
                      RunReport.number(one.goodness()),
                      RunReport.number(other.goodness())),
              pictures(one, other)));
    }
    return rows;
  }

  /** What both have, then what was drawn and read before, and after. */
  private static Map<String, Image> pictures(Examples.Example one, Examples.Example other) {
    Map<String, Image> pictures = new LinkedHashMap<>();
    Map<String, Image> first = new LinkedHashMap<>();
    one.pictures()
        .forEach(
            (name, image) -> {
              if (name.equals("photo") || name.startsWith("truth")) {
                pictures.put(name, image);
              } else {
                first.put(name + " before", image);
              }
            });
    Map<String, Image> second = new LinkedHashMap<>();
    other
        .pictures()
        .forEach(
            (name, image) -> {
              if (!pictures.containsKey(name)) {
                second.put(name + " after", image);
              }
            });
    pictures.putAll(first);
    pictures.putAll(second);
    return pictures;
  }
}
