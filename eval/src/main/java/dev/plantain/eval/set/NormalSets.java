package dev.plantain.eval.set;

import dev.plantain.core.Image;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import dev.plantain.formats.PngSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Benchmarks of surface normals. */
public final class NormalSets {

  /** DSINE's evaluation sets: where they are in {@code dsine_eval}, and how photos end. */
  public enum Dsine {
    NYU("nyuv2/test", "_img.png"),
    SCANNET("scannet", "_img.png"),
    VKITTI("vkitti", "_img.jpg");

    private final String folder;
    private final String ending;

    Dsine(String folder, String ending) {
      this.folder = folder;
      this.ending = ending;
    }
  }

  private NormalSets() {}

  /**
   * A set as DSINE distributes it: {@code NAME_img} and {@code NAME_normal.png} of 8 or 16 bits,
   * {@code n = 2v/max − 1} with x right, y down, z forward and normals pointing away; unknown where
   * all channels are 0. In our frame those are x mirrored, y and z as they are.
   *
   * @throws IOException if files are missing
   */
  public static EvalSet dsine(Path folder, Dsine which) throws IOException {
    Path root =
        Folders.first(
            folder.resolve(which.folder), folder.resolve("dsine_eval").resolve(which.folder));
    List<Path> photos = Folders.below(root, which.ending);
    for (Path photo : photos) {
      Folders.required(Folders.beside(photo, which.ending, "_normal.png"));
    }
    return new ListedSet<>(
        "normals " + which.folder,
        photos,
        photo -> {
          Path truth = Folders.beside(photo, which.ending, "_normal.png");
          PngSamples png = PngSamples.read(truth);
          if (png.bands() != 3) {
            throw new InputException.NotAnImage(
                "%s has %d channels, a map of normals three channels"
                    .formatted(truth, png.bands()));
          }
          Image image = Images.read(photo).image();
          ListedSet.requireSize(truth, png.width(), png.height(), image);
          float[] xyz = normals(png);
          if (requireNormals(truth, xyz) == 0) {
            throw new InputException.Damaged(
                truth + " knows the normal of no pixel; fetch it again, or leave the picture out");
          }
          return sample(root.relativize(photo).toString(), image, xyz);
        });
  }

  private static float[] normals(PngSamples png) {
    float most = (1 << png.bits()) - 1;
    int[] v = png.values();
    float[] xyz = new float[v.length];
    for (int i = 0; i < v.length; i += 3) {
      if (v[i] + v[i + 1] + v[i + 2] == 0) {
        xyz[i] = xyz[i + 1] = xyz[i + 2] = Float.NaN;
      } else {
        xyz[i] = 1 - 2 * v[i] / most;
        xyz[i + 1] = 2 * v[i + 1] / most - 1;
        xyz[i + 2] = 2 * v[i + 2] / most - 1;
      }
    }
    return xyz;
  }

  /**
   * @param xyz 0 or NaN where unknown
   * @return how many are known
   * @throws InputException if most of them are far from unit length
   */
  private static int requireNormals(Path file, float[] xyz) throws InputException {
    int known = 0;
    int odd = 0;
    for (int i = 0; i < xyz.length; i += 3) {
      double square =
          (double) xyz[i] * xyz[i]
              + (double) xyz[i + 1] * xyz[i + 1]
              + (double) xyz[i + 2] * xyz[i + 2];
      if (square > 0) {
        known++;
        odd += square < 0.25 || square > 4 ? 1 : 0;
      }
    }
    if (2 * odd > known) {
      throw new InputException.Damaged(
          "%s holds vectors that are not of length 1, %d of %d; is it a map of normals?"
              .formatted(file, odd, known));
    }
    return known;
  }

  /**
   * DIODE indoor: {@code *_normal.npy}, height × width × 3, x right, y up, z to the viewer; unknown
   * where 0.
   *
   * @throws IOException if files are missing
   */
  public static EvalSet diode(Path folder) throws IOException {
    List<Path> with = new ArrayList<>();
    for (Path photo : DepthSets.diodePhotos(folder)) {
      if (Files.exists(Folders.beside(photo, ".png", "_normal.npy"))) {
        with.add(photo);
      }
    }
    if (with.isEmpty()) {
      throw new InputException(folder + " holds no *_normal.npy; they are a download of their own");
    }
    return new ListedSet<>(
        "normals diode val indoor",
        with,
        photo -> {
          Image image = Images.read(photo).image();
          float[] xyz = DepthSets.diodeMap(photo, "_normal.npy", image, 3);
          requireNormals(Folders.beside(photo, ".png", "_normal.npy"), xyz);
          return sample(Folders.name(photo), image, xyz);
        });
  }

  private static Sample sample(String id, Image image, float[] xyz) {
    return new Sample(id, image, List.of(new Truth.NormalTruth(xyz)));
  }
}
