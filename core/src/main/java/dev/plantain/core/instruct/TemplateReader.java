package dev.plantain.core.instruct;

import dev.plantain.core.instruct.Template.Node;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text by a template.
 *
 * <p>A phrase ends at the first place where the rest of its sentence fits. Repeated entries are
 * taken one by one and never taken back, so that a text of many entries costs time linear in its
 * length for each entry, whatever is written in it.
 */
final class TemplateReader {
  /** After a backslash and a u. */
  private static final int HEX_DIGITS = 4;

  private final String text;
  private final List<String> phrases = new ArrayList<>();
  private final List<Integer> colours = new ArrayList<>();
  private @Nullable Integer background;
  private String scheme = "";
  private int at;

  private TemplateReader(String text) {
    this.text = text;
  }

  /**
   * What fills the gaps, if the text has this form; letter case of the fixed words does not matter.
   *
   * @param text with single blanks only
   */
  static Optional<Gaps> read(Template template, String text) {
    TemplateReader reader = new TemplateReader(text);
    if (!reader.match(template.nodes(), 0) || reader.at != text.length()) {
      return Optional.empty();
    }
    Integer background = reader.background;
    return Optional.of(
        new Gaps(
            reader.phrases,
            reader.colours,
            background == null ? OptionalInt.empty() : OptionalInt.of(background),
            reader.scheme));
  }

  private boolean match(List<Node> nodes, int from) {
    for (int i = from; i < nodes.size(); i++) {
      switch (nodes.get(i)) {
        case Template.Literal literal -> {
          if (!skip(literal.text(), i == nodes.size() - 1)) {
            return false;
          }
        }
        case Template.Slot slot when slot.kind().freeText() -> {
          return matchFreeText(slot.kind(), nodes, i + 1);
        }
        case Template.Slot slot -> {
          if (!matchSlot(slot.kind())) {
            return false;
          }
        }
        case Template.Each each -> {
          if (!matchEach(each)) {
            return false;
          }
        }
        case Template.IfBackground part -> {
          Mark mark = mark();
          if (match(part.nodes(), 0) && match(nodes, i + 1)) {
            return true;
          }
          reset(mark);
        }
      }
    }
    return true;
  }

  private boolean matchEach(Template.Each each) {
    int entries = 0;
    while (true) {
      Mark mark = mark();
      if ((entries > 0 && !skip(each.separator(), false)) || !match(each.body(), 0)) {
        reset(mark);
        return entries > 0;
      }
      entries++;
    }
  }

  /** A gap for anything, then the rest of the nodes: the shortest filling that lets them match. */
  private boolean matchFreeText(Template.Kind kind, List<Node> nodes, int next) {
    Mark mark = mark();
    if (kind == Template.Kind.PHRASE && at < text.length() && text.charAt(at) == '"') {
      String phrase = string();
      if (phrase != null && phrases.add(phrase) && match(nodes, next)) {
        return true;
      }
      reset(mark);
    }
    // Template.compile sees to it that fixed words follow.
    String follower = ((Template.Literal) nodes.get(next)).text();
    int longest = kind == Template.Kind.PHRASES ? text.length() : Phrases.MAX_LENGTH;
    int limit = Math.min(text.length(), mark.at() + longest);
    for (int end = mark.at() + 1; end <= limit; end++) {
      if (!text.regionMatches(true, end, follower, 0, follower.length() - 1)) {
        continue; // all but a last full stop, which may be missing
      }
      String filling = text.substring(mark.at(), end);
      switch (kind) {
        case PHRASE -> phrases.add(filling);
        case SCHEME -> scheme = filling;
        default -> {} // all the phrases in a row; they are also said one by one
      }
      at = end;
      if (match(nodes, next)) {
        return true;
      }
      reset(mark);
    }
    return false;
  }

  private boolean matchSlot(Template.Kind kind) {
    return switch (kind) {
      case COLOUR -> colour();
      case IN_COLOUR -> {
        skip("in ", false);
        skip("solid ", false);
        yield colour();
      }
      case BACKGROUND -> {
        Optional<Colours.Found> found = Colours.at(text, at);
        found.ifPresent(
            colour -> {
              background = colour.rgb();
              at = colour.end();
            });
        yield found.isPresent();
      }
      case IS -> skip("is", false) || skip("are", false);
      case LEGEND -> legend();
      case PHRASE, PHRASES, SCHEME -> throw new AssertionError(kind);
    };
  }

  private boolean colour() {
    Optional<Colours.Found> found = Colours.at(text, at);
    found.ifPresent(
        colour -> {
          colours.add(colour.rgb());
          at = colour.end();
        });
    return found.isPresent();
  }

  /** {@code {"road": "#804080", 'sofa': (255, 0, 0), lamp: red}}, with or without quotes. */
  private boolean legend() {
    if (!skip("{", false)) {
      return false;
    }
    do {
      skip(" ", false);
      String key = key();
      if (key == null) {
        return false;
      }
      phrases.add(key);
      skip(" ", false);
      String quote = skip("\"", false) ? "\"" : skip("'", false) ? "'" : "";
      if (!colour() || !skip(quote, false)) {
        return false;
      }
      skip(" ", false);
    } while (skip(",", false));
    return skip("}", false);
  }

  /** A key and its colon; null if there is none. */
  private @Nullable String key() {
    if (at >= text.length()) {
      return null;
    }
    char first = text.charAt(at);
    String key;
    if (first == '"' || first == '\'') {
      key = string();
      skip(" ", false);
    } else {
      int colon = text.indexOf(':', at);
      key = colon < 0 ? null : text.substring(at, colon).strip();
      at = colon < 0 ? at : colon;
    }
    return key != null && !key.isBlank() && skip(":", false) ? key : null;
  }

  /** A string in the quotes it starts with, with JSON's escapes; null if it does not end. */
  private @Nullable String string() {
    char quote = text.charAt(at);
    StringBuilder value = new StringBuilder();
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        at = i + 1;
        return value.toString();
      }
      if (c != '\\' || i + 1 == text.length()) {
        value.append(c);
        continue;
      }
      c = text.charAt(++i);
      if (c == 'u' && isHex(i + 1)) {
        value.append((char) HexFormat.fromHexDigits(text, i + 1, i + 1 + HEX_DIGITS));
        i += HEX_DIGITS;
      } else {
        value.append(escaped(c));
      }
    }
    return null;
  }

  /** What a backslash and this stand for; any other than JSON's stands for itself. */
  private static char escaped(char c) {
    return switch (c) {
      case 'b', 'f', 'n', 'r', 't' -> ' '; // white space, or nothing that can be seen
      default -> c;
    };
  }

  private boolean isHex(int from) {
    return from + HEX_DIGITS <= text.length()
        && text.substring(from, from + HEX_DIGITS).chars().allMatch(HexFormat::isHexDigit);
  }

  /** Passes fixed words; a full stop that would end the text may be missing. */
  private boolean skip(String literal, boolean last) {
    if (text.regionMatches(true, at, literal, 0, literal.length())) {
      at += literal.length();
      return true;
    }
    if (last && literal.endsWith(".")) {
      String open = literal.substring(0, literal.length() - 1);
      if (at + open.length() == text.length()
          && text.regionMatches(true, at, open, 0, open.length())) {
        at = text.length();
        return true;
      }
    }
    return false;
  }

  private record Mark(
      int at, int phrases, int colours, @Nullable Integer background, String scheme) {}

  private Mark mark() {
    return new Mark(at, phrases.size(), colours.size(), background, scheme);
  }

  private void reset(Mark mark) {
    at = mark.at();
    phrases.subList(mark.phrases(), phrases.size()).clear();
    colours.subList(mark.colours(), colours.size()).clear();
    background = mark.background();
    scheme = mark.scheme();
  }

  /** White space as single blanks. */
  static String normal(String text) {
    return text.replaceAll("[\\s\\p{Z}\\p{Cc}]+", " ").strip();
  }
}
