package dev.plantain.cli;

import dev.plantain.core.Answer;
import dev.plantain.core.Image;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.core.measure.RelativeDepth;
import dev.plantain.formats.DepthPicture;
import dev.plantain.formats.DepthPng;
import dev.plantain.formats.MaskPng;
import dev.plantain.formats.NormalFrame;
import dev.plantain.formats.NormalPng;
import dev.plantain.formats.Npy;
import dev.plantain.formats.OutputException;
import dev.plantain.formats.Overlays;
import dev.plantain.formats.Png;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes what every task leaves behind: the drawing, the measurement, pictures to look at.
 *
 * @param scale of the 16-bit depth picture
 * @param tooFar what becomes of distances it cannot hold
 * @param frame axes of normals
 */
record ResultFiles(DepthPng.Scale scale, DepthPng.OutOfRange tooFar, NormalFrame frame) {
  static final ResultFiles DEFAULT =
      new ResultFiles(DepthPng.Scale.KITTI, DepthPng.OutOfRange.INVALID, NormalFrame.OPENGL);

  /**
   * Writes an answer's files.
   *
   * @param folder made if missing
   * @param byRole gets the files, each before it is written
   */
  void write(Path folder, Image photo, Answer.Seen<?> answer, Map<String, Path> byRole)
      throws OutputException {
    Files files = new Files(folder, byRole);
    int number = 0;
    for (Answer.Pass pass : answer.passes()) {
      number++;
      String name = number == 1 ? "drawing" : "drawing-" + number;
      Png.write(files.at(name, name + ".png"), pass.drawing().image());
    }
    measurement(files, answer.measurement());
    Image overlay = overlay(photo, answer.measurement());
    Png.write(files.at("overlay", "overlay.png"), overlay);
  }

  private void measurement(Files files, Object measurement) throws OutputException {
    switch (measurement) {
      case DepthMap depth -> {
        Npy.write(files.at("depth-npy", "depth.npy"), depth);
        DepthPng.write(files.at("depth-png", "depth.png"), depth, scale, tooFar);
        confidence(files, depth.width(), depth.height(), depth.confidence());
      }
      case RelativeDepth depth -> {
        Npy.write(
            files.at("nearness-npy", "nearness.npy"),
            depth.nearness(),
            depth.height(),
            depth.width());
        confidence(files, depth.width(), depth.height(), depth.confidence());
      }
      case NormalMap normals -> {
        Npy.write(
            files.at("normals-npy", "normals.npy"),
            frame.of(normals),
            normals.height(),
            normals.width(),
            3);
        NormalPng.write(files.at("normals-png", "normals.png"), normals, frame);
        confidence(files, normals.width(), normals.height(), normals.confidence());
      }
      case LabelMap map -> {
        MaskPng.write(files.at("labels-png", "labels.png"), map);
        confidence(files, map.width(), map.height(), map.confidence());
      }
      case InstanceList instances ->
          MaskPng.write(files.at("instances-png", "instances.png"), instances);
      case Mask mask -> MaskPng.write(files.at("mask-png", "mask.png"), mask);
      case List<?> masks -> {
        for (int i = 0; i < masks.size(); i++) {
          String name = "mask-" + (i + 1);
          MaskPng.write(files.at(name + "-png", name + ".png"), (Mask) masks.get(i));
        }
      }
      case EdgeMap edges -> {
        Npy.write(
            files.at("edges-npy", "edges.npy"), edges.probability(), edges.height(), edges.width());
        Png.write(files.at("edges-png", "edges.png"), grey(edges));
      }
      default -> throw new IllegalArgumentException("no measurement: " + measurement);
    }
  }

  private static void confidence(Files files, int width, int height, float[] confidence)
      throws OutputException {
    Png.write(
        files.at("confidence", "confidence.png"), Overlays.confidence(width, height, confidence));
  }

  /** A measurement to look at, on its photo where that makes sense. */
  @SuppressWarnings("unchecked")
  static Image overlay(Image photo, Object measurement) {
    return switch (measurement) {
      case DepthMap depth -> DepthPicture.of(depth);
      case RelativeDepth depth -> DepthPicture.of(depth);
      case NormalMap normals -> Overlays.normals(normals);
      case LabelMap map -> Overlays.labels(photo, map);
      case InstanceList instances -> Overlays.instances(photo, instances);
      case Mask mask -> Overlays.masks(photo, List.of(mask));
      case List<?> masks -> Overlays.masks(photo, (List<Mask>) masks);
      case EdgeMap edges -> Overlays.edges(photo, edges);
      default -> throw new IllegalArgumentException("no measurement: " + measurement);
    };
  }

  /** Thin lines, white on black. */
  private static Image grey(EdgeMap edges) {
    float[] thin = edges.thin();
    byte[] rgb8 = new byte[3 * thin.length];
    for (int i = 0; i < rgb8.length; i++) {
      rgb8[i] = (byte) Math.round(255 * thin[i / 3]);
    }
    return Image.of(edges.width(), edges.height(), rgb8);
  }

  /** Files written, by role, in order. */
  private record Files(Path folder, Map<String, Path> byRole) {

    Path at(String role, String name) {
      Path file = folder.resolve(name);
      byRole.put(role, file);
      return file;
    }
  }
}
