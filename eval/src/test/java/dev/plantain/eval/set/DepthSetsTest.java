package dev.plantain.eval.set;

import static dev.plantain.eval.set.Mini.all;
import static dev.plantain.eval.set.Mini.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.formats.Npy;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Struct;

/** Miniatures of the depth, normals and edge benchmarks, and how they are refused when broken. */
@ExtendWith(TenWays.class)
class DepthSetsTest {
  private static final int W = 8;
  private static final int H = 6;

  @TempDir Path dir = Path.of("");

  private static float[] metres(Sample sample) {
    return ((Truth.DepthTruth) sample.truths().getFirst()).metres();
  }

  private static float[] filled(int n, float value) {
    float[] all = new float[n];
    Arrays.fill(all, value);
    return all;
  }

  // iBims-1

  private void ibims() throws IOException {
    Path root = dir.resolve("ibims1_core_raw");
    Mini.photo(root.resolve("rgb/a.png"), W, H);
    int[] depth = Mini.repeat(6554, W * H);
    depth[2] = 0;
    Mini.png(root.resolve("depth/a.png"), W, H, 1, 16, depth);
    int[] mask = Mini.repeat(255, W * H);
    mask[1] = 0;
    Mini.png(root.resolve("mask_invalid/a.png"), W, H, 1, 8, mask);
    Mini.png(root.resolve("mask_transp/a.png"), W, H, 1, 8, Mini.repeat(1, W * H));
  }

  @Test
  void ibimsIsRead() throws IOException {
    ibims();
    float[] metres = metres(all(() -> DepthSets.ibims(dir)).getFirst());
    assertThat(metres[0]).isCloseTo(5.0004f, within(1e-3f));
    assertThat(metres[1]).isNaN();
    assertThat(metres[2]).isZero();
  }

  @Test
  void brokenIbimsIsRefused() throws IOException {
    Mini.Opening opening = () -> DepthSets.ibims(dir);
    refused(opening, "not a folder");
    ibims();
    Path root = dir.resolve("ibims1_core_raw");
    Mini.png(root.resolve("depth/a.png"), W, H, 1, 8, Mini.repeat(1, W * H));
    refused(opening, "8 bits");
    Mini.png(root.resolve("depth/a.png"), W, H, 3, 16, Mini.repeat(1, 3 * W * H));
    refused(opening, "3 channels");
    Mini.png(root.resolve("depth/a.png"), W, H + 1, 1, 16, Mini.repeat(1, W * (H + 1)));
    refused(opening, "mask_invalid", "8 x 6 of 1 channels, its depth 8 x 7");
    ibims();
    Mini.png(root.resolve("mask_invalid/a.png"), H, W, 1, 8, Mini.repeat(1, W * H));
    refused(opening, "mask_invalid", "6 x 8");
    ibims();
    Mini.png(root.resolve("mask_transp/a.png"), W, H, 3, 8, Mini.repeat(1, 3 * W * H));
    refused(opening, "mask_transp", "3 channels");
    ibims();
    Mini.png(root.resolve("depth/a.png"), W, H, 1, 16, Mini.repeat(0, W * H));
    refused(opening, "depth of no pixel");
    ibims();
    Mini.truncate(root.resolve("depth/a.png"));
    refused(opening, "depth", "truncated");
    ibims();
    Files.write(root.resolve("rgb/a.png"), new byte[0]);
    refused(opening, "rgb", "is empty");
    ibims();
    Mini.photo(root.resolve("rgb/a.png"), W + 1, H);
    refused(opening, "8 x 6", "9 x 6");
    ibims();
    Files.write(root.resolve("mask_transp/a.png"), new byte[] {1});
    refused(opening, "no PNG");
    for (String part : List.of("mask_transp", "mask_invalid", "depth")) {
      ibims();
      Files.delete(root.resolve(part).resolve("a.png"));
      refused(opening, "a.png is missing");
    }
  }

  // ETH3D

  private void eth3d(int bytes) throws IOException {
    Mini.photo(dir.resolve("pipes/images/dslr_images/D.JPG"), 9, 6);
    ByteBuffer depth = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; 4 * i + 3 < bytes; i++) {
      depth.putFloat(4 * i, i == 10 ? Float.POSITIVE_INFINITY : i);
    }
    Path file = dir.resolve("pipes/ground_truth_depth/dslr_images/D.JPG");
    Mini.parent(file);
    Files.write(file, depth.array());
  }

  @Test
  void eth3dIsReadWhateverItsNameSays() throws IOException {
    eth3d(4 * 54);
    Sample sample = all(() -> DepthSets.eth3d(dir)).getFirst();
    assertThat(sample.photo().width()).isEqualTo(3);
    // The middle of each block of 3 x 3.
    assertThat(metres(sample)).containsExactly(Float.POSITIVE_INFINITY, 13, 16, 37, 40, 43);
  }

  private static byte[] floats(int n, float value, ByteOrder order) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * n).order(order);
    while (bytes.hasRemaining()) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  @Test
  void brokenEth3dIsRefused() throws IOException {
    refused(() -> DepthSets.eth3d(dir), "holds no *.JPG");
    eth3d(4 * 53);
    refused(() -> DepthSets.eth3d(dir), "212 bytes", "216");
    eth3d(4 * 55);
    refused(() -> DepthSets.eth3d(dir), "220 bytes", "216");
    eth3d(0);
    refused(() -> DepthSets.eth3d(dir), "0 bytes", "216");
    eth3d(4 * 54);
    Path truth = dir.resolve("pipes/ground_truth_depth/dslr_images/D.JPG");
    byte[] good = Files.readAllBytes(truth);
    Files.write(truth, floats(54, -1, ByteOrder.LITTLE_ENDIAN));
    refused(() -> DepthSets.eth3d(dir), "D.JPG holds a depth of -1.0 m");
    Files.write(truth, floats(54, 2, ByteOrder.BIG_ENDIAN));
    refused(() -> DepthSets.eth3d(dir), "byte order");
    Files.write(truth, floats(54, 4.7f, ByteOrder.BIG_ENDIAN));
    refused(() -> DepthSets.eth3d(dir), "byte order");
    Files.write(truth, floats(54, Float.POSITIVE_INFINITY, ByteOrder.LITTLE_ENDIAN));
    refused(() -> DepthSets.eth3d(dir), "depth of no pixel");
    Files.write(truth, good);
    Mini.spoil(dir.resolve("pipes/images/dslr_images/D.JPG"));
    refused(() -> DepthSets.eth3d(dir), "images", "D.JPG");
    Files.write(dir.resolve("pipes/images/dslr_images/D.JPG"), new byte[0]);
    refused(() -> DepthSets.eth3d(dir), "D.JPG is empty");
    refused(() -> DepthSets.eth3d(dir.resolve("nowhere")), "not a folder");
    Files.write(dir.resolve("pipes/images/dslr_images/D.JPG"), new byte[] {1, 2});
    refused(() -> DepthSets.eth3d(dir), "no picture");
    Files.delete(dir.resolve("pipes/images/dslr_images/D.JPG"));
    refused(() -> DepthSets.eth3d(dir), "D.JPG is missing");
    Files.delete(dir.resolve("pipes/ground_truth_depth/dslr_images/D.JPG"));
    Mini.photo(dir.resolve("pipes/images/dslr_images/D.JPG"), 9, 6);
    refused(() -> DepthSets.eth3d(dir), "ground_truth_depth");
  }

  // DIODE

  private Path diode() throws IOException {
    Path photo = dir.resolve("indoors/scene_00019/scan_00183/00019_00183_indoors_000_010.png");
    Mini.photo(photo, W, H);
    float[] depth = filled(W * H, 3);
    Npy.write(Folders.beside(photo, ".png", "_depth.npy"), depth, H, W, 1);
    float[] mask = filled(W * H, 1);
    mask[4] = 0;
    Npy.write(Folders.beside(photo, ".png", "_depth_mask.npy"), mask, H, W);
    float[] normals = filled(3 * W * H, 0);
    normals[2] = 1;
    Npy.write(Folders.beside(photo, ".png", "_normal.npy"), normals, H, W, 3);
    return photo;
  }

  @Test
  void diodeIsRead() throws IOException {
    diode();
    float[] metres = metres(all(() -> DepthSets.diode(dir)).getFirst());
    assertThat(metres[0]).isEqualTo(3);
    assertThat(metres[4]).isNaN();
    Truth.NormalTruth normals =
        (Truth.NormalTruth) all(() -> NormalSets.diode(dir)).getFirst().truths().getFirst();
    assertThat(normals.xyz()).startsWith(0, 0, 1, 0, 0, 0);
  }

  @Test
  void brokenDiodeIsRefused() throws IOException {
    refused(() -> DepthSets.diode(dir), "indoors is missing");
    Path photo = diode();
    Npy.write(Folders.beside(photo, ".png", "_depth.npy"), filled(W, 3), W);
    refused(() -> DepthSets.diode(dir), "[8]", "8 x 6");
    diode();
    Npy.write(Folders.beside(photo, ".png", "_depth_mask.npy"), filled(W, 3), W);
    refused(() -> DepthSets.diode(dir), "_depth_mask.npy");
    Path depth = Folders.beside(photo, ".png", "_depth.npy");
    Mini.text(depth, "no");
    refused(() -> DepthSets.diode(dir), "no .npy");
    Files.delete(depth);
    refused(() -> DepthSets.diode(dir), "_depth.npy is missing");
    diode();
    Files.delete(Folders.beside(photo, ".png", "_depth_mask.npy"));
    refused(() -> DepthSets.diode(dir), "_depth_mask.npy is missing");
    diode();
    Npy.write(depth, filled(W * H, 3), W, H, 1);
    refused(() -> DepthSets.diode(dir), "_depth.npy is of [8, 6, 1]", "8 x 6");
    Npy.write(depth, filled(2 * W * H, 3), H, W, 2);
    refused(() -> DepthSets.diode(dir), "_depth.npy is of [6, 8, 2]");
    Npy.write(depth, filled(W * H, -3), H, W, 1);
    refused(() -> DepthSets.diode(dir), "depth of -3.0 m");
    Npy.write(depth, filled(W * H, 3e9f), H, W, 1);
    refused(() -> DepthSets.diode(dir), "depth of 3.0E9 m", "unit");
    diode();
    Mini.truncate(depth);
    refused(() -> DepthSets.diode(dir), "_depth.npy is truncated");
    diode();
    Mini.spoil(photo);
    refused(() -> DepthSets.diode(dir), "00019_00183_indoors_000_010.png");
    Files.delete(photo);
    refused(() -> DepthSets.diode(dir), "holds no *.png");
  }

  @Test
  void brokenNormalsOfDiodeAreRefused() throws IOException {
    Mini.Opening opening = () -> NormalSets.diode(dir);
    refused(opening, "indoors is missing");
    Path photo = diode();
    Path normals = Folders.beside(photo, ".png", "_normal.npy");
    Npy.write(normals, filled(W * H, 3), H, W);
    refused(opening, "_normal.npy is of [6, 8]", "3 channels");
    Npy.write(normals, filled(3 * W * H, 0.6f), 3, H, W);
    refused(opening, "_normal.npy is of [3, 6, 8]");
    Npy.write(normals, filled(3 * W * H, 0.6f), W, H, 3);
    refused(opening, "_normal.npy is of [8, 6, 3]");
    Npy.write(normals, filled(3 * W * H, 128), H, W, 3);
    refused(opening, "not of length 1, 48 of 48");
    diode();
    Mini.truncate(normals);
    refused(opening, "_normal.npy is truncated");
    Mini.text(normals, "no");
    refused(opening, "_normal.npy is no .npy");
    diode();
    Mini.photo(photo, W, H + 1);
    refused(opening, "its photo 8 x 7");
    Files.write(photo, new byte[0]);
    refused(opening, "is empty");
    Files.delete(normals);
    refused(opening, "no *_normal.npy");
  }

  // KITTI

  private Path kitti(int width, int height) throws IOException {
    Mini.text(
        dir.resolve("eigen_test_files.txt"),
        """
        2011_09_26/2011_09_26_drive_0002_sync/image_02/data/0000000069.png None 721
        2011_09_26/2011_09_26_drive_0002_sync/image_02/data/0000000070.png
        """);
    Mini.photo(
        dir.resolve("2011_09_26/2011_09_26_drive_0002_sync/image_02/data/0000000069.png"),
        width,
        height);
    Path truth =
        dir.resolve(
            "val/2011_09_26_drive_0002_sync/proj_depth/groundtruth/image_02/0000000069.png");
    Mini.png(truth, width, height, 1, 16, Mini.repeat(2560, width * height));
    return truth;
  }

  @Test
  void kittiIsReadWithGargsCrop() throws IOException {
    kitti(1242, 375);
    List<Sample> samples = all(() -> DepthSets.kitti(dir));
    assertThat(samples).hasSize(1); // the other line has no depth
    float[] metres = metres(samples.getFirst());
    // Rows 166 to 371, columns 56 to 1184.
    assertThat(metres[165 * 1242 + 600]).isNaN();
    assertThat(metres[166 * 1242 + 600]).isEqualTo(10);
    assertThat(metres[371 * 1242 + 600]).isEqualTo(10);
    assertThat(metres[372 * 1242 + 600]).isNaN();
    assertThat(metres[200 * 1242 + 55]).isNaN();
    assertThat(metres[200 * 1242 + 56]).isEqualTo(10);
    assertThat(metres[200 * 1242 + 1184]).isEqualTo(10);
    assertThat(metres[200 * 1242 + 1185]).isNaN();
  }

  @Test
  void brokenKittiIsRefused() throws IOException {
    refused(() -> DepthSets.kitti(dir), "eigen_test_files.txt is missing");
    Path truth = kitti(W, H);
    Mini.png(truth, W, H + 1, 1, 16, Mini.repeat(1, W * (H + 1)));
    refused(() -> DepthSets.kitti(dir), "8 x 7", "8 x 6");
    Mini.png(truth, W, H, 1, 8, Mini.repeat(1, W * H));
    refused(() -> DepthSets.kitti(dir), "8 bits");
    Mini.png(truth, W, H, 3, 16, Mini.repeat(1, 3 * W * H));
    refused(() -> DepthSets.kitti(dir), "3 channels");
    Mini.png(truth, W, H, 1, 16, Mini.repeat(0, W * H));
    refused(() -> DepthSets.kitti(dir), "0000000069.png knows the depth of no pixel");
    kitti(W, H);
    Mini.truncate(truth);
    refused(() -> DepthSets.kitti(dir), "groundtruth", "truncated");
    Mini.text(truth, "no");
    refused(() -> DepthSets.kitti(dir), "no PNG");
    Path list = dir.resolve("eigen_test_files.txt");
    String good = Files.readString(list);
    Files.writeString(list, good + good);
    refused(() -> DepthSets.kitti(dir), "0000000069.png twice");
    Files.writeString(list, "../../image_02/data/0000000069.png");
    refused(() -> DepthSets.kitti(dir), "the line \"../../image_02");
    Files.writeString(list, "\n");
    refused(() -> DepthSets.kitti(dir), "none of the pictures");
    kitti(W, H);
    Files.delete(dir.resolve("2011_09_26/2011_09_26_drive_0002_sync/image_02/data/0000000069.png"));
    refused(() -> DepthSets.kitti(dir), "0000000069.png is missing");
    Files.delete(truth);
    refused(() -> DepthSets.kitti(dir), "none of the pictures");
    Mini.text(dir.resolve("eigen_test_files.txt"), "picture.png\n");
    refused(() -> DepthSets.kitti(dir), "the line \"picture.png\"");
  }

  // NYUv2

  private void nyu(int pictures, int height, double... splits) throws IOException {
    Path file = dir.resolve("nyu_depth_v2_labeled.mat");
    Files.deleteIfExists(file);
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      byte[][][][] images = new byte[pictures][3][640][height];
      float[][][] depths = new float[pictures][640][height];
      images[pictures - 1][1][100][50] = 77;
      depths[pictures - 1][100][50] = 2.5f;
      depths[pictures - 1][2][3] = 9;
      hdf.putDataset("images", images);
      hdf.putDataset("rawDepths", depths);
    }
    Mat5File mat = Mat5.newMatFile();
    Matrix list = Mat5.newMatrix(splits.length, 1);
    for (int i = 0; i < splits.length; i++) {
      list.setDouble(i, splits[i]);
    }
    mat.addArray("testNdxs", list);
    Mat5.writeToFile(mat, dir.resolve("splits.mat").toFile());
  }

  @Test
  void nyuIsReadAndTurned() throws IOException {
    nyu(2, 480, 2);
    Sample sample = all(() -> new NyuSet(dir)).getFirst();
    assertThat(sample.id()).isEqualTo("nyu-0002");
    assertThat(sample.photo().rgb(100, 50)).isEqualTo(77 << 8);
    float[] metres = metres(sample);
    assertThat(metres[50 * 640 + 100]).isEqualTo(2.5f);
    assertThat(metres[3 * 640 + 2]).isNaN(); // outside Eigen's crop
  }

  @Test
  void brokenNyuIsRefused() throws IOException {
    Mini.Opening opening = () -> new NyuSet(dir);
    refused(opening, "nyu_depth_v2_labeled.mat is missing");
    nyu(1, 481, 1);
    refused(opening, "640, 481");
    nyu(1, 480, 2);
    refused(opening, "number 2.0 of 1");
    nyu(1, 480, 0);
    refused(opening, "number 0.0");
    nyu(1, 480, 1.5);
    refused(opening, "number 1.5");
    nyu(2, 480, 2, 2);
    refused(opening, "number 2.0 twice");
    nyu(1, 480);
    refused(opening, "lists no pictures");
    Mat5File other = Mat5.newMatFile();
    other.addArray("trainNdxs", Mat5.newMatrix(1, 1));
    Mat5.writeToFile(other, dir.resolve("splits.mat").toFile());
    refused(opening, "testNdxs");
    Mini.text(dir.resolve("splits.mat"), "no");
    refused(opening, "testNdxs");
    Files.delete(dir.resolve("splits.mat"));
    refused(opening, "splits.mat is missing");
    nyu(1, 480, 1);
    Mini.text(dir.resolve("nyu_depth_v2_labeled.mat"), "MATLAB 5.0 MAT-file");
    refused(opening, "v7.3");
    Files.delete(dir.resolve("nyu_depth_v2_labeled.mat"));
    try (WritableHdfFile hdf = HdfFile.write(dir.resolve("nyu_depth_v2_labeled.mat"))) {
      hdf.putDataset("images", new byte[1][3][640][480]);
    }
    refused(opening, "rawDepths");
  }

  // nuScenes

  private void nuScenes(float... points) throws IOException {
    Path tables = dir.resolve("v1.0-mini");
    List<Double> still = List.of(1., 0., 0., 0.);
    List<Double> here = List.of(0., 0., 0.);
    Mini.json(tables.resolve("scene.json"), List.of(Map.of("token", "s", "name", "scene-0103")));
    Mini.json(tables.resolve("sample.json"), List.of(Map.of("token", "k", "scene_token", "s")));
    Mini.json(
        tables.resolve("ego_pose.json"),
        List.of(
            Map.of("token", "p", "rotation", still, "translation", here),
            // The car has moved half a metre to its left.
            Map.of("token", "q", "rotation", still, "translation", List.of(0., 0.5, 0.))));
    List<Map<String, Object>> sensors = new ArrayList<>();
    List<Map<String, Object>> calibrated = new ArrayList<>();
    List<Map<String, Object>> data = new ArrayList<>();
    for (String channel :
        List.of(
            "LIDAR_TOP",
            "CAM_FRONT",
            "CAM_FRONT_RIGHT",
            "CAM_BACK_RIGHT",
            "CAM_BACK",
            "CAM_BACK_LEFT",
            "CAM_FRONT_LEFT")) {
      boolean laser = channel.equals("LIDAR_TOP");
      sensors.add(Map.of("token", channel, "channel", channel));
      calibrated.add(
          Map.of(
              "token",
              channel,
              "sensor_token",
              channel,
              // Camera: x right, y down, z forward; car: x forward, y left, z up.
              "rotation",
              laser ? still : List.of(0.5, -0.5, 0.5, -0.5),
              "translation",
              here,
              "camera_intrinsic",
              laser
                  ? List.of()
                  : List.of(List.of(10, 0, 10), List.of(0, 10, 5), List.of(0, 0, 1))));
      String file = laser ? "samples/LIDAR_TOP/l.bin" : "samples/%s/p.jpg".formatted(channel);
      if (!laser) {
        Mini.photo(dir.resolve(file), 20, 10);
      }
      data.add(
          Map.of(
              "token",
              channel,
              "sample_token",
              "k",
              "is_key_frame",
              true,
              "filename",
              file,
              "calibrated_sensor_token",
              channel,
              "ego_pose_token",
              laser ? "p" : "q"));
    }
    Mini.json(tables.resolve("sensor.json"), sensors);
    Mini.json(tables.resolve("calibrated_sensor.json"), calibrated);
    Mini.json(tables.resolve("sample_data.json"), data);
    ByteBuffer bytes = ByteBuffer.allocate(4 * points.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(points);
    Path scan = dir.resolve("samples/LIDAR_TOP/l.bin");
    Mini.parent(scan);
    Files.write(scan, bytes.array());
  }

  @Test
  void nuScenesProjectsTheLaserThroughBothPoses() throws IOException {
    // Two points ahead on one ray, one behind.
    nuScenes(5, 0.5f, 0, 1, 0, 10, 0.5f, 0, 1, 0, -5, 0, 0, 1, 0);
    List<Sample> samples = all(() -> NuScenesSet.open(dir, Set.of("scene-0103")));
    assertThat(samples).hasSize(6);
    float[] metres = metres(samples.getFirst());
    assertThat(metres[5 * 20 + 10]).isCloseTo(5, within(1e-5f));
    int known = 0;
    for (float m : metres) {
      known += Float.isNaN(m) ? 0 : 1;
    }
    assertThat(known).isEqualTo(1);
  }

  @Test
  void brokenNuScenesIsRefused() throws IOException {
    Mini.Opening opening = () -> NuScenesSet.open(dir, Set.of("scene-0103"));
    refused(opening, "v1.0-trainval is missing");
    nuScenes(1, 2, 3, 4);
    refused(opening, "16 bytes");
    nuScenes(5, 0, 0, 1, 0);
    refused(() -> NuScenesSet.open(dir, Set.of("scene-1")), "no key frame");
    Files.delete(dir.resolve("samples/CAM_BACK/p.jpg"));
    refused(opening, "p.jpg is missing");
    nuScenes(5, 0, 0, 1, 0);
    Files.delete(dir.resolve("samples/LIDAR_TOP/l.bin"));
    refused(opening, "l.bin is missing");
    Mini.json(dir.resolve("v1.0-mini/sensor.json"), List.of());
    refused(opening, "leads nowhere");
    Mini.json(dir.resolve("v1.0-mini/sensor.json"), Map.of());
    refused(opening, "no table");
    Files.delete(dir.resolve("v1.0-mini/sensor.json"));
    refused(opening, "sensor.json is missing");
    nuScenes(5, 0, 0, 1, 0);
    Path data = dir.resolve("v1.0-mini/sample_data.json");
    String good = Files.readString(data);
    Files.writeString(data, good.replace("samples/CAM_BACK/p.jpg", "../p.jpg"));
    refused(opening, "outside the set");
    Files.writeString(data, good.replace("\"CAM_BACK\"", "\"CAM_FRONT\""));
    refused(opening, "lacks CAM_BACK");
    Files.writeString(data, "[");
    refused(opening, "no JSON");
  }

  // Normals

  @Test
  void normalsOfDsineComeInOurFrame() throws IOException {
    Mini.photo(dir.resolve("dsine_eval/nyuv2/test/000000_img.png"), 2, 1);
    Path truth = dir.resolve("dsine_eval/nyuv2/test/000000_normal.png");
    Mini.png(truth, 2, 1, 3, 8, 255, 0, 51, 0, 0, 0);
    Mini.Opening opening = () -> NormalSets.dsine(dir, NormalSets.Dsine.NYU);
    Truth.NormalTruth normals = (Truth.NormalTruth) all(opening).getFirst().truths().getFirst();
    assertThat(normals.xyz()[0]).isEqualTo(-1);
    assertThat(normals.xyz()[1]).isEqualTo(-1);
    assertThat(normals.xyz()[2]).isCloseTo(-0.6f, within(1e-6f));
    assertThat(normals.xyz()[3]).isNaN();
    Mini.png(truth, 2, 1, 3, 16, 0, 65535, 65535, 0, 0, 0);
    normals = (Truth.NormalTruth) all(opening).getFirst().truths().getFirst();
    assertThat(normals.xyz()).startsWith(1, 1, 1);
  }

  @Test
  void brokenNormalsOfDsineAreRefused() throws IOException {
    Path photo = dir.resolve("dsine_eval/nyuv2/test/000000_img.png");
    Path truth = dir.resolve("dsine_eval/nyuv2/test/000000_normal.png");
    Mini.Opening opening = () -> NormalSets.dsine(dir, NormalSets.Dsine.NYU);
    refused(opening, "nyuv2/test is missing");
    Mini.parent(photo);
    refused(opening, "holds no *_img.png");
    Mini.photo(photo, 2, 1);
    Mini.png(truth, 2, 1, 1, 8, 1, 2);
    refused(opening, "000000_normal.png has 1 channels", "three channels");
    Mini.png(truth, 2, 1, 3, 8, 0, 0, 0, 0, 0, 0);
    refused(opening, "normal of no pixel");
    Mini.png(truth, 2, 1, 3, 8, 128, 128, 128, 0, 0, 0);
    refused(opening, "not of length 1, 1 of 1");
    Mini.png(truth, 2, 1, 3, 16, 40000, 32768, 32768, 32768, 32768, 32768);
    refused(opening, "not of length 1, 2 of 2");
    Mini.png(truth, 1, 2, 3, 8, 255, 128, 128, 255, 128, 128);
    refused(opening, "1 x 2", "2 x 1");
    Mini.png(truth, 2, 1, 3, 8, 255, 128, 128, 255, 128, 128);
    Mini.truncate(truth);
    refused(opening, "000000_normal.png", "truncated");
    Mini.text(truth, "no");
    refused(opening, "no PNG");
    Mini.png(truth, 2, 1, 3, 8, 255, 128, 128, 255, 128, 128);
    Mini.spoil(photo);
    refused(opening, "000000_img.png");
    Files.write(photo, new byte[0]);
    refused(opening, "000000_img.png is empty");
    Mini.photo(photo, 2, 1);
    Mini.png(truth, 1, 1, 3, 8, 1, 2, 3);
    refused(opening, "1 x 1", "2 x 1");
    Files.delete(truth);
    refused(opening, "000000_normal.png is missing");
    refused(() -> NormalSets.dsine(dir, NormalSets.Dsine.VKITTI), "vkitti is missing");
  }

  // BSDS500

  private Path bsds(int height, int width, double value) throws IOException {
    Matrix boundaries = Mat5.newMatrix(height, width);
    boundaries.setDouble(1, 2, value);
    Struct one = Mat5.newStruct();
    one.set("Boundaries", boundaries);
    return bsds(Mat5.newCell(1, 1).set(0, one));
  }

  private Path bsds(Array truth) throws IOException {
    Mini.photo(dir.resolve("BSR/BSDS500/data/images/test/1.jpg"), W, H);
    Mat5File mat = Mat5.newMatFile();
    mat.addArray("groundTruth", truth);
    Path file = dir.resolve("BSR/BSDS500/data/groundTruth/test/1.mat");
    Mini.parent(file);
    Mat5.writeToFile(mat, file.toFile());
    return file;
  }

  @Test
  void bsds500IsReadAsDistributed() throws IOException {
    bsds(H, W, 1);
    Mini.Opening opening = () -> BsdsSet.official(dir, "test");
    Truth.EdgeTruth truth = (Truth.EdgeTruth) all(opening).getFirst().truths().getFirst();
    assertThat(truth.annotators().getFirst()[W + 2]).isTrue();
  }

  @Test
  void brokenBsds500IsRefused() throws IOException {
    Mini.Opening opening = () -> BsdsSet.official(dir, "test");
    refused(opening, "data is missing");
    Path file = bsds(H, W + 1, 1);
    refused(opening, "1.mat is 9 x 6", "8 x 6");
    bsds(W, H, 1);
    refused(opening, "1.mat is 6 x 8", "8 x 6");
    bsds(H, W, 7);
    refused(opening, "boundaries of 7.0");
    bsds(H, W, Double.NaN);
    refused(opening, "boundaries of NaN");
    bsds(Mat5.newCell(0, 0));
    refused(opening, "no annotator");
    bsds(Mat5.newCell(1, 1).set(0, Mat5.newStruct()));
    refused(opening, "Boundaries");
    bsds(Mat5.newMatrix(H, W));
    refused(opening, "cell groundTruth");
    bsds(H, W, 1);
    Mini.truncate(file);
    refused(opening, "1.mat is no MATLAB v5 file");
    Mini.text(file, "no");
    refused(opening, "MATLAB");
    bsds(H, W, 1);
    Path photo = dir.resolve("BSR/BSDS500/data/images/test/1.jpg");
    Mini.spoil(photo);
    refused(opening, "1.jpg");
    Files.write(photo, new byte[0]);
    refused(opening, "1.jpg is empty");
    Files.delete(file);
    refused(opening, "1.mat is missing");
    refused(() -> BsdsSet.official(dir, "val"), "not a folder");
    Files.delete(photo);
    refused(opening, "holds no *.jpg");
  }

  @Test
  void aDownloadIsChecked() throws IOException {
    ibims();
    assertThat(DataCheck.present(dir)).extracting(Benchmark::name).containsExactly("ibims-1");
    DataCheck check = DataCheck.of(dir, Benchmarks.named("ibims-1").orElseThrow());
    assertThat(check.isComplete()).isFalse();
    assertThat(check.samples()).isEqualTo(1);
    assertThat(check.problem()).isEmpty();
    assertThat(check.findings()).extracting(DataCheck.Finding::found).containsExactly(1L, 1L, 2L);
    DataCheck none = DataCheck.of(dir, Benchmarks.named("cityscapes").orElseThrow());
    assertThat(none.isAnything()).isFalse();
    assertThat(none.problem()).contains("leftImg8bit");
    for (Benchmark benchmark : Benchmarks.all()) {
      assertThatThrownBy(() -> Benchmarks.open(benchmark, dir, "nowhere"))
          .hasMessageContaining("no split \"nowhere\"");
      assertThat(benchmark.address()).startsWith("https://");
      DataCheck.of(dir, benchmark); // every pattern is one
    }
  }
}
