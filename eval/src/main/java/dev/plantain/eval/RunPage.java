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
  private static final int BINS = 20;
  private static final int BAR_WIDTH = 18;
  private static final int BAR_GAP = 3;
  private static final int PLOT_WIDTH = BINS * (BAR_WIDTH + BAR_GAP) - BAR_GAP;
  private static final String STYLE =
      """
      :root { --mark: #3465a4; }
      @media (prefers-color-scheme: dark) { :root { --mark: #7aa7e0; } }
      tr > :first-child:nth-last-child(2) { white-space: nowrap; }
      td:nth-child(2):last-child { overflow-wrap: anywhere; }
      p { margin: .3rem 0; color: var(--faint); }
      .row { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(14rem, 50% - .4rem), 1fr)); gap: .8rem;
             max-width: 110rem; margin: .4rem 0 1.4rem; }
      .plots { display: flex; flex-wrap: wrap; gap: 1.2rem 2.4rem; margin-top: 1.2rem; }
      figure { margin: 0; } figure img { display: block; border-radius: 8px; width: 100%; height: auto; }
      figcaption { color: var(--faint); font-size: .85rem; }
      svg { display: block; max-width: 100%; height: auto; }
      svg rect { fill: var(--mark); } svg text { fill: var(--faint); font: 11px system-ui, sans-serif; }
      """;

  private RunPage() {}

  /** Pictures beside each other, by name, with a line above them. */
  record Row(String caption, Map<String, Image> pictures) {}

  /**
   * @param places of the answers, whose goodness is drawn below the figures
   * @param heading of the rows of pictures
   */
  static String html(
      String title,
      List<RunReport.Section> sections,
      Map<String, List<Examples.Place>> places,
      String heading,
      List<Row> rows) {
    StringBuilder html = new StringBuilder(HtmlPage.opening(title, STYLE));
    for (RunReport.Section section : sections) {
      section(html, section);
      if (section.title().equals("Figures")) {
        html.append("<div class=\"plots\">\n");
        places.forEach((question, list) -> plot(html, question, list));
        html.append("</div>\n");
      }
    }
    html.append("<h2>").append(HtmlPage.escape(heading)).append("</h2>\n");
    for (Row row : rows) {
      html.append("<p>").append(HtmlPage.escape(row.caption)).append("</p>\n<div class=\"row\">\n");
      row.pictures.forEach((name, image) -> picture(html, name, image));
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
    String caption =
        HtmlPage.escape(
            "%s: how good each of %d answers is by itself, at most %d in a bar"
                .formatted(question, places.size(), most));
    html.append(
        String.format(
            Locale.ROOT,
            "<figure><svg viewBox=\"0 0 %1$d 120\" width=\"%1$d\" height=\"120\" role=\"img\""
                + " aria-label=\"%2$s\">\n",
            PLOT_WIDTH,
            caption));
    for (int b = 0; b < BINS; b++) {
      double height = 90.0 * counts[b] / most;
      html.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>\n",
              b * (BAR_WIDTH + BAR_GAP),
              95 - height,
              BAR_WIDTH,
              height));
    }
    html.append(String.format(Locale.ROOT, "<text x=\"0\" y=\"112\">%.3f</text>", low));
    if (high > low) {
      html.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"112\" text-anchor=\"end\">%.3f</text>",
              PLOT_WIDTH,
              high));
    }
    html.append("</svg><figcaption>").append(caption).append("</figcaption></figure>\n");
  }

  private static void picture(StringBuilder html, String name, Image image) {
    html.append("<figure><img alt=\"")
        .append(HtmlPage.escape(name))
        .append("\" width=\"")
        .append(image.width())
        .append("\" height=\"")
        .append(image.height())
        .append("\" src=\"data:image/jpeg;base64,")
        .append(Base64.getEncoder().encodeToString(Jpeg.bytes(image, 0.88)))
        .append("\"><figcaption>")
        .append(HtmlPage.escape(name))
        .append("</figcaption></figure>\n");
  }
}
