package dev.plantain.diorama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.formats.HtmlPage;
import java.util.Locale;

/** The figures of {@link Statistics} to read. */
final class StatisticsPage {
  private final StringBuilder html = new StringBuilder();

  private StatisticsPage() {}

  static String of(String title, ObjectNode figures) {
    StatisticsPage page = new StatisticsPage();
    page.html.append(
        Html.head(
            title,
            "%d views, %d of them with a rejected layout; %d hold labelled things only"
                .formatted(
                    figures.path("views").asLong(),
                    figures.path("rejected_layouts").asLong(),
                    figures.path("views_all_labelled").asLong())));
    page.html.append("<section><h2>Depth, share of pixels</h2>\n<div class=\"scroll\"><table>\n");
    for (JsonNode bin : figures.path("depth")) {
      page.bar(
          bin.has("to_m")
              ? "%s to %s m".formatted(bin.path("from_m").asText(), bin.path("to_m").asText())
              : "beyond " + bin.path("from_m").asText() + " m",
          bin.path("pixel_share").asDouble());
    }
    page.bar("sky", figures.path("sky_share").asDouble());
    page.html.append(
        """
        </table></div></section>
        <section><h2>Field of view of the longer side</h2>
        <div class="scroll"><table>
        """);
    for (JsonNode bin : figures.path("fov_degrees")) {
      page.bar(
          "%s to %s°".formatted(bin.path("from").asText(), bin.path("to").asText()),
          bin.path("view_share").asDouble());
    }
    page.html.append("</table></div></section>\n");
    page.sizes(figures.path("sizes"));
    page.categories(figures.path("categories"));
    page.counts("Referring expressions", figures.path("expressions"));
    page.counts("Edits", figures.path("edits"));
    return page.html.append(Html.foot()).toString();
  }

  private void bar(String name, double share) {
    html.append("<tr><td>")
        .append(HtmlPage.escape(name))
        .append("</td><td>")
        .append(percent(share))
        .append("</td><td style=\"text-align:left\"><span class=\"bar\" style=\"width:")
        .append(String.format(Locale.ROOT, "%.1f", 30 * share))
        .append("rem\"></span></td></tr>\n");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private void sizes(JsonNode sizes) {
    html.append(
        """
        <section><h2>Sizes of the commonest things, metres: width × depth × height</h2>
        <p class="faint">Means. "Measured" is the height that a ruler at the thing's distance shows in the picture, where
        all of it is in sight, beside the true mean height of the same things.</p>
        <div class="scroll"><table>
        <tr><th>category</th><th>things</th><th>in the world</th><th>in the catalogue</th><th>ratio</th><th>whole</th>
        <th>measured</th><th>true</th></tr>
        """);
    for (JsonNode s : sizes) {
      html.append("<tr><td>").append(HtmlPage.escape(s.path("category").asText()));
      cell(s.path("things").asText());
      cell(metres(s.path("seen_m")));
      cell(metres(s.path("catalogue_m")));
      cell(s.path("least_ratio").asText() + " … " + s.path("most_ratio").asText());
      cell(s.path("whole").asText());
      cell(s.path("measured_height_m").asText());
      cell(s.path("true_height_m").asText());
      html.append("</td></tr>\n");
    }
    html.append("</table></div></section>\n");
  }

  private void cell(String text) {
    html.append("</td><td>").append(HtmlPage.escape(text));
  }

  private static String metres(JsonNode a) {
    return String.format(
        Locale.ROOT,
        "%.2f × %.2f × %.2f",
        a.path(0).asDouble(),
        a.path(1).asDouble(),
        a.path(2).asDouble());
  }

  private void categories(JsonNode categories) {
    html.append(
        """
        <section><h2>Categories by share of pixels</h2>
        <div class="scroll"><table>
        <tr><th>category</th><th>views</th><th>things</th><th>pixels</th></tr>
        """);
    for (JsonNode c : categories) {
      html.append("<tr><td>").append(HtmlPage.escape(c.path("category").asText()));
      cell(c.path("views").asText());
      cell(c.path("stuff").asBoolean() ? "–" : c.path("things").asText());
      cell(percent(c.path("pixel_share").asDouble()));
      html.append("</td></tr>\n");
    }
    html.append("</table></div></section>\n");
  }

  private void counts(String title, JsonNode counts) {
    html.append("<section><h2>")
        .append(HtmlPage.escape(title))
        .append("</h2>\n<div class=\"scroll\"><table>\n");
    counts
        .properties()
        .forEach(
            e -> {
              html.append("<tr><td>")
                  .append(HtmlPage.escape(e.getKey().toLowerCase(Locale.ROOT).replace('_', ' ')));
              cell(e.getValue().asText());
              html.append("</td></tr>\n");
            });
    html.append("</table></div></section>\n");
  }
}
