package dev.plantain.cli;

import java.io.PrintWriter;

/**
 * Where words go.
 *
 * @param out results: text for people, or one JSON object a line
 * @param err progress, warnings and errors
 * @param terminal whether a person watches {@code err}
 */
record Console(PrintWriter out, PrintWriter err, boolean terminal) {

  void line(String text) {
    out.println(text);
    out.flush();
  }

  void warn(String text) {
    err.println("warning: " + text);
    err.flush();
  }
}
