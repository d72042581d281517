package dev.plantain.cli;

import dev.plantain.eval.Report;
import dev.plantain.eval.metric.Figure;
import dev.plantain.train.OwnTuning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code plantain train} prints of a tuning on a user's own pictures, in 80 columns. */
final class TuningText {
  private TuningText() {}

  static List<String> lines(OwnTuning.Outcome outcome) {
    Report before = outcome.before();
    Report after = outcome.after();
    List<String> lines = new ArrayList<>();
    lines.add(
        !outcome.heldOut()
            ? "on a picture it was taught:"
            : after.samples() == 1
                ? "on a picture held out:"
                : "on %d pictures held out:".formatted(after.samples()));
    lines.add(
        "%-28s %8s %8s %9s  %s".formatted("", "before", "after", "change", "95 % of the change"));
    for (Figure figure : after.figures()) {
      double was = before.value(figure.name());
      String interval =
          outcome
              .comparison()
              .figure(figure.name())
              .map(
                  p ->
                      String.format(
                          Locale.ROOT, "%+.4f … %+.4f", p.interval().low(), p.interval().high()))
              .orElse("");
      lines.add(
          String.format(
                  Locale.ROOT,
                  "%-28s %8.4f %8.4f %+9.4f  %s",
                  figure.name(),
                  was,
                  figure.value(),
                  figure.value() - was,
                  interval)
              .stripTrailing());
    }
    return lines;
  }
}
