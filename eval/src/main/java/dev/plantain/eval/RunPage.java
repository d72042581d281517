package dev.plantain.eval;

import dev.plantain.core.Image;
import dev.plantain.formats.HtmlPage;
import dev.plantain.formats.Jpeg;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A run as one web page that needs nothing but itself. */
final class RunPage {
  private static final int WIDEST = 420;
  private static final int BINS = 20;
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --paper: #f6f7f9; --card: #fff; --ink: #16191d; --faint: #5d6673; --line: #d9dde3; --mark: #3465a4; }
      @media (prefers-color-scheme: dark) {
        :root { --paper: #14171c; --card: #1d2127; --ink: #f2f4f7; --faint: #9aa4b2; --line: #333a44; --mark: #7aa7e0; }
      }
      body { margin: 0; padding: 2rem clamp(1rem, 4vw, 4rem); background: var(--paper); color: var(--ink);
             font: 16px/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
      table { border-collapse: collapse; background: var(--card); font-size: .92rem; }
      th, td { padding: .25rem .8rem; border-bottom: 1px solid var(--line); text-align: left; overflow-wrap: anywhere; }
      td:nth-child(n+2) { font-variant-numeric: tabular-nums; }
      p { margin: .3rem 0; color: var(--faint); }
      .row { display: flex; flex-wrap: wrap; gap: .8rem; margin: .4rem 0 1.4rem; }
      figure { margin: 0; } figure img { display: block; border-radius: 8px; max-width: 100%; }
      figcaption { color: var(--faint); font-size: .85rem; }
      svg rect { fill: var(--mark); } svg text { fill: var(--faint); font: 11px system-ui, sans-serif; }
      """;

  private RunPage() {}

  static String html(
      String title,
      List<RunReport.Section> sections,
      Map<String, List<Examples.Place>> places,
      List<Examples.Example> examples) {
    StringBuilder html = new StringBuilder(HtmlPage.opening(title, STYLE));
    for (RunReport.Section section : sections) {
      section(html, section);
      if (section.title().equals("Figures")) {
        places.forEach((question, list) -> plot(html, question, list));
      }
    }
    html.append("<h2>Best, median and worst</h2>\n");
    for (Examples.Example example : examples) {
      html.append("<p>")
          .append(
              HtmlPage.escape(
                  "%s, %s: %s".formatted(example.question(), example.rank(), example.caption())))
          .append("</p>\n<div class=\"row\">\n");
      example.pictures().forEach((name, image) -> picture(html, name, image));
      html.append("</div>\n");
    }
    return html.append("</body></html>\n").toString();
  }

  private static void section(StringBuilder html, RunReport.Section section) {
    html.append("<h2>").append(HtmlPage.escape(section.title())).append("</h2>\n");
    if (!section.rows().isEmpty()) {
      html.append(HtmlPage.table(section.head(), section.rows()));
    }
    section.notes().forEach(n -> html.append("<p>").append(HtmlPage.escape(n)).append("</p>\n"));
  }

  /** How many answers are how good. */
  private static void plot(StringBuilder html, String question, List<Examples.Place> places) {
    double low = places.getFirst().goodness();
    double high = places.getLast().goodness();
    int[] counts = new int[BINS];
    for (Examples.Place place : places) {
      double share = high > low ? (place.goodness() - low) / (high - low) : 0;
      counts[Math.min(BINS - 1, (int) (share * BINS))]++;
    }
    int most = 1;
    for (int count : counts) {
      most = Math.max(most, count);
    }
    html.append("<figure><svg width=\"420\" height=\"120\" role=\"img\">\n");
    for (int b = 0; b < BINS; b++) {
      double height = 90.0 * counts[b] / most;
      html.append(
          "<rect x=\"%d\" y=\"%.1f\" width=\"18\" height=\"%.1f\"/>%n"
              .formatted(b * 21, 95 - height, height)
              .replace(System.lineSeparator(), "\n"));
    }
    html.append(
        String.format(
            Locale.ROOT,
            "<text x=\"0\" y=\"112\">%.3f</text><text x=\"370\" y=\"112\">%.3f</text></svg>",
            low,
            high));
    html.append("<figcaption>")
        .append(
            HtmlPage.escape(
                "%s: how good each of %d answers is by itself, at most %d in a bar"
                    .formatted(question, places.size(), most)))
        .append("</figcaption></figure>\n");
  }

  private static void picture(StringBuilder html, String name, Image image) {
    double scale = Math.min(1, (double) WIDEST / image.width());
    Image small =
        image.resized(
            Math.max(1, (int) Math.round(scale * image.width())),
            Math.max(1, (int) Math.round(scale * image.height())));
    html.append("<figure><img alt=\"")
        .append(HtmlPage.escape(name))
        .append("\" width=\"")
        .append(small.width())
        .append("\" height=\"")
        .append(small.height())
        .append("\" src=\"data:image/jpeg;base64,")
        .append(Base64.getEncoder().encodeToString(Jpeg.bytes(small, 0.88)))
        .append("\"><figcaption>")
        .append(HtmlPage.escape(name))
        .append("</figcaption></figure>\n");
  }
}
