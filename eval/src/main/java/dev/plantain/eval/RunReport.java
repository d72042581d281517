package dev.plantain.eval;

import dev.plantain.core.Vision;
import dev.plantain.eval.metric.Bootstrap;
import dev.plantain.eval.metric.Figure;
import dev.plantain.formats.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A run as {@code report.md} and {@code report.html}. Both say the same but for the pictures; what
 * time it took stands in one line of each, so that two reports of the same run differ in no other.
 */
public final class RunReport {
  private static final int MOST_FAILURES = 200;

  private final Provenance provenance;
  private final List<Scored> done;
  private final Report report;

  private RunReport(Provenance provenance, List<Scored> done, Report report) {
    this.provenance = provenance;
    this.done = done;
    this.report = report;
  }

  /**
   * Writes both.
   *
   * @param vision the one that was asked, with its kept drawings
   * @throws IOException if the data cannot be read or a report not be written
   */
  public static void write(RunFolder folder, Vision vision, EvalSet set, Report report)
      throws IOException {
    List<Scored> done = RunFolder.samples(folder.path());
    done = done.subList(0, (int) Math.min(done.size(), report.samples()));
    RunReport run = new RunReport(folder.provenance(), done, report);
    String title = "%s by %s".formatted(report.set(), report.generator());
    List<Section> sections = run.sections();
    save(folder.path().resolve("report.md"), markdown(title, sections));
    save(
        folder.path().resolve("report.html"),
        RunPage.html(
            title,
            sections,
            Examples.places(done),
            "Best, median and worst",
            Examples.of(vision, set, done).stream().map(RunReport::row).toList()));
  }

  private static RunPage.Row row(Examples.Example example) {
    return new RunPage.Row(
        "%s, %s: %s, %.4f"
            .formatted(example.question(), example.rank(), example.sample(), example.goodness()),
        example.pictures());
  }

  static void save(Path file, String text) throws IOException {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A table with a heading, and lines below it. */
  record Section(String title, List<String> head, List<List<String>> rows, List<String> notes) {}

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(figures());
    published(sections);
    if (!report.classes().isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      new TreeMap<>(report.classes()).forEach((name, iou) -> rows.add(List.of(name, number(iou))));
      sections.add(new Section("IoU by class", List.of("class", "IoU"), rows, List.of()));
    }
    sections.add(failures());
    List<List<String>> facts = new ArrayList<>();
    provenance.facts().forEach((name, value) -> facts.add(List.of(name, value)));
    facts.add(List.of("data", dataHash()));
    facts.add(List.of("samples", Long.toString(report.samples())));
    sections.add(new Section("What it rests on", List.of("what", "value"), facts, List.of()));
    sections.add(
        new Section(
            "Time",
            List.of(),
            List.of(),
            List.of(
                "%.1f s of drawing, reading and counting, %.2f s a sample"
                    .formatted(
                        report.seconds(), report.seconds() / Math.max(1, report.samples())))));
    return sections;
  }

  private Section figures() {
    List<List<String>> rows = new ArrayList<>();
    for (Figure f : report.figures()) {
      rows.add(
          List.of(
              f.name(), number(f.value()), interval(f.interval()), Integer.toString(f.samples())));
    }
    List<String> notes = new ArrayList<>();
    notes.add("Intervals: percentile bootstrap over samples. Missing answers count as wrong.");
    long nothing =
        done.stream().flatMap(s -> s.entries().stream()).filter(e -> e.tally().isVoid()).count();
    if (nothing > 0) {
      notes.add(
          "Of %d answers no pixel's truth counts, all being unknown or beyond the cap: they are in no figure."
              .formatted(nothing));
    }
    return new Section("Figures", List.of("figure", "value", "95 % interval", "n"), rows, notes);
  }

  private void published(List<Section> sections) {
    Map<String, List<Published>> byFigure = new LinkedHashMap<>();
    for (Published p : Published.of(report.set())) {
      byFigure.computeIfAbsent(p.figure(), f -> new ArrayList<>()).add(p);
    }
    byFigure.forEach(
        (figure, list) -> {
          List<List<String>> rows = new ArrayList<>();
          Set<String> notes = new LinkedHashSet<>();
          rows.add(
              List.of(
                  report.generator() + " (this run)",
                  number(report.value(figure)),
                  "measured here",
                  "%d samples".formatted(report.samples())));
          for (Published p : list) {
            rows.add(List.of(p.method(), number(p.value()), p.source(), p.note()));
          }
          notes.add("Published figures are quoted, not measured here.");
          sections.add(
              new Section(
                  "Published: " + figure,
                  List.of("method", figure, "source", "to be known"),
                  rows,
                  List.copyOf(notes)));
        });
  }

  private Section failures() {
    List<String> lines = report.failures();
    List<String> shown = new ArrayList<>();
    shown.add(
        lines.isEmpty()
            ? "Every answer was given."
            : "%d answers were not given; they count as wrong.".formatted(lines.size()));
    shown.addAll(lines.subList(0, Math.min(MOST_FAILURES, lines.size())));
    if (lines.size() > MOST_FAILURES) {
      shown.add("and %d more, in samples.jsonl".formatted(lines.size() - MOST_FAILURES));
    }
    return new Section("Failures", List.of(), List.of(), shown);
  }

  private String dataHash() {
    DataHash hash = new DataHash();
    done.forEach(scored -> hash.add(scored.data()));
    return "sha256 " + hash.hex();
  }

  static String number(double value) {
    return Double.isNaN(value) ? "–" : "%.4f".formatted(value);
  }

  static String interval(Bootstrap.Interval interval) {
    return "%s\u00a0…\u00a0%s".formatted(number(interval.low()), number(interval.high()));
  }

  static String markdown(String title, List<Section> sections) {
    StringBuilder text = new StringBuilder();
    text.append("# %s%n".formatted(title));
    for (Section section : sections) {
      text.append("%n## %s%n".formatted(section.title));
      if (!section.rows.isEmpty()) {
        line(text, section.head);
        line(text, section.head.stream().map(h -> "---").toList());
        section.rows.forEach(row -> line(text, row));
      }
      section.notes.forEach(note -> text.append("%n%s%n".formatted(note)));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ");
    text.append(
        String.join(
            " | ", cells.stream().map(c -> c.replace("|", "\\|").replace("\n", " ")).toList()));
    text.append(" |\n");
  }
}
