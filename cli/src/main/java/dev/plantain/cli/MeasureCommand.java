package dev.plantain.cli;

import dev.plantain.cli.PixelOption.Pixel;
import dev.plantain.core.Answer;
import dev.plantain.core.Depth;
import dev.plantain.core.Vision;
import dev.plantain.core.measure.Camera;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.formats.Photo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plantain measure}. */
@Command(
    name = "measure",
    header = "How far single pixels are, where they lie, and how far apart.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain measure photo.jpg --at 320,240 --at 400,240 --fov-x 70")
final class MeasureCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "PHOTO",
      description = "A picture, or a folder of pictures.")
  private Path photo = Path.of("");

  @Option(
      names = "--at",
      required = true,
      paramLabel = "X,Y",
      converter = PixelOption.PixelConverter.class,
      description = "Column and row, 0,0 at the top left; may be repeated.")
  private List<Pixel> pixels = List.of();

  @Mixin private ScaleOption scale = new ScaleOption();
  @Mixin private CameraOptions camera = new CameraOptions();
  @Mixin private AskOptions asking = new AskOptions();

  @Option(names = "--json", description = "Print one JSON object per input instead of text.")
  private boolean json;

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  MeasureCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    asking.validate();
    camera.validate();
    Inputs inputs = Inputs.of(photo);
    scale.validate(inputs);
    asking.announce(console, inputs.photos().size(), 1);
    return new PhotoRun(console, json, "measure")
        .over(inputs, asking::open, vision -> {}, this::measure);
  }

  private PhotoRun.Told measure(Inputs.Input input, Photo p, Vision vision) {
    for (Pixel at : pixels) {
      at.requireInside("--at", input.fileName(), p.image().width(), p.image().height());
    }
    Answer<DepthMap> answer = vision.answer(p.image(), Depth.metric());
    ScaleOption.Scaled scaled = scale.of(answer.orThrow(), input.fileName());
    Answer.Seen<DepthMap> seen = (Answer.Seen<DepthMap>) answer;
    CameraOptions.Known known = camera.of(p);
    List<String> lines = new ArrayList<>();
    List<Map<String, Object>> points = new ArrayList<>();
    List<Map<String, Object>> distances = new ArrayList<>();
    double[] before = {};
    float[] confidence = scaled.depth().confidence();
    for (Pixel at : pixels) {
      double z = scaled.depth().metres(at.x(), at.y());
      double sure = confidence[at.y() * scaled.depth().width() + at.x()];
      double[] xyz = position(known.camera(), at, z);
      Map<String, Object> point = new LinkedHashMap<>();
      point.put("x", at.x());
      point.put("y", at.y());
      point.put("metres", Double.isFinite(z) ? z : null);
      point.put("sky", Double.isInfinite(z));
      point.put("confidence", sure);
      point.put("xyz", xyz.length == 0 ? null : xyz);
      points.add(point);
      lines.add("%d,%d: %s".formatted(at.x(), at.y(), words(z, sure, xyz)));
      if (xyz.length > 0 && before.length > 0) {
        double apart =
            Math.hypot(Math.hypot(xyz[0] - before[0], xyz[1] - before[1]), xyz[2] - before[2]);
        distances.add(Map.of("from", points.size() - 2, "to", points.size() - 1, "metres", apart));
        lines.add("  %s from the point before".formatted(Describe.metres(apart)));
      }
      before = xyz;
    }
    if (!scaled.line().isEmpty()) {
      lines.add(scaled.line());
    }
    lines.add(known.line(p.image().width()));
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("unit", "metre");
    summary.put("axes", "x right, y down, z forward");
    summary.put("points", points);
    summary.put("distances", distances);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("input", input.file().toString());
    object.put("task", "measure");
    object.put("generator", seen.generator());
    object.put("seed", seen.passes().getFirst().seed());
    object.put("prompt", seen.drawing().instruction().text());
    object.put("files", Map.of());
    object.put("summary", summary);
    object.put("camera", known.facts());
    object.put("scale_factor", scaled.factor());
    object.put("warnings", seen.warnings());
    return new PhotoRun.Told(lines, seen.warnings(), JsonText.line(object), ExitCode.OK);
  }

  /** Metres in the camera's axes; empty if there is no distance. */
  private static double[] position(Camera camera, Pixel at, double z) {
    return Double.isFinite(z) && z > 0
        ? new double[] {
          z * (at.x() + 0.5 - camera.cx()) / camera.fx(),
          z * (at.y() + 0.5 - camera.cy()) / camera.fy(),
          z
        }
        : new double[0];
  }

  private static String words(double z, double sure, double[] xyz) {
    if (Double.isNaN(z)) {
      return "no distance can be read there";
    }
    if (xyz.length == 0) {
      return Double.isInfinite(z) ? "sky, or farther than can be read" : "at the camera itself";
    }
    return String.format(
        Locale.ROOT,
        "%s (confidence %.0f %%); %.2f m right, %.2f m down",
        Describe.metres(z),
        100 * sure,
        xyz[0],
        xyz[1]);
  }
}
