package dev.plantain.train.study;

import dev.plantain.formats.HtmlPage;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Learning curves as SVG: a figure against the drawings trained on, which have a log axis. */
final class CurvePlot {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 380;
  private static final int LEFT = 60;
  private static final int RIGHT = 300;
  private static final int TOP = 20;
  private static final int BOTTOM = 45;
  private static final int TICKS = 5;

  /** Told apart by most eyes, colour-blind ones among them (Okabe and Ito). */
  private static final String[] COLOURS = {
    "#000000", "#E69F00", "#56B4E9", "#009E73", "#B8A900", "#0072B2", "#D55E00", "#CC79A7"
  };

  private CurvePlot() {}

  /**
   * Draws curves.
   *
   * @param series by name; those without points are left out
   */
  static String svg(String figure, Map<String, List<Findings.Point>> series) {
    List<Findings.Point> all = series.values().stream().flatMap(List::stream).toList();
    double left = Math.log(all.stream().mapToDouble(Findings.Point::drawings).min().orElse(1));
    double right = Math.log(all.stream().mapToDouble(Findings.Point::drawings).max().orElse(2));
    double low = all.stream().mapToDouble(Findings.Point::value).min().orElse(0);
    double high = all.stream().mapToDouble(Findings.Point::value).max().orElse(1);
    Axis x = new Axis(left, right > left ? right : left + 1, LEFT, WIDTH - RIGHT);
    Axis y = new Axis(low, high > low ? high : low + 1, HEIGHT - BOTTOM, TOP);
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n"
            .formatted(WIDTH, HEIGHT, WIDTH));
    for (int i = 0; i <= TICKS; i++) {
      double value = y.low + (y.high - y.low) * i / TICKS;
      double drawings = x.low + (x.high - x.low) * i / TICKS;
      line(svg, x.from, y.at(value), x.to, y.at(value), "#E0E0E0");
      text(svg, 4, y.at(value) + 4, String.format(Locale.ROOT, "%.3g", value), "#444444");
      text(
          svg,
          x.at(drawings) - 16,
          HEIGHT - BOTTOM + 18,
          String.format(Locale.ROOT, "%,.0f", Math.exp(drawings)),
          "#444444");
    }
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0 - 60, HEIGHT - 8, "drawings trained on", "#444444");
    text(svg, 4, 12, figure, "#444444");
    int k = 0;
    for (Map.Entry<String, List<Findings.Point>> one : series.entrySet()) {
      if (!one.getValue().isEmpty()) {
        curve(svg, one.getKey(), one.getValue(), k++, x, y);
      }
    }
    return svg.append("</svg>\n").toString();
  }

  private record Axis(double low, double high, double from, double to) {
    double at(double value) {
      return from + (to - from) * (value - low) / (high - low);
    }
  }

  private static void curve(
      StringBuilder svg, String name, List<Findings.Point> points, int k, Axis x, Axis y) {
    String colour = COLOURS[k % COLOURS.length];
    StringBuilder path = new StringBuilder();
    for (Findings.Point p : points) {
      double px = x.at(Math.log(p.drawings()));
      double py = y.at(p.value());
      path.append(String.format(Locale.ROOT, "%.1f,%.1f ", px, py));
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n",
              px,
              py,
              colour));
    }
    svg.append(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"%s/>%n"
            .formatted(path, colour, k >= COLOURS.length ? " stroke-dasharray=\"5 3\"" : ""));
    text(svg, WIDTH - RIGHT + 14, TOP + 14 + 18 * k, name, colour);
  }

  private static void line(
      StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
            x1,
            y1,
            x2,
            y2,
            colour));
  }

  private static void text(StringBuilder svg, double x, double y, String text, String colour) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>%n",
            x,
            y,
            colour,
            HtmlPage.escape(text)));
  }
}
