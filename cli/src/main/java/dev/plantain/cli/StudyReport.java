package dev.plantain.cli;

import dev.plantain.eval.Paired;
import dev.plantain.eval.SpoilStudy;
import dev.plantain.eval.VoteStudy;
import dev.plantain.eval.metric.Reliability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Two ways to answer, side by side.
 *
 * @param title of the whole
 * @param before name of the one way
 * @param after name of the other
 * @param figures of both
 * @param reliabilities by name
 * @param failures one line for each answer that was not given
 */
record StudyReport(
    String title,
    String before,
    String after,
    List<Paired> figures,
    Map<String, Reliability> reliabilities,
    List<String> failures) {
  private static final int BAR = 40;

  static StudyReport of(VoteStudy.Result r) {
    Map<String, Reliability> reliabilities = new LinkedHashMap<>();
    reliabilities.put("one pass", r.before());
    reliabilities.put("vote", r.after());
    return new StudyReport(
        "%s, %d photos, %s, votes of %d passes"
            .formatted(r.set(), r.samples(), r.generator(), r.passes()),
        "mean pass",
        "vote",
        r.figures(),
        reliabilities,
        r.failures());
  }

  static StudyReport of(SpoilStudy.Result r) {
    return new StudyReport(
        "%s, %d photos, %s".formatted(r.set(), r.samples(), r.generator()),
        "clean",
        "spoiled",
        r.figures(),
        Map.of(),
        r.failures());
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(title);
    lines.add(
        String.format(
            Locale.ROOT,
            "  %-22s %10s %10s %11s   %-23s %8s",
            "",
            before,
            after,
            "difference",
            "95 %, paired",
            "relative"));
    for (Paired p : figures) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-22s %10.4f %10.4f %+11.4f   %+.4f … %+.4f %16s   n %d",
              p.name(),
              p.before(),
              p.after(),
              p.difference(),
              p.interval().low(),
              p.interval().high(),
              String.format(Locale.ROOT, "%+.1f %%", 100 * p.relative()),
              p.samples()));
    }
    reliabilities.forEach(
        (name, reliability) -> {
          lines.add(
              String.format(
                  Locale.ROOT,
                  "  reliability of segmentation, %s: expected calibration error %.4f",
                  name,
                  reliability.expectedError()));
          for (Reliability.Bin bin : reliability.bins()) {
            int right = (int) Math.round(BAR * bin.accuracy());
            int sure = Math.clamp(Math.round(BAR * bin.confidence()), 0, BAR - 1);
            char[] bar = ("#".repeat(right) + ".".repeat(BAR - right)).toCharArray();
            bar[sure] = '|';
            lines.add(
                String.format(
                    Locale.ROOT,
                    "    %.1f–%.1f  sure %.3f  right %.3f  %s  n %d",
                    bin.from(),
                    bin.to(),
                    bin.confidence(),
                    bin.accuracy(),
                    new String(bar),
                    bin.count()));
          }
        });
    failures.stream().limit(20).forEach(line -> lines.add("  failed: " + line));
    if (failures.size() > 20) {
      lines.add("  failed: and %d more".formatted(failures.size() - 20));
    }
    return lines;
  }

  Map<String, Object> object(long seed) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("study", title);
    object.put("seed", seed);
    Map<String, Object> all = new LinkedHashMap<>();
    for (Paired p : figures) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put(before, p.before());
      one.put(after, p.after());
      one.put("difference", p.difference());
      one.put("relative", p.relative());
      one.put("interval95", List.of(p.interval().low(), p.interval().high()));
      one.put("samples", p.samples());
      all.put(p.name(), one);
    }
    object.put("figures", all);
    Map<String, Object> reliable = new LinkedHashMap<>();
    reliabilities.forEach(
        (name, r) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("expected_calibration_error", r.expectedError());
          one.put("bins", r.bins().stream().map(StudyReport::bin).toList());
          reliable.put(name, one);
        });
    object.put("reliability", reliable);
    object.put("failures", failures);
    return object;
  }

  private static Map<String, Object> bin(Reliability.Bin bin) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("from", bin.from());
    one.put("to", bin.to());
    one.put("confidence", bin.confidence());
    one.put("accuracy", bin.accuracy());
    one.put("pixels", bin.count());
    return one;
  }
}
