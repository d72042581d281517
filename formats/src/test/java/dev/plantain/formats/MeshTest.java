package dev.plantain.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import de.javagl.jgltf.model.AccessorFloatData;
import de.javagl.jgltf.model.AccessorModel;
import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.MeshPrimitiveModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import dev.plantain.core.Image;
import dev.plantain.core.measure.Camera;
import dev.plantain.core.measure.DepthMap;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshTest {
  private static final int W = 60;
  private static final int H = 40;
  private static final Camera CAMERA = Camera.ofFovX(W, H, 70);

  @TempDir Path folder;

  /** A floor that runs away to 40 m, and a box before it. */
  private static DepthMap scene() {
    float[] metres = new float[W * H];
    for (int y = 0; y < H; y++) {
      for (int x = 0; x < W; x++) {
        double below = y + 0.5 - CAMERA.cy();
        boolean box = x >= 20 && x < 35 && y >= 10 && y < 38;
        metres[y * W + x] =
            box
                ? 1.5f
                : below > 0.9 ? (float) (1.6 * CAMERA.fy() / below) : Float.POSITIVE_INFINITY;
      }
    }
    return DepthMap.of(W, H, metres);
  }

  private static final Image PHOTO = Image.filled(W, H, 0xFF8000);

  @Test
  void theMeshIsTornAtTheBoxAndWholeOnTheFloor() {
    DepthMesh mesh = DepthMesh.surface(scene(), CAMERA, PHOTO);
    float[] xyz = mesh.xyz();
    int[] triangles = mesh.triangles();
    for (int t = 0; t < triangles.length; t += 3) {
      int onBox = 0;
      for (int k = 0; k < 3; k++) {
        onBox += Math.abs(xyz[3 * triangles[t + k] + 2] - 1.5f) < 1e-4 ? 1 : 0;
      }
      assertThat(onBox).as("a streak from the box to the floor").isIn(0, 3);
    }
    // The floor between y 22 and 39 left of the box: every quad is there, however steep in depth.
    DepthMesh floor = DepthMesh.surface(floorOnly(), CAMERA, PHOTO);
    assertThat(floor.triangles().length / 3).isEqualTo(2 * (W - 1) * 18);
  }

  private static DepthMap floorOnly() {
    float[] metres = new float[W * H];
    for (int i = 0; i < metres.length; i++) {
      int y = i / W;
      double below = y + 0.5 - CAMERA.cy();
      metres[i] = y >= 21 ? (float) (1.6 * CAMERA.fy() / below) : Float.NaN;
    }
    return DepthMap.of(W, H, metres);
  }

  @Test
  void glbIsValidAndYUp() throws Exception {
    Path file = folder.resolve("mesh.glb");
    DepthMesh mesh = DepthMesh.surface(scene(), CAMERA, PHOTO);
    Glb.write(file, mesh);
    GltfModel model = new GltfModelReader().read(file.toUri());
    MeshPrimitiveModel primitive = model.getMeshModels().get(0).getMeshPrimitiveModels().get(0);
    AccessorModel position = Objects.requireNonNull(primitive.getAttributes().get("POSITION"));
    assertThat(position.getCount()).isEqualTo(mesh.points());
    assertThat(primitive.getIndices().getCount()).isEqualTo(mesh.triangles().length);
    AccessorFloatData data = (AccessorFloatData) position.getAccessorData();
    float[] xyz = mesh.xyz();
    for (int i = 0; i < mesh.points(); i += 97) {
      assertThat(data.get(i, 0)).isEqualTo(xyz[3 * i]);
      assertThat(data.get(i, 1)).isEqualTo(-xyz[3 * i + 1]);
      assertThat(data.get(i, 2)).isEqualTo(-xyz[3 * i + 2]);
    }
    AccessorFloatData colour =
        (AccessorFloatData)
            Objects.requireNonNull(primitive.getAttributes().get("COLOR_0")).getAccessorData();
    assertThat(colour.get(0, 0)).isEqualTo(1);
    assertThat(colour.get(0, 1)).isCloseTo(0.2158f, within(1e-3f)); // 128 in linear light
    Glb.write(file, DepthMesh.points(scene(), CAMERA, PHOTO));
    assertThat(new GltfModelReader().read(file.toUri()).getMeshModels()).hasSize(1);
  }

  @Test
  void plyHoldsWhatItsHeaderSays() throws Exception {
    Path file = folder.resolve("mesh.ply");
    DepthMesh mesh = DepthMesh.surface(scene(), CAMERA, PHOTO);
    Ply.write(file, mesh);
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int header = text.indexOf("end_header\n") + 11;
    assertThat(text).startsWith("ply\nformat binary_little_endian 1.0\n");
    assertThat(text).contains("element vertex " + mesh.points());
    assertThat(text).contains("element face " + mesh.triangles().length / 3);
    assertThat(bytes.length - header)
        .isEqualTo(15 * mesh.points() + 13 * (mesh.triangles().length / 3));
    Ply.write(file, DepthMesh.points(scene(), CAMERA, PHOTO));
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("face");
  }

  @Test
  void nothingToShowIsAnError() {
    float[] sky = new float[W * H];
    Arrays.fill(sky, Float.POSITIVE_INFINITY);
    DepthMesh empty = DepthMesh.surface(DepthMap.of(W, H, sky), CAMERA, PHOTO);
    assertThatThrownBy(() -> Glb.write(folder.resolve("x.glb"), empty))
        .isInstanceOf(OutputException.class)
        .hasMessageContaining("empty");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void headersHaveLatinDigitsInEveryLanguage() throws Exception {
    Path file = folder.resolve("mesh.ply");
    DepthMesh mesh = DepthMesh.surface(scene(), CAMERA, PHOTO);
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("fa"));
      Ply.write(file, mesh);
    } finally {
      Locale.setDefault(usual);
    }
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .contains("element vertex " + mesh.points())
        .contains("element face " + mesh.triangles().length / 3);
  }

  @Test
  void whatDoesNotFitIntoAGlbIsAnErrorThatSaysWhatToDo() throws Exception {
    Path file = folder.resolve("x.glb");
    assertThat(Glb.length(file, 40_000_000, 6 * 40_000_000)).isEqualTo(1_920_000_000);
    assertThatThrownBy(() -> Glb.length(file, 45_000_000, 6 * 45_000_000))
        .isInstanceOf(OutputException.class)
        .hasMessageContaining("--ply")
        .hasMessageContaining("scale the photo down");
  }
}
