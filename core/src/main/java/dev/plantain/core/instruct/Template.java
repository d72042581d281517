package dev.plantain.core.instruct;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A sentence with gaps, written and read by the same description.
 *
 * <p>Syntax: <code>{phrase}</code>, <code>{colour}</code>, <code>{in colour}</code> ("in red",
 * "solid white"), <code>{background}</code>, <code>{legend}</code> (a JSON-like mapping of phrases
 * to colours), <code>{phrases}</code> (all of them in a row), <code>{is}</code>, <code>{scheme}
 * </code>; <code>{each|separator|body}</code> repeats the body for each entry; <code>[ … ]</code>
 * is there if there is a background. Other braces and brackets do not occur.
 */
final class Template {

  sealed interface Node {}

  record Literal(String text) implements Node {}

  record Slot(Kind kind) implements Node {}

  record Each(String separator, List<Node> body) implements Node {}

  record IfBackground(List<Node> nodes) implements Node {}

  enum Kind {
    PHRASE,
    COLOUR,
    IN_COLOUR,
    BACKGROUND,
    LEGEND,
    PHRASES,
    IS,
    SCHEME;

    /** Whether anything may fill the gap. */
    boolean freeText() {
      return this == PHRASE || this == PHRASES || this == SCHEME;
    }

    static Kind named(String name, String source) {
      try {
        return valueOf(name.toUpperCase(Locale.ROOT).replace(' ', '_'));
      } catch (IllegalArgumentException e) {
        throw new InstructionException(
            "the wording \"%s\" has an unknown gap {%s}".formatted(source, name));
      }
    }
  }

  private final String source;
  private final List<Node> nodes;

  private Template(String source) {
    this.source = source;
    this.nodes = new Compiler(source).all();
  }

  /**
   * Reads the syntax above.
   *
   * @throws InstructionException if a gap is unknown or a brace is left open
   */
  static Template compile(String source) {
    return new Template(source.strip());
  }

  String source() {
    return source;
  }

  List<Node> nodes() {
    return nodes;
  }

  /** Whether a gap of this kind occurs anywhere. */
  boolean has(Kind kind) {
    return has(nodes, kind);
  }

  private static boolean has(List<Node> nodes, Kind kind) {
    return nodes.stream()
        .anyMatch(
            node ->
                switch (node) {
                  case Literal literal -> false;
                  case Slot slot -> slot.kind() == kind;
                  case Each each -> has(each.body(), kind);
                  case IfBackground part -> has(part.nodes(), kind);
                });
  }

  private static final class Compiler {
    private final String source;
    private int at;

    Compiler(String source) {
      this.source = source;
    }

    List<Node> all() {
      List<Node> nodes = until('\0');
      if (nodes.isEmpty()) {
        throw broken("is empty");
      }
      return nodes;
    }

    private List<Node> until(char closer) {
      List<Node> nodes = new ArrayList<>();
      StringBuilder literal = new StringBuilder();
      while (at < source.length() && source.charAt(at) != closer) {
        char c = source.charAt(at++);
        switch (c) {
          case '{' -> {
            flush(literal, nodes);
            nodes.add(gap());
          }
          case '[' -> {
            flush(literal, nodes);
            List<Node> part = until(']');
            close(']');
            nodes.add(new IfBackground(part));
          }
          case '}', ']' -> throw broken("has a stray " + c);
          default -> literal.append(c);
        }
      }
      flush(literal, nodes);
      for (int i = 0; i < nodes.size(); i++) {
        boolean fixedNext = i + 1 < nodes.size() && nodes.get(i + 1) instanceof Literal;
        if (nodes.get(i) instanceof Slot(Kind kind) && kind.freeText() && !fixedNext) {
          throw broken("needs fixed words after {%s}, to know where it ends".formatted(kind));
        }
      }
      return List.copyOf(nodes);
    }

    private Node gap() {
      if (source.startsWith("each|", at)) {
        int bar = source.indexOf('|', at + 5);
        if (bar < 0) {
          throw broken("needs {each|separator|body}");
        }
        String separator = source.substring(at + 5, bar);
        at = bar + 1;
        List<Node> body = until('}');
        close('}');
        return new Each(separator, body);
      }
      int end = source.indexOf('}', at);
      if (end < 0) {
        throw broken("leaves a { open");
      }
      String name = source.substring(at, end);
      at = end + 1;
      return new Slot(Kind.named(name, source));
    }

    private void close(char closer) {
      if (at >= source.length()) {
        throw broken("lacks a " + closer);
      }
      at++;
    }

    private static void flush(StringBuilder literal, List<Node> nodes) {
      if (!literal.isEmpty()) {
        nodes.add(new Literal(literal.toString()));
        literal.setLength(0);
      }
    }

    private InstructionException broken(String how) {
      return new InstructionException("the wording \"%s\" %s".formatted(source, how));
    }
  }
}
