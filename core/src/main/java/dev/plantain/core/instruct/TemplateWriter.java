package dev.plantain.core.instruct;

import dev.plantain.core.instruct.Colours.Notation;
import dev.plantain.core.instruct.Template.Node;
import java.util.List;

/** Fills the gaps of a template. */
final class TemplateWriter {
  private final Gaps gaps;
  private final Notation notation;
  private final boolean quoted;
  private final StringBuilder text = new StringBuilder();

  private TemplateWriter(Gaps gaps, Notation notation, boolean quoted) {
    this.gaps = gaps;
    this.notation = notation;
    this.quoted = quoted;
  }

  /**
   * The sentence.
   *
   * @param quoted phrases stand in quotes, for those that would not read back without
   */
  static String write(Template template, Gaps gaps, Notation notation, boolean quoted) {
    TemplateWriter writer = new TemplateWriter(gaps, notation, quoted);
    writer.all(template.nodes(), 0);
    return writer.text.toString();
  }

  private void all(List<Node> nodes, int entry) {
    for (Node node : nodes) {
      switch (node) {
        case Template.Literal literal -> text.append(literal.text());
        case Template.Slot slot -> slot(slot.kind(), entry);
        case Template.Each each -> {
          for (int i = 0; i < gaps.phrases().size(); i++) {
            text.append(i == 0 ? "" : each.separator());
            all(each.body(), i);
          }
        }
        case Template.IfBackground part -> {
          if (gaps.background().isPresent()) {
            all(part.nodes(), entry);
          }
        }
      }
    }
  }

  private void slot(Template.Kind kind, int entry) {
    switch (kind) {
      case PHRASE -> text.append(phrase(entry));
      case IS -> text.append(Phrases.looksPlural(gaps.phrases().get(entry)) ? "are" : "is");
      case COLOUR -> text.append(notation.write(gaps.colours().get(entry)));
      case IN_COLOUR -> {
        int rgb = gaps.colours().get(entry);
        boolean solid = notation == Notation.NAME && (rgb == Colours.WHITE || rgb == Colours.BLACK);
        text.append(solid ? "solid " : "in ").append(notation.write(rgb));
      }
      case BACKGROUND -> text.append(notation.write(gaps.background().orElseThrow()));
      case SCHEME -> text.append(gaps.scheme());
      case PHRASES -> {
        int n = gaps.phrases().size();
        for (int i = 0; i < n; i++) {
          text.append(i == 0 ? "" : i == n - 1 ? " and " : ", ").append(phrase(i));
        }
      }
      case LEGEND -> {
        boolean string = notation == Notation.NAME || notation == Notation.HEX;
        for (int i = 0; i < gaps.phrases().size(); i++) {
          String colour = notation.write(gaps.colours().get(i));
          text.append(i == 0 ? "{" : ", ")
              .append(quote(gaps.phrases().get(i)))
              .append(": ")
              .append(string ? quote(colour) : colour);
        }
        text.append('}');
      }
    }
  }

  private String phrase(int entry) {
    String phrase = gaps.phrases().get(entry);
    return quoted ? quote(phrase) : phrase;
  }

  /** A JSON string; phrases hold no control characters. */
  private static String quote(String phrase) {
    return '"' + phrase.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
