package dev.plantain.train.study;

import dev.plantain.formats.HtmlPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** A report that can be had as Markdown and as one web page that needs nothing but itself. */
record Page(String title, List<Section> sections) {
  private static final String STYLE =
      """
      p { margin: .4rem 0; max-width: 60rem; }
      figure { margin: .8rem 0; } figure img { max-width: 100%; }
      figcaption { color: var(--faint); font-size: .85rem; }
      """;

  /**
   * A part.
   *
   * @param notes paragraphs above the table
   * @param rows of the table; none for no table
   */
  record Section(
      String title,
      List<String> notes,
      List<String> head,
      List<List<String>> rows,
      List<Picture> pictures) {
    Section {
      notes = List.copyOf(notes);
      rows = List.copyOf(rows);
      pictures = List.copyOf(pictures);
    }

    static Section text(String title, List<String> notes) {
      return new Section(title, notes, List.of(), List.of(), List.of());
    }
  }

  /**
   * A picture in the report's folder.
   *
   * @param file PNG
   * @param name relative to the folder
   */
  record Picture(Path file, String name, String caption) {}

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(title).append('\n');
    for (Section section : sections) {
      text.append("\n## ").append(section.title).append('\n');
      section.notes.forEach(note -> text.append('\n').append(note).append('\n'));
      if (!section.rows.isEmpty()) {
        text.append('\n');
        line(text, section.head);
        line(text, section.head.stream().map(h -> "---").toList());
        section.rows.forEach(row -> line(text, row));
      }
      section.pictures.forEach(
          p ->
              text.append("\n![")
                  .append(p.caption)
                  .append("](")
                  .append(p.name)
                  .append(")\n\n")
                  .append(p.caption)
                  .append('\n'));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ")
        .append(String.join(" | ", cells.stream().map(c -> c.replace("|", "\\|")).toList()))
        .append(" |\n");
  }

  String html() throws IOException {
    StringBuilder html = new StringBuilder(HtmlPage.opening(title, STYLE));
    for (Section section : sections) {
      html.append("<h2>").append(HtmlPage.escape(section.title)).append("</h2>\n");
      section.notes.forEach(
          note -> html.append("<p>").append(HtmlPage.escape(note)).append("</p>\n"));
      if (!section.rows.isEmpty()) {
        html.append(HtmlPage.table(section.head, section.rows));
      }
      for (Picture picture : section.pictures) {
        picture(html, picture);
      }
    }
    return html.append("</body></html>\n").toString();
  }

  private static void picture(StringBuilder html, Picture picture) throws IOException {
    html.append("<figure><img alt=\"")
        .append(HtmlPage.escape(picture.caption))
        .append("\" src=\"data:image/png;base64,")
        .append(Base64.getEncoder().encodeToString(Files.readAllBytes(picture.file)))
        .append("\"><figcaption>")
        .append(HtmlPage.escape(picture.caption))
        .append("</figcaption></figure>\n");
  }
}
