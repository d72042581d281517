package dev.plantain.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.core.Image;
import dev.plantain.core.measure.Camera;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.LabelMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Writes one depth map and one label map in every format, for {@code tools/formats_check.py} to
 * read them with the tools they are for.
 */
class ForeignToolsTest {
  private static final int W = 97;
  private static final int H = 61;
  private static final List<String> CLASSES = List.of("ring", "stripe", "not there");

  @Test
  void everythingIsWritten() throws Exception {
    Path folder = Path.of("target", "foreign-tools");
    DepthMap depth = depth();
    LabelMap labels = labels();
    Image photo = Image.filled(W, H, 0x336699);
    Camera camera = Camera.ofFovX(W, H, 60);
    Npy.write(folder.resolve("d.npy"), depth);
    Exr.write(folder.resolve("d.exr"), depth);
    DepthPng.write(
        folder.resolve("d16.png"), depth, DepthPng.Scale.KITTI, DepthPng.OutOfRange.REFUSE);
    Glb.write(folder.resolve("m.glb"), DepthMesh.surface(depth, camera, photo));
    Ply.write(folder.resolve("m.ply"), DepthMesh.points(depth, camera, photo));
    MaskPng.write(folder.resolve("m.png"), labels);
    LabelledImage image = LabelledImage.of("photo.jpg", labels);
    assertThat(image.masks()).hasSize(2);
    Coco.write(folder.resolve("coco.json"), CLASSES, List.of(image));
    Yolo.write(folder.resolve("y.txt"), CLASSES, image);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(f -> !f.toString().endsWith(".part"))).hasSize(8);
    }
  }

  private static DepthMap depth() {
    float[] metres = new float[W * H];
    for (int i = 0; i < metres.length; i++) {
      int x = i % W;
      int y = i / W;
      metres[i] = y < 9 ? Float.POSITIVE_INFINITY : 1 + 0.1f * y + (x > 50 ? 20 : 0);
    }
    Arrays.fill(metres, 30 * W, 31 * W, Float.NaN);
    return DepthMap.of(W, H, metres);
  }

  /** A ring with a speck in it, and a stripe in two parts: holes and parts must survive. */
  private static LabelMap labels() {
    int[] labels = new int[W * H];
    Arrays.fill(labels, LabelMap.BACKGROUND);
    for (int i = 0; i < labels.length; i++) {
      int x = i % W;
      int y = i / W;
      double radius = Math.hypot(x - 30, y - 30);
      if ((radius > 12 && radius < 25) || radius < 4) {
        labels[i] = 0;
      } else if (x > 70 && Math.abs(y - 30) > 6 && Math.abs(y - 30) < 20) {
        labels[i] = 1;
      }
    }
    return LabelMap.of(W, H, CLASSES, labels);
  }
}
