package dev.plantain.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.formats.AtomicFile;
import dev.plantain.formats.HtmlPage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Learning curves of a run's log: the loss of each kind of drawing against drawings seen, both axes
 * logarithmic, smoothed over some dozens of steps.
 */
final class Curves {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 560;
  private static final int LEFT = 70;
  private static final int RIGHT = 150;
  private static final int TOP = 30;
  private static final int BOTTOM = 50;
  private static final double MEMORY = 0.97;

  /** Below half its size a curve's labels cannot be read: then it scrolls. */
  private static final String STYLE =
      """
      p { margin: .4rem 0 1rem; color: var(--faint); }
      img { display: block; max-width: 100%; min-width: 46rem; height: auto; border-radius: 8px; }
      pre { margin: 0; font-size: .85rem; }
      """;

  /** Told apart by most eyes, colour-blind ones among them (Okabe and Ito). */
  private static final int[] COLOURS = {
    0x000000, 0xE69F00, 0x56B4E9, 0x009E73, 0xB8A900, 0x0072B2, 0xD55E00, 0xCC79A7, 0x888888
  };

  private static final ObjectMapper JSON = new ObjectMapper();

  private record Point(double drawings, double loss) {}

  private final Map<String, List<Point>> series = new LinkedHashMap<>();

  private Curves() {}

  /** Writes {@code curves.png} and {@code curves.html} beside a run's {@code log.jsonl}. */
  static void write(Path folder) throws IOException {
    Curves curves = new Curves();
    curves.read(folder.resolve("log.jsonl"));
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(curves.draw(), "png", png);
    AtomicFile.write(folder.resolve("curves.png"), out -> out.write(png.toByteArray()));
    Path stated = folder.resolve("config.json");
    String config = Files.exists(stated) ? Files.readString(stated) : "";
    String html =
        HtmlPage.opening("Learning curves", STYLE)
            + """
            <p>Loss of each kind of drawing, smoothed, against drawings seen. Both axes are logarithmic.</p>
            <div class="scroll"><img alt="loss against drawings seen" src="data:image/png;base64,%s"></div>
            <h2>Configuration</h2>
            <div class="scroll"><pre>%s</pre></div>
            </body></html>
            """
                .formatted(
                    Base64.getEncoder().encodeToString(png.toByteArray()), HtmlPage.escape(config));
    AtomicFile.write(
        folder.resolve("curves.html"), out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
  }

  private void read(Path log) throws IOException {
    Map<String, Double> smooth = new LinkedHashMap<>();
    double drawings = 0;
    for (String line : Files.readAllLines(log)) {
      if (line.isBlank()) {
        continue;
      }
      JsonNode step = JSON.readTree(line);
      drawings += step.path("drawings").asDouble();
      for (Map.Entry<String, JsonNode> kind : step.path("losses").properties()) {
        double loss = kind.getValue().asDouble();
        double now = smooth.merge(kind.getKey(), loss, (old, v) -> MEMORY * old + (1 - MEMORY) * v);
        series
            .computeIfAbsent(kind.getKey(), k -> new ArrayList<>())
            .add(new Point(drawings, Math.max(now, 1e-6)));
      }
    }
  }

  private BufferedImage draw() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    List<Point> all = series.values().stream().flatMap(List::stream).toList();
    if (!all.isEmpty()) {
      Scale x =
          Scale.over(all.stream().mapToDouble(Point::drawings).toArray(), LEFT, WIDTH - RIGHT);
      Scale y = Scale.over(all.stream().mapToDouble(Point::loss).toArray(), HEIGHT - BOTTOM, TOP);
      axes(g, x, y);
      int k = 0;
      for (Map.Entry<String, List<Point>> one : series.entrySet()) {
        line(g, one.getKey(), one.getValue(), new Color(COLOURS[k % COLOURS.length]), k, x, y);
        k++;
      }
    }
    g.dispose();
    return image;
  }

  /** A logarithmic axis. */
  private record Scale(double low, double high, int from, int to) {
    static Scale over(double[] values, int from, int to) {
      double low = Double.MAX_VALUE;
      double high = 0;
      for (double v : values) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
      return new Scale(low, Math.max(high, low * 1.01), from, to);
    }

    double at(double value) {
      return from + (to - from) * Math.log(value / low) / Math.log(high / low);
    }

    /** 1, 2 and 5 times powers of ten within, or the ends of a range too short for two of them. */
    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      for (double power = Math.pow(10, Math.floor(Math.log10(low))); power <= high; power *= 10) {
        for (int m : new int[] {1, 2, 5}) {
          if (m * power >= low && m * power <= high) {
            ticks.add(m * power);
          }
        }
      }
      return ticks.size() < 2 ? List.of(low, high) : ticks;
    }
  }

  /** 0.05 and not 0.0500. */
  private static String threeDigits(double value) {
    return BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  private static void axes(Graphics2D g, Scale x, Scale y) {
    for (double tick : x.ticks()) {
      int at = (int) x.at(tick);
      g.setColor(new Color(0xE0E0E0));
      g.drawLine(at, TOP, at, HEIGHT - BOTTOM);
      g.setColor(Color.DARK_GRAY);
      g.drawString(String.format(Locale.ROOT, "%,.0f", tick), at - 14, HEIGHT - BOTTOM + 18);
    }
    for (double tick : y.ticks()) {
      int at = (int) y.at(tick);
      g.setColor(new Color(0xE0E0E0));
      g.drawLine(LEFT, at, WIDTH - RIGHT, at);
      g.setColor(Color.DARK_GRAY);
      g.drawString(threeDigits(tick), 20, at + 5);
    }
    g.drawString("drawings seen", (LEFT + WIDTH - RIGHT) / 2 - 40, HEIGHT - 10);
    g.drawString("loss", 20, TOP - 10);
  }

  private static void line(
      Graphics2D g, String name, List<Point> points, Color colour, int row, Scale x, Scale y) {
    Path2D.Double path = new Path2D.Double();
    for (int i = 0; i < points.size(); i++) {
      Point p = points.get(i);
      if (i == 0) {
        path.moveTo(x.at(p.drawings), y.at(p.loss));
      } else {
        path.lineTo(x.at(p.drawings), y.at(p.loss));
      }
    }
    g.setColor(colour);
    g.setStroke(new BasicStroke(1.6f));
    g.draw(path);
    g.drawString(
        String.format(Locale.ROOT, "%s %.3f", name, points.getLast().loss),
        WIDTH - RIGHT + 10,
        TOP + 16 + 20 * row);
    g.setStroke(new BasicStroke(1));
  }
}
