package dev.plantain.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.core.Answer;
import dev.plantain.core.Registration;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.core.measure.RelativeDepth;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was asked, drawn and measured, as JSON: {@code input}, {@code task}, {@code generator},
 * {@code seed}, {@code prompt}, {@code passes} with timings and registration, {@code files} by
 * role, {@code summary} with units and frames, {@code warnings}, {@code unknown_phrases} that the
 * generator does not know.
 */
public final class ResultJson {
  private ResultJson() {}

  /**
   * Writes a result.
   *
   * @param input the photo's file
   * @param files other files written, by role: {@code drawing}, {@code depth-npy}, {@code overlay}
   * @param facts more to say, by name: texts, numbers, maps and lists of them
   */
  public static void write(
      Path file, String input, Answer.Seen<?> answer, Map<String, Path> files, Map<String, ?> facts)
      throws OutputException {
    Json.write(file, of(input, answer, files, facts));
  }

  /** The same without more to say. */
  public static void write(Path file, String input, Answer.Seen<?> answer, Map<String, Path> files)
      throws OutputException {
    write(file, input, answer, files, Map.of());
  }

  /** The same as text on one line, for standard output. */
  public static String line(
      String input, Answer.Seen<?> answer, Map<String, Path> files, Map<String, ?> facts) {
    return of(input, answer, files, facts).toString();
  }

  /** The same without more to say. */
  public static String line(String input, Answer.Seen<?> answer, Map<String, Path> files) {
    return line(input, answer, files, Map.of());
  }

  private static ObjectNode of(
      String input, Answer.Seen<?> answer, Map<String, Path> files, Map<String, ?> facts) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("input", input);
    root.put("task", answer.task().name());
    root.put("generator", answer.generator());
    if (!answer.passes().isEmpty()) { // an answer known without drawing has none
      root.put("seed", answer.passes().getFirst().seed());
      root.put("prompt", answer.drawing().instruction().text());
    }
    ObjectNode roles = root.putObject("files");
    files.forEach((role, path) -> roles.put(role, path.toString()));
    root.set("summary", summary(answer.measurement()));
    facts.forEach((name, value) -> root.set(name, Json.MAPPER.valueToTree(value)));
    ArrayNode passes = root.putArray("passes");
    answer.passes().forEach(pass -> pass(passes.addObject(), pass));
    ArrayNode warnings = root.putArray("warnings");
    answer.warnings().forEach(warnings::add);
    ArrayNode unknown = root.putArray("unknown_phrases");
    answer.unknownPhrases().forEach(unknown::add);
    return root;
  }

  private static void pass(ObjectNode node, Answer.Pass pass) {
    node.put("seed", pass.seed());
    node.put("prompt", pass.drawing().instruction().text());
    node.put("mirrored", pass.mirrored());
    node.put("width", pass.drawing().image().width());
    node.put("height", pass.drawing().image().height());
    node.put("drawn_ms", pass.drawn().toMillis());
    node.put("read_ms", pass.read().toMillis());
    Registration registration = pass.registration();
    ObjectNode place = node.putObject("registration");
    place.put("verdict", registration.verdict().name().toLowerCase(Locale.ROOT));
    place.put("moved_px", rounded(registration.movedPixels()));
    number(place, "residual_px", registration.residualPixels());
    number(place, "agreement", registration.agreement());
  }

  /** The measurement in numbers. */
  static JsonNode summary(Object measurement) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    switch (measurement) {
      case DepthMap depth -> {
        node.put("unit", "metre").put("depth", "planar z");
        number(node, "nearest", depth.quantile(0));
        number(node, "median", depth.quantile(0.5));
        number(node, "farthest", depth.quantile(1));
        node.put("finite_share", rounded(depth.finiteShare()));
        node.put("confidence", rounded(depth.meanConfidence()));
      }
      case RelativeDepth depth ->
          node.put("unit", "none")
              .put("depth", "relative inverse, 1 nearest")
              .put("confidence", rounded(depth.meanConfidence()));
      case NormalMap normals ->
          node.put("frame", "camera, x right, y up, z to the viewer")
              .put("confidence", rounded(normals.meanConfidence()));
      case LabelMap map -> {
        ObjectNode shares = node.putObject("share");
        for (int i = 0; i < map.classes().size(); i++) {
          shares.put(map.classes().get(i), rounded(map.share(i)));
        }
        node.put("background_share", rounded(map.share(LabelMap.BACKGROUND)));
        node.put("unassigned_share", rounded(map.share(LabelMap.UNASSIGNED)));
        node.put("confidence", rounded(map.meanConfidence()));
      }
      case InstanceList instances -> {
        node.put("phrase", instances.phrase()).put("count", instances.size());
        node.put("confidence", rounded(instances.score()));
        ArrayNode list = node.putArray("instances");
        for (Instance instance : instances) {
          mask(list.addObject(), instance.mask());
        }
      }
      case Mask mask -> mask(node.put("phrase", mask.phrase()), mask);
      case EdgeMap edges -> {
        int lines = 0;
        for (float p : edges.thin()) {
          lines += p >= 0.5f ? 1 : 0;
        }
        node.put("edge_pixels", lines);
      }
      case List<?> list -> {
        ArrayNode masks = node.putArray("masks");
        list.forEach(item -> masks.add(summary(item)));
      }
      default -> node.put("text", measurement.toString());
    }
    return node;
  }

  private static void mask(ObjectNode node, Mask mask) {
    Mask.Box box = mask.box();
    node.put("present", !mask.isEmpty());
    node.put("area_px", mask.area());
    node.put("confidence", rounded(mask.score()));
    node.putArray("box").add(box.x()).add(box.y()).add(box.width()).add(box.height());
  }

  /** JSON has no NaN: what is not a number is null. */
  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, rounded(value));
    } else {
      node.putNull(name);
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
