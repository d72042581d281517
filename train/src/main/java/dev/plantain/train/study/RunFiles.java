package dev.plantain.train.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.formats.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one run of a study: those of its training, {@code curve.jsonl} with what the
 * validation scenes showed on the way, {@code test-TASK/}, {@code pictures/}, and {@code done.json}
 * when all is done.
 */
record RunFiles(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CURVE = "curve.jsonl";

  /**
   * What the validation scenes showed.
   *
   * @param steps trained
   * @param figures by name
   */
  record Point(int steps, Map<String, Double> figures) {}

  /**
   * A run that is done.
   *
   * @param rate peak learning rate
   * @param seconds of training steps
   * @param diverged whether it ended early, as its loss was no number
   */
  record Done(double rate, int steps, long drawings, double seconds, boolean diverged) {}

  Path weights() {
    return folder.resolve("weights.safetensors");
  }

  /** Weights that training has finished. */
  Path finished(String stage) {
    return folder.resolve("weights-" + stage + ".safetensors");
  }

  Path test(VisionTask task) {
    return folder.resolve("test-" + task.word());
  }

  Path picture(VisionTask task, int scene) {
    return folder.resolve("pictures").resolve(task.word() + "-" + scene + ".png");
  }

  List<Point> curve() throws IOException {
    Path file = folder.resolve(CURVE);
    List<Point> points = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        JsonNode point = JSON.readTree(line);
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> f : point.path("figures").properties()) {
          figures.put(f.getKey(), f.getValue().isNull() ? Double.NaN : f.getValue().asDouble());
        }
        points.add(new Point(point.path("steps").asInt(), figures));
      }
    }
    return points;
  }

  /** Keeps a point; the whole curve is written anew, so that no half line is left. */
  void append(Point point) throws IOException {
    List<Point> points = new ArrayList<>(curve());
    points.add(point);
    StringBuilder text = new StringBuilder();
    for (Point p : points) {
      ObjectNode line = JSON.createObjectNode().put("steps", p.steps);
      ObjectNode figures = line.putObject("figures");
      p.figures.forEach((name, v) -> figures.put(name, Double.isNaN(v) ? null : v));
      text.append(line).append('\n');
    }
    save(folder.resolve(CURVE), text.toString());
  }

  Optional<Done> done() throws IOException {
    Path file = folder.resolve("done.json");
    return Files.exists(file)
        ? Optional.of(JSON.readValue(file.toFile(), Done.class))
        : Optional.empty();
  }

  /** Says that all is done, and lets go of what only going on needs. */
  void finish(Done done) throws IOException {
    save(folder.resolve("done.json"), JSON.writeValueAsString(done));
    Path checkpoints = folder.resolve("checkpoints");
    if (Files.exists(checkpoints)) {
      try (Stream<Path> files = Files.walk(checkpoints)) {
        files.sorted(Comparator.reverseOrder()).forEach(RunFiles::delete);
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Seconds of all steps; of those done twice after a kill, of the second time. */
  double seconds() throws IOException {
    double seconds = 0;
    Path log = folder.resolve("log.jsonl");
    if (Files.exists(log)) {
      for (String line : Files.readAllLines(log)) {
        seconds += JSON.readTree(line).path("seconds").asDouble();
      }
    }
    return seconds;
  }

  static void save(Path file, String text) throws IOException {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
