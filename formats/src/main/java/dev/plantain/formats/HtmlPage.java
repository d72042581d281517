package dev.plantain.formats;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** All answers to one photo on one web page that needs nothing but itself. */
public final class HtmlPage {
  /** What all pages share. What is wider than a phone, such as a table, scrolls by itself. */
  private static final String COMMON =
      """
      :root { color-scheme: light dark; --paper: #f6f7f9; --card: #fff; --ink: #16191d; --faint: #5d6673; --line: #d9dde3; }
      @media (prefers-color-scheme: dark) {
        :root { --paper: #14171c; --card: #1d2127; --ink: #f2f4f7; --faint: #9aa4b2; --line: #343a44; }
      }
      * { box-sizing: border-box; }
      body { margin: 0; padding: 2rem clamp(1rem, 4vw, 4rem); background: var(--paper); color: var(--ink);
             font: 16px/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.6rem; margin: 0 0 .2rem; overflow-wrap: anywhere; }
      h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; background: var(--card); font-size: .92rem; }
      th, td { padding: .25rem clamp(.35rem, 1.5vw, .8rem); border-bottom: 1px solid var(--line); text-align: left; }
      td { font-variant-numeric: tabular-nums; }
      """;

  private static final String STYLE =
      """
      p.sub { color: var(--faint); margin: 0 0 1.6rem; }
      main { display: grid; gap: 1.4rem; grid-template-columns: repeat(auto-fill, minmax(min(26rem, 100%), 1fr)); }
      figure { margin: 0; background: var(--card); border-radius: 14px; overflow: hidden;
               box-shadow: 0 1px 3px #0003; }
      figure img { display: block; width: 100%; height: auto; }
      figcaption { padding: .8rem 1rem 1rem; }
      figcaption b { display: block; }
      figcaption span { color: var(--faint); font-size: .92rem; }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 2rem 0 0; font-size: .92rem; }
      dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
      """;

  private HtmlPage() {}

  /**
   * Writes the page.
   *
   * @param facts shown below the pictures, in order: generator, seed, prompts
   */
  public static void write(
      Path file, String title, String subtitle, List<Panel> panels, Map<String, String> facts)
      throws OutputException {
    StringBuilder html = new StringBuilder(opening(title, STYLE));
    html.append("<p class=\"sub\">").append(escape(subtitle)).append("</p>\n<main>\n");
    for (Panel panel : panels) {
      // JPEG: these are to look at, and a page of PNGs of a photo weighs tens of megabytes.
      String data = Base64.getEncoder().encodeToString(Jpeg.bytes(panel.image(), 0.9));
      html.append("<figure><img alt=\"")
          .append(escape(panel.title()))
          .append("\" width=\"")
          .append(panel.image().width())
          .append("\" height=\"")
          .append(panel.image().height())
          .append("\" src=\"data:image/jpeg;base64,")
          .append(data)
          .append("\"><figcaption><b>")
          .append(escape(panel.title()))
          .append("</b><span>")
          .append(escape(panel.caption()))
          .append("</span></figcaption></figure>\n");
    }
    html.append("</main>\n<dl>\n");
    facts.forEach(
        (name, value) ->
            html.append("<dt>")
                .append(escape(name))
                .append("</dt><dd>")
                .append(escape(value))
                .append("</dd>\n"));
    html.append("</dl>\n</body></html>\n");
    AtomicFile.write(file, out -> out.write(html.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * A page up to its heading, in the style that all pages share: by day and by night, with tables.
   *
   * @param title plain text
   * @param style what the page adds to that style sheet, or sets otherwise
   */
  public static String opening(String title, String style) {
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%1$s</title>
    <style>
    %2$s%3$s</style></head>
    <body>
    <h1>%1$s</h1>
    """
        .formatted(escape(title), COMMON, style);
  }

  /** A table of plain texts, with a row of headings; it scrolls by itself where it is too wide. */
  public static String table(List<String> head, List<List<String>> rows) {
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>\n");
    row(html, "th", head);
    rows.forEach(row -> row(html, "td", row));
    return html.append("</table></div>\n").toString();
  }

  private static void row(StringBuilder html, String tag, List<String> cells) {
    html.append("<tr>");
    for (String cell : cells) {
      html.append('<').append(tag).append('>').append(escape(cell));
      html.append("</").append(tag).append('>');
    }
    html.append("</tr>\n");
  }

  /** Text as it stands in a page or an attribute's quotes. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
