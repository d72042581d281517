package dev.plantain.diorama;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GltfLibraryTest {
  private static final String HEADER =
      "file,category,name,width_cm,depth_cm,height_cm,elevation_cm,turn_degrees,creator,licence\n";

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  /** A wedge of three triangles; its node doubles and lifts it. */
  private static byte[] wedge() {
    float[] p = {0, 0, 0, 4, 0, 0, 0, 0, 2, 0, 1, 0};
    short[] index = {0, 1, 2, 0, 3, 1, 0, 2, 3};
    ByteBuffer b = ByteBuffer.allocate(4 * p.length + 2 * index.length);
    b.order(ByteOrder.LITTLE_ENDIAN);
    for (float x : p) {
      b.putFloat(x);
    }
    for (short i : index) {
      b.putShort(i);
    }
    return b.array();
  }

  private static final String PART =
      "{\"attributes\":{\"POSITION\":0},\"indices\":1,\"material\":0}";

  private static String gltf(String uri, int count) {
    return """
    {"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],
     "nodes":[{"mesh":0,"scale":[2,2,2],"translation":[0,5,0]}],
     "meshes":[{"primitives":[%s]}],
     "materials":[{"name":"paint","pbrMetallicRoughness":
       {"baseColorFactor":[0.8,0.1,0.05,1],"metallicFactor":0,"roughnessFactor":0.7}}],
     "accessors":[
       {"bufferView":0,"componentType":5126,"count":%d,"type":"VEC3","min":[0,0,0],"max":[4,1,2]},
       {"bufferView":1,"componentType":5123,"count":9,"type":"SCALAR"}],
     "bufferViews":[{"buffer":0,"byteOffset":0,"byteLength":48},
                    {"buffer":0,"byteOffset":48,"byteLength":18}],
     "buffers":[{"byteLength":66,"uri":"%s"}]}
    """
        .formatted(PART, count, uri);
  }

  private static String embedded() {
    return "data:application/octet-stream;base64," + Base64.getEncoder().encodeToString(wedge());
  }

  private GltfLibrary library(String... rows) throws IOException {
    Files.writeString(
        folder.resolve("sizes.csv"), "# furniture\n" + HEADER + String.join("\n", rows) + "\n");
    return GltfLibrary.open(folder, warnings::add);
  }

  @Test
  void aChangedModelOrBufferIsNoticed() throws IOException {
    Files.writeString(folder.resolve("b.gltf"), gltf("b.bin", 4));
    Files.write(folder.resolve("b.bin"), wedge());
    long before = library("b.gltf,table,,120,60,75,0,90,Somebody,CC0").fingerprint();
    Files.writeString(folder.resolve(".notes"), "not a part of it");
    assertThat(GltfLibrary.open(folder, warnings::add).fingerprint()).isEqualTo(before);
    Files.write(folder.resolve("b.bin"), new byte[70]);
    assertThat(GltfLibrary.open(folder, warnings::add).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void modelsTakeTheSizeTheTableStates() throws IOException {
    Files.writeString(folder.resolve("a.gltf"), gltf(embedded(), 4));
    Files.writeString(folder.resolve("b.gltf"), gltf("b.bin", 4));
    Files.write(folder.resolve("b.bin"), wedge());
    GltfLibrary library =
        library(
            "a.gltf,sofa,\"sofa, red\",190,90,80,0,0,Somebody,CC0",
            "b.gltf,table,,120,60,75,0,90,Somebody,CC0");
    assertThat(warnings).isEmpty();
    for (LibraryEntry e : library.entries()) {
      Mesh mesh = library.read(e, warnings::add);
      float[] box = mesh.bounds();
      assertThat(mesh.triangles()).isEqualTo(3);
      assertThat(box[3] - box[0]).isCloseTo(e.width(), Offset.offset(1e-4f));
      assertThat(box[4] - box[1]).isCloseTo(e.height(), Offset.offset(1e-4f));
      assertThat(box[5] - box[2]).isCloseTo(e.depth(), Offset.offset(1e-4f));
      assertThat(box[1]).isCloseTo(0, Offset.offset(1e-4f));
      Material look = mesh.materials()[mesh.material()[0]];
      assertThat(look.red()).isCloseTo(0.8f, Offset.offset(1e-6f));
      assertThat(look.roughness()).isCloseTo(0.7f, Offset.offset(1e-6f));
    }
    LibraryEntry sofa = library.entries().getFirst();
    assertThat(library.naming(sofa).orElseThrow().category().name()).isEqualTo("sofa");
    assertThat(library.naming(sofa).orElseThrow().phrase()).isEqualTo("sofa, red");
    assertThat(library.naming(library.entries().get(1)).orElseThrow().phrase()).isEqualTo("table");
  }

  @Test
  void unusableRowsAreLeftOutWithOneLineEach() throws IOException {
    GltfLibrary library =
        library(
            "../a.gltf,sofa,,190,90,80",
            "a.obj,sofa,,190,90,80",
            "b.gltf,spaceship,,190,90,80",
            "c.gltf,sofa,,0,90,80",
            "d.gltf,sofa,,190,ninety,80",
            "e.gltf,sofa,,190,90,80",
            "e.gltf,sofa,,190,90,80");
    assertThat(library.entries()).hasSize(1);
    assertThat(warnings).hasSize(6).allMatch(w -> w.lines().count() == 1);
    Files.writeString(folder.resolve("sizes.csv"), "file,width\n");
    assertThatThrownBy(() -> GltfLibrary.open(folder, warnings::add))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("category");
  }

  @Test
  void brokenFilesAreTypedErrors() throws IOException {
    Files.writeString(folder.resolve("outside.gltf"), gltf("../../etc/passwd", 4));
    Files.writeString(folder.resolve("web.gltf"), gltf("http://localhost/a.bin", 4));
    Files.writeString(folder.resolve("many.gltf"), gltf(embedded(), 2_000_000_000));
    Files.writeString(folder.resolve("long.gltf"), gltf(embedded(), 400));
    Files.writeString(folder.resolve("text.gltf"), "hello");
    Files.write(folder.resolve("cut.glb"), new byte[] {'g', 'l', 'T', 'F', 2, 0, 0, 0, 99});
    for (String file :
        List.of(
            "outside.gltf",
            "web.gltf",
            "many.gltf",
            "long.gltf",
            "text.gltf",
            "cut.glb",
            "none.glb")) {
      GltfLibrary library = library(file + ",sofa,,190,90,80");
      LibraryEntry entry = library.entries().getFirst();
      assertThatThrownBy(() -> library.read(entry, warnings::add))
          .as(file)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void nodesThatFormNoTreeAndTooManyTrianglesAreTypedErrors() throws IOException {
    String node = "{\"mesh\":0,\"scale\":[2,2,2],\"translation\":[0,5,0]}";
    String wheel = "{\"children\":[1]},{\"children\":[0]}";
    String twice = "{\"children\":[1,1]},{\"mesh\":0}";
    String deep =
        IntStream.range(1, 80).mapToObj("{\"children\":[%d]},"::formatted).collect(joining());
    String plain = gltf(embedded(), 4);
    Files.writeString(folder.resolve("self.gltf"), plain.replace(node, "{\"children\":[0]}"));
    Files.writeString(folder.resolve("wheel.gltf"), plain.replace(node, wheel));
    Files.writeString(folder.resolve("twice.gltf"), plain.replace(node, twice));
    Files.writeString(folder.resolve("deep.gltf"), plain.replace(node, deep + node));
    // 1,500 nodes share one mesh of 1,500 triangles, whose corners all are the first.
    byte[] corners = new byte[48 + 9000];
    String many =
        plain
            .replace(embedded(), "corners.bin")
            .replace("[0]}],\n", IntStream.range(0, 1500).boxed().toList() + "}],\n")
            .replace(node, String.join(",", Collections.nCopies(1500, node)))
            .replace("\"count\":9", "\"count\":4500")
            .replace("\"byteLength\":18", "\"byteLength\":9000")
            .replace("\"byteLength\":66", "\"byteLength\":9048");
    Files.write(folder.resolve("corners.bin"), corners);
    Files.writeString(folder.resolve("many.gltf"), many);
    // 1,500 nodes share one mesh of 1,500 parts that have no triangle.
    String part = "{\"attributes\":{\"POSITION\":0},\"mode\":0}";
    String points =
        plain
            .replace("[0]}],\n", IntStream.range(0, 1500).boxed().toList() + "}],\n")
            .replace(node, String.join(",", Collections.nCopies(1500, node)))
            .replace(PART, String.join(",", Collections.nCopies(1500, part)));
    Files.writeString(folder.resolve("points.gltf"), points);
    String idle = ",{}".repeat(20_000);
    Files.writeString(folder.resolve("nodes.gltf"), plain.replace(node, node + idle));
    Map<String, String> faults =
        Map.of(
            "self.gltf", "too deep",
            "wheel.gltf", "too deep",
            "deep.gltf", "too deep",
            "twice.gltf", "two parents",
            "many.gltf", "2,000,000 triangles",
            "points.gltf", "2,000,000 triangles",
            "nodes.gltf", "20,000 nodes");
    for (Map.Entry<String, String> fault : faults.entrySet()) {
      GltfLibrary library = library(fault.getKey() + ",sofa,,190,90,80");
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () ->
              assertThatThrownBy(() -> library.read(library.entries().getFirst(), warnings::add))
                  .as(fault.getKey())
                  .isInstanceOf(IOException.class)
                  .hasMessageContaining(fault.getValue()));
    }
  }

  @Test
  void aPictureThatManyLooksShowIsReadOnce() throws IOException {
    Files.writeString(folder.resolve("photo.png"), "not a picture");
    String look = "{\"pbrMetallicRoughness\":{\"baseColorTexture\":{\"index\":%d}}}";
    String text =
        gltf(embedded(), 4)
            .replace(PART, each(PART.replace("\"material\":0", "\"material\":%d"), 40))
            .replace("\"materials\":[", "\"materials\":[" + each(look, 40) + ",")
            .replace(
                "\"buffers\"",
                "\"images\":[{\"uri\":\"photo.png\"}],\"textures\":["
                    + each("{\"source\":0}", 40)
                    + "],\n\"buffers\"");
    Files.writeString(folder.resolve("a.gltf"), text);
    GltfLibrary library = library("a.gltf,sofa,,190,90,80");
    assertThat(library.read(library.entries().getFirst(), warnings::add).triangles())
        .isEqualTo(120);
    assertThat(warnings).singleElement().asString().contains("photo.png");
  }

  @Test
  void aFileThatManyBuffersNameIsReadOnce() throws IOException {
    Files.write(folder.resolve("b.bin"), Arrays.copyOf(wedge(), 4 << 20));
    String more = ",{\"byteLength\":66,\"uri\":\"b.bin\"}".repeat(5000) + "]}";
    String text = gltf("b.bin", 4);
    Files.writeString(
        folder.resolve("b.gltf"), text.substring(0, text.lastIndexOf(']')) + more + "\n");
    GltfLibrary library = library("b.gltf,sofa,,190,90,80");
    Mesh mesh =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> library.read(library.entries().getFirst(), warnings::add));
    assertThat(mesh.triangles()).isEqualTo(3);
  }

  private static String each(String item, int count) {
    return IntStream.range(0, count).mapToObj(i -> item.formatted(i)).collect(joining(","));
  }

  @Test
  void worldsAreFurnishedFromAFolderAndALibrary() throws IOException {
    Path models = Files.createDirectories(folder.resolve("models"));
    StringBuilder rows = new StringBuilder(HEADER);
    for (int i = 0; i < 20; i++) {
      Files.writeString(models.resolve(i + ".gltf"), gltf(embedded(), 4));
      rows.append(i).append(".gltf,sofa,wedge sofa,150,80,70,0,0,Somebody,CC0\n");
    }
    Files.writeString(models.resolve("sizes.csv"), rows);
    Diorama diorama =
        Diorama.open(
                List.of(TestLibrary.furnished(folder), models), MeshCache.none(), warnings::add)
            .withoutEdits();
    boolean seen = false;
    for (long seed = 0; seed < 30 && !seen; seed++) {
      seen =
          diorama.view(Split.TRAIN, seed, 32, 32).things().stream()
              .anyMatch(t -> t.name().equals("wedge sofa"));
    }
    assertThat(seen).isTrue();
    assertThat(diorama.attribution(Split.TRAIN)).contains("wedge sofa", "Somebody");
    assertThat(warnings).isEmpty();
  }
}
