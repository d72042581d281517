package dev.plantain.eval.set;

import dev.plantain.core.Image;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.formats.Images;
import dev.plantain.formats.InputException;
import dev.plantain.formats.Npy;
import dev.plantain.formats.NpyArray;
import dev.plantain.formats.PngSamples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Depth benchmarks in their official layouts, with the caps and crops of UniK3D and UniDepth. */
public final class DepthSets {
  private static final double IBIMS_CAP = 25;
  private static final double IBIMS_METRES = 50.0 / 65535;
  private static final double ETH3D_CAP = 50;

  /** ETH3D's pictures have 24 megapixels; every third row and column is taken. */
  private static final int ETH3D_STRIDE = 3;

  private static final double DIODE_CAP = 25;
  private static final double KITTI_CAP = 80;
  private static final double KITTI_METRES = 1.0 / 256;

  /** No place of a benchmark is as near or as far; what says so was written in another way. */
  private static final float NEAREST_METRES = 1e-6f;

  private static final float FARTHEST_METRES = 100_000;

  private DepthSets() {}

  /**
   * iBims-1: {@code rgb, depth, mask_invalid, mask_transp} of {@code ibims1_core_raw}; depth 16
   * bits · 50 / 65535 m; both masks apply; no crop.
   *
   * @throws IOException if files are missing
   */
  public static EvalSet ibims(Path folder) throws IOException {
    Path root =
        Files.isDirectory(folder.resolve("rgb")) ? folder : folder.resolve("ibims1_core_raw");
    List<Path> photos = Folders.files(root.resolve("rgb"), ".png");
    for (Path photo : photos) {
      for (String part : List.of("depth", "mask_invalid", "mask_transp")) {
        Folders.required(root.resolve(part).resolve(Folders.name(photo)));
      }
    }
    return new ListedSet<>(
        "ibims-1, 25 m, both masks",
        photos,
        photo -> {
          String name = Folders.name(photo);
          Path truth = root.resolve("depth").resolve(name);
          PngSamples depth = PngSamples.read(truth, 1, 16);
          float[] metres = metres(truth, depth, IBIMS_METRES);
          for (String part : List.of("mask_invalid", "mask_transp")) {
            Path file = root.resolve(part).resolve(name);
            PngSamples mask = PngSamples.read(file);
            if (mask.width() != depth.width()
                || mask.height() != depth.height()
                || mask.bands() != 1) {
              throw new InputException.Damaged(
                  "%s is %d x %d of %d channels, its depth %d x %d of one"
                      .formatted(
                          file,
                          mask.width(),
                          mask.height(),
                          mask.bands(),
                          depth.width(),
                          depth.height()));
            }
            for (int i = 0; i < metres.length; i++) {
              metres[i] = mask.values()[i] == 0 ? Float.NaN : metres[i];
            }
          }
          Image image = Images.read(photo).image();
          ListedSet.requireSize(photo, depth.width(), depth.height(), image);
          return sample(name, image, metres, IBIMS_CAP);
        });
  }

  /**
   * ETH3D's high-resolution training views: {@code SCENE/images/dslr_images/*.JPG} and raw
   * little-endian float32 of the same names in {@code SCENE/ground_truth_depth/dslr_images};
   * infinite where unknown.
   *
   * @throws IOException if files are missing
   */
  public static EvalSet eth3d(Path folder) throws IOException {
    List<Path> truths =
        Folders.below(folder, ".JPG").stream()
            .filter(f -> f.toString().contains("ground_truth_depth"))
            .toList();
    if (truths.isEmpty()) {
      throw new InputException(folder + " holds no SCENE/ground_truth_depth/dslr_images/*.JPG");
    }
    List<Path[]> items = new ArrayList<>();
    for (Path truth : truths) {
      Path scene = Folders.above(truth, 3);
      Path photo = scene.resolve("images/dslr_images").resolve(Folders.name(truth));
      items.add(new Path[] {Folders.required(photo), truth});
    }
    return new ListedSet<>(
        "eth3d, 50 m, distorted views, every third pixel", items, i -> eth3d(folder, i[0], i[1]));
  }

  private static Sample eth3d(Path folder, Path photo, Path truth) throws IOException {
    Image full = Images.read(photo).image();
    long bytes = Files.size(truth);
    if (bytes != 4L * full.width() * full.height()) {
      throw new InputException.Damaged(
          "%s has %d bytes; a float32 map of its photo, %d x %d, has %d"
              .formatted(
                  truth, bytes, full.width(), full.height(), 4L * full.width() * full.height()));
    }
    ByteBuffer depth = ByteBuffer.wrap(Files.readAllBytes(truth)).order(ByteOrder.LITTLE_ENDIAN);
    int width = Math.max(1, full.width() / ETH3D_STRIDE);
    int height = Math.max(1, full.height() / ETH3D_STRIDE);
    float[] metres = new float[width * height];
    int middle = Math.min(ETH3D_STRIDE / 2, Math.min(full.width(), full.height()) - 1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = (y * ETH3D_STRIDE + middle) * full.width() + x * ETH3D_STRIDE + middle;
        metres[y * width + x] = depth.getFloat(4 * at);
      }
    }
    requireDepth(truth, metres);
    requireKnown(truth, metres);
    return sample(
        folder.relativize(photo).toString(), full.resized(width, height), metres, ETH3D_CAP);
  }

  /**
   * DIODE indoor: {@code indoors/scene_*}{@code /scan_*}{@code /*.png} with {@code *_depth.npy} in
   * metres and {@code *_depth_mask.npy}, which applies.
   *
   * @throws IOException if files are missing
   */
  public static EvalSet diode(Path folder) throws IOException {
    List<Path> photos = diodePhotos(folder);
    for (Path photo : photos) {
      Folders.required(Folders.beside(photo, ".png", "_depth.npy"));
      Folders.required(Folders.beside(photo, ".png", "_depth_mask.npy"));
    }
    return new ListedSet<>(
        "diode val indoor, 25 m",
        photos,
        photo -> {
          Image image = Images.read(photo).image();
          float[] metres = diodeMap(photo, "_depth.npy", image, 1);
          float[] mask = diodeMap(photo, "_depth_mask.npy", image, 1);
          for (int i = 0; i < metres.length; i++) {
            metres[i] = mask[i] > 0 ? metres[i] : Float.NaN;
          }
          requireDepth(Folders.beside(photo, ".png", "_depth.npy"), metres);
          return sample(Folders.name(photo), image, metres, DIODE_CAP);
        });
  }

  static List<Path> diodePhotos(Path folder) throws IOException {
    Path root =
        Folders.first(
            folder.resolve("indoors"),
            folder.resolve("val/indoors"),
            folder.resolve("diode/val/indoors"));
    return Folders.below(root, ".png");
  }

  static float[] diodeMap(Path photo, String ending, Image image, int each) throws IOException {
    Path file = Folders.beside(photo, ".png", ending);
    NpyArray array = Npy.read(file);
    int[] shape = array.shape();
    boolean channels = shape.length == 3 ? shape[2] == each : shape.length == 2 && each == 1;
    if (!channels || shape[0] != image.height() || shape[1] != image.width()) {
      throw new InputException.Damaged(
          "%s is of %s, its photo %d x %d; rows, columns%s are expected"
              .formatted(
                  file,
                  Arrays.toString(shape),
                  image.width(),
                  image.height(),
                  each == 1 ? "" : " and %d channels".formatted(each)));
    }
    return array.toFloats();
  }

  /**
   * KITTI, Eigen's test split: a list {@code eigen_test_files.txt} whose lines begin with {@code
   * DATE/DRIVE/image_02/data/NUMBER.png}, those pictures, and {@code
   * DRIVE/proj_depth/groundtruth/image_02/NUMBER.png} (16 bits / 256 m) directly or in {@code val}
   * or {@code train}. Of 697 pictures 652 have truth; Garg's crop.
   *
   * @throws IOException if files are missing
   */
  public static EvalSet kitti(Path folder) throws IOException {
    Path list =
        Folders.first(
            folder.resolve("eigen_test_files.txt"),
            folder.resolve("eigen_test_files_with_gt.txt"),
            folder.resolve("kitti_eigen_test.txt"));
    List<Path[]> items = new ArrayList<>();
    Set<Path> names = new HashSet<>();
    for (String line : Files.readAllLines(list)) {
      if (line.isBlank()) {
        continue;
      }
      Path name = Path.of(line.strip().split("\\s+")[0]);
      if (name.getNameCount() != 5
          || line.contains("..")
          || !name.getName(2).toString().startsWith("image_0")) {
        throw new InputException.Damaged(
            "%s has the line \"%s\"; lines begin with DATE/DRIVE/image_02/data/NUMBER.png"
                .formatted(list, line));
      }
      if (!names.add(name)) {
        throw new InputException.Damaged("%s lists %s twice".formatted(list, name));
      }
      Path truth =
          Path.of(name.getName(1).toString(), "proj_depth", "groundtruth")
              .resolve(name.getName(2))
              .resolve(name.getName(4));
      for (String place : List.of("", "val", "train", "gts")) {
        Path file = folder.resolve(place).resolve(truth);
        if (Files.exists(file)) {
          items.add(
              new Path[] {
                Folders.first(folder.resolve(name), folder.resolve("raw").resolve(name)), file
              });
          break;
        }
      }
    }
    if (items.isEmpty()) {
      throw new InputException("%s: none of the pictures of %s has depth".formatted(folder, list));
    }
    return new ListedSet<>("kitti Eigen test, 80 m, Garg's crop", items, i -> kitti(i[0], i[1]));
  }

  private static Sample kitti(Path photo, Path truth) throws IOException {
    PngSamples depth = PngSamples.read(truth, 1, 16);
    float[] metres = metres(truth, depth, KITTI_METRES);
    Image image = Images.read(photo).image();
    ListedSet.requireSize(truth, depth.width(), depth.height(), image);
    DepthCrop.garg(image.width(), image.height()).apply(metres, image.width(), image.height());
    Path drive = Folders.above(photo, 3);
    return sample(Folders.name(drive) + "/" + Folders.name(photo), image, metres, KITTI_CAP);
  }

  private static float[] metres(Path file, PngSamples depth, double unit) throws InputException {
    float[] metres = new float[depth.values().length];
    for (int i = 0; i < metres.length; i++) {
      metres[i] = (float) (depth.values()[i] * unit);
    }
    requireKnown(file, metres);
    return metres;
  }

  /**
   * @param metres 0, NaN or infinite where unknown
   * @throws InputException if it cannot be a map of depths
   */
  private static void requireDepth(Path file, float[] metres) throws InputException {
    for (float m : metres) {
      boolean plausible = m == 0 || (m >= NEAREST_METRES && m <= FARTHEST_METRES);
      if (!plausible && !Float.isNaN(m) && m != Float.POSITIVE_INFINITY) {
        throw new InputException.Damaged(
            "%s holds a depth of %s m; is it damaged, or of another byte order or unit?"
                .formatted(file, m));
      }
    }
  }

  private static void requireKnown(Path file, float[] metres) throws InputException {
    for (float m : metres) {
      if (m > 0 && m < Float.POSITIVE_INFINITY) {
        return;
      }
    }
    throw new InputException.Damaged(
        file + " knows the depth of no pixel; fetch it again, or leave the picture out");
  }

  private static Sample sample(String id, Image image, float[] metres, double cap) {
    return new Sample(id, image, List.of(new Truth.DepthTruth(metres, cap)));
  }
}
