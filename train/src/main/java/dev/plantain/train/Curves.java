package dev.plantain.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.formats.AtomicFile;
import dev.plantain.formats.HtmlPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Learning curves of a run's log: the loss of each kind of drawing against drawings seen, both axes
 * logarithmic, smoothed over some dozens of steps.
 */
final class Curves {
  private static final double MEMORY = 0.97;

  /** A loss of nothing has no place on a logarithmic axis. */
  private static final double LEAST = 1e-6;

  /** Below half its size a curve's labels cannot be read: then it scrolls. */
  private static final String STYLE =
      """
      p { margin: .4rem 0 1rem; color: var(--faint); }
      img { display: block; max-width: 100%; min-width: 46rem; height: auto; border-radius: 8px; }
      pre { margin: 0; font-size: .85rem; }
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private Curves() {}

  /** Writes {@code curves.png} and {@code curves.html} beside a run's {@code log.jsonl}. */
  static void write(Path folder) throws IOException {
    Path png = folder.resolve("curves.png");
    CurveChart.write(png, "loss", true, losses(folder.resolve("log.jsonl")));
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
                    Base64.getEncoder().encodeToString(Files.readAllBytes(png)),
                    HtmlPage.escape(config));
    AtomicFile.write(
        folder.resolve("curves.html"), out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
  }

  /** By kind, with its last value behind its name. */
  private static Map<String, List<CurveChart.Point>> losses(Path log) throws IOException {
    Map<String, List<CurveChart.Point>> series = new LinkedHashMap<>();
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
            .add(new CurveChart.Point(drawings, Math.max(now, LEAST)));
      }
    }
    Map<String, List<CurveChart.Point>> named = new LinkedHashMap<>();
    series.forEach(
        (kind, points) ->
            named.put(
                String.format(Locale.ROOT, "%s %.3f", kind, points.getLast().value()), points));
    return named;
  }
}
