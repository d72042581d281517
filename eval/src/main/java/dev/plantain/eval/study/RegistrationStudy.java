package dev.plantain.eval.study;

import dev.plantain.codec.DepthCodec;
import dev.plantain.core.Image;
import dev.plantain.core.Placement;
import dev.plantain.core.Registration;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.eval.set.DepthFolderSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Whether a depth drawing is told to be of its photo: every drawing against its own photo, moved by
 * up to 5 % and scaled by up to 5 %, and against all other photos.
 *
 * <p>{@code tools/run dev.plantain.eval.study.RegistrationStudy [FOLDER …] [--diorama VIEWS]
 * [--own]}, folders of NYUv2, KITTI and {@code .npy} depth as {@link DepthFolderSet} reads them.
 * Depth that is not known is filled from the nearest that is: a sensor's holes are no lines. {@code
 * --own} leaves the other photos out.
 *
 * <p>Moved drawings are also counted for those scenes alone whose drawing lies on its photo when it
 * is not moved: {@link Registration.Verdict#ALIGNED} says that photo and drawing have lines in
 * common. It does not for lidar, or for buildings from afar.
 */
public final class RegistrationStudy {
  private static final int MOVES = 4;
  private static final double MOST = 0.05;

  private record Scene(String name, Image photo, Image drawing) {}

  private RegistrationStudy() {}

  public static void main(String[] args) throws IOException {
    List<Scene> scenes = new ArrayList<>();
    boolean asked = true;
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--own")) {
        asked = false;
      } else if (args[i].equals("--diorama")) {
        TestViews.first(Integer.parseInt(args[++i]))
            .map(v -> scene(v.id(), v.photo(), v.depthMetres()))
            .forEach(scenes::add);
      } else {
        scenes.addAll(folder(Path.of(args[i])));
      }
    }
    System.out.println(
        "| drawing | on its photo | agreement | corner error when moved, px | on other photos"
            + " | highest agreement there |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    Map<Registration.Verdict, Integer> own = new EnumMap<>(Registration.Verdict.class);
    Map<Registration.Verdict, Integer> moved = new EnumMap<>(Registration.Verdict.class);
    Map<Registration.Verdict, Integer> others = new EnumMap<>(Registration.Verdict.class);
    int within = 0;
    int lying = 0;
    int withinLying = 0;
    for (Scene scene : scenes) {
      Registration here = Registration.find(scene.photo, scene.drawing);
      own.merge(here.verdict(), 1, Integer::sum);
      double[] errors = errors(scene, moved);
      int found = (int) Arrays.stream(errors).filter(e -> e <= 1).count();
      within += found;
      if (here.verdict() == Registration.Verdict.ALIGNED) {
        lying++;
        withinLying += found;
      }
      Map<Registration.Verdict, Integer> swapped = new EnumMap<>(Registration.Verdict.class);
      double most = 0;
      for (Scene other : scenes) {
        if (asked && !other.equals(scene)) {
          Image photo = other.photo.resized(scene.drawing.width(), scene.drawing.height());
          Registration there = Registration.find(photo, scene.drawing);
          swapped.merge(there.verdict(), 1, Integer::sum);
          // Math.max would make NaN of it for good.
          most = there.agreement() > most ? there.agreement() : most;
        }
      }
      swapped.forEach((verdict, n) -> others.merge(verdict, n, Integer::sum));
      System.out.printf(
          "| %s | %s | %.2f | %s | %s | %.2f |%n",
          scene.name, here.verdict(), here.agreement(), text(errors), swapped, most);
    }
    System.out.printf("own photo: %s%n", own);
    System.out.printf(
        "own photo, moved: %s, %d of %d within 1 px%n", moved, within, MOVES * scenes.size());
    System.out.printf(
        "of those that lie on their photo unmoved: %d of %d within 1 px%n",
        withinLying, MOVES * lying);
    System.out.printf("other photos: %s%n", others);
  }

  private static String text(double[] errors) {
    StringBuilder text = new StringBuilder();
    for (double error : errors) {
      text.append(Double.isNaN(error) ? "not aligned " : "%.1f ".formatted(error));
    }
    return text.toString().strip();
  }

  /** How far the corner that is worst off is from where it should be; NaN where not accepted. */
  private static double[] errors(Scene scene, Map<Registration.Verdict, Integer> verdicts) {
    SplittableRandom random = new SplittableRandom(scene.name.hashCode());
    double[] errors = new double[MOVES];
    int w = scene.drawing.width();
    int h = scene.drawing.height();
    for (int k = 0; k < MOVES; k++) {
      double zoom = 1 + random.nextDouble(-MOST, MOST);
      Placement truth =
          new Placement(
              zoom,
              zoom,
              w * (random.nextDouble(-MOST, MOST) + (1 - zoom) / 2),
              h * (random.nextDouble(-MOST, MOST) + (1 - zoom) / 2));
      Registration found = Registration.find(scene.photo, move(scene.drawing, truth));
      verdicts.merge(found.verdict(), 1, Integer::sum);
      if (found.verdict() != Registration.Verdict.ALIGNED) {
        errors[k] = Double.NaN;
        continue;
      }
      for (double x : new double[] {0, w}) {
        for (double y : new double[] {0, h}) {
          double error =
              Math.hypot(
                  found.correction().drawingX(x) - truth.drawingX(x),
                  found.correction().drawingY(y) - truth.drawingY(y));
          errors[k] = Math.max(errors[k], error);
        }
      }
    }
    return errors;
  }

  /** The drawing elsewhere, nearest pixel; its rim repeats. */
  private static Image move(Image drawing, Placement placement) {
    int w = drawing.width();
    int h = drawing.height();
    byte[] from = drawing.rgb8();
    byte[] rgb8 = new byte[from.length];
    for (int y = 0, i = 0; y < h; y++) {
      int v = (int) Math.clamp(Math.floor(placement.photoY(y + 0.5)), 0, h - 1);
      for (int x = 0; x < w; x++, i += 3) {
        int u = (int) Math.clamp(Math.floor(placement.photoX(x + 0.5)), 0, w - 1);
        System.arraycopy(from, 3 * (v * w + u), rgb8, i, 3);
      }
    }
    return Image.of(w, h, rgb8);
  }

  private static List<Scene> folder(Path folder) throws IOException {
    List<Scene> scenes = new ArrayList<>();
    for (DepthFolderSet.Kind kind : DepthFolderSet.Kind.values()) {
      EvalSet set;
      try {
        set = new DepthFolderSet(folder, kind);
      } catch (IOException e) {
        // A folder holds one or two of the kinds.
        continue;
      }
      try (Stream<Sample> samples = set.samples()) {
        samples.forEach(
            sample -> {
              Truth.DepthTruth depth = (Truth.DepthTruth) sample.truths().getFirst();
              scenes.add(scene(sample.id(), sample.photo(), depth.metres()));
            });
      }
    }
    if (scenes.isEmpty()) {
      throw new IOException("%s holds no photos with depth".formatted(folder));
    }
    return scenes;
  }

  private static Scene scene(String name, Image photo, float[] metres) {
    byte[] rgb8 = new byte[3 * metres.length];
    DepthCodec.paper().encode(filled(metres, photo.width(), photo.height()), rgb8);
    return new Scene(name, photo, Image.of(photo.width(), photo.height(), rgb8));
  }

  /** Breadth first from what is known. */
  private static float[] filled(float[] metres, int width, int height) {
    float[] all = metres.clone();
    int[] queue = new int[all.length];
    int end = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] > 0) {
        queue[end++] = i;
      } else {
        all[i] = Float.NaN;
      }
    }
    for (int at = 0; at < end; at++) {
      int x = queue[at] % width;
      int y = queue[at] / width;
      for (int ny = Math.max(y - 1, 0); ny <= Math.min(y + 1, height - 1); ny++) {
        for (int nx = Math.max(x - 1, 0); nx <= Math.min(x + 1, width - 1); nx++) {
          int there = ny * width + nx;
          if (Float.isNaN(all[there])) {
            all[there] = all[queue[at]];
            queue[end++] = there;
          }
        }
      }
    }
    return all;
  }
}
