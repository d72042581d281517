package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FurnitureLibraryTest {
  private static final String TRIANGLE = "v 0 0 0\nv 1 0 0\nv 0 1 1\nvt 0 0\nf 1/1 2/1 3/1\n";

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private FurnitureLibrary library(TestLibrary t) throws IOException {
    return FurnitureLibrary.open(t.write(folder.resolve("test.sh3f")), warnings::add);
  }

  @Test
  void modelsAreFittedToTheirCatalogueSize() throws IOException {
    FurnitureLibrary library = library(new TestLibrary().box("a", "Chair", 45, 50, 90, 1, 0, 0));
    Mesh mesh = library.read(library.entries().getFirst(), warnings::add);
    float[] box = mesh.bounds();
    float[] expected = {-0.225f, 0, -0.25f, 0.225f, 0.9f, 0.25f};
    for (int i = 0; i < 6; i++) {
      assertThat(box[i]).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-5f));
    }
    assertThat(mesh.triangles()).isEqualTo(6 * 12);
    assertThat(warnings).isEmpty();
  }

  @Test
  void unusableEntriesAreLeftOutWithOneLineEach() throws IOException {
    FurnitureLibrary library =
        library(
            new TestLibrary()
                .entry("escape", "Chair", "/../../etc/passwd", 10, 10, 10)
                .entry("flat", "Chair", "/m/model.obj", 0, 10, 10)
                .box("good", "Chair", 45, 50, 90, 1, 0, 0));
    assertThat(library.entries()).extracting(LibraryEntry::id).containsExactly("good");
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).contains("escape").contains("path");
    assertThat(warnings.get(1)).contains("flat").contains("width");
  }

  @Test
  void brokenModelsAreTypedErrors() throws IOException {
    FurnitureLibrary library =
        library(
            new TestLibrary()
                .entry("missing", "Chair", "/nowhere.obj", 10, 10, 10)
                .model("index", "Chair", "i", "v 0 0 0\nf 1 2 3\n", "", 10, 10, 10)
                .model("garbage", "Chair", "g", "v one two three\n", "", 10, 10, 10)
                .model("empty", "Chair", "e", "# nothing\n", "", 10, 10, 10)
                .model(
                    "huge", "Chair", "h", "v 1e39 0 0\nv 1 0 0\nv 0 1 1\nf 1 2 3\n", "", 10, 10, 10)
                .model("overflow", "Chair", "o", "f 99999999999999 1 1\n", "", 10, 10, 10));
    for (LibraryEntry entry : library.entries()) {
      assertThatThrownBy(() -> library.read(entry, warnings::add))
          .as(entry.id())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void badTexturesLeaveThePlainColour() throws IOException {
    String mtl = "newmtl m\nKd 1 0 0\nmap_Kd tex.png\n";
    FurnitureLibrary library =
        library(
            new TestLibrary()
                .model(
                    "absent",
                    "Chair",
                    "a",
                    "mtllib look.mtl\nusemtl m\n" + TRIANGLE,
                    mtl,
                    10,
                    10,
                    10)
                .model(
                    "bomb", "Chair", "b", "mtllib look.mtl\nusemtl m\n" + TRIANGLE, mtl, 10, 10, 10)
                .file("b/tex.png", pngHeader(60_000, 60_000))
                .model(
                    "text", "Chair", "c", "mtllib look.mtl\nusemtl m\n" + TRIANGLE, mtl, 10, 10, 10)
                .file("c/tex.png", "not a picture".getBytes(StandardCharsets.UTF_8)));
    for (LibraryEntry entry : library.entries()) {
      Mesh mesh = library.read(entry, warnings::add);
      Material look = mesh.materials()[mesh.material()[0]];
      assertThat(look.texture()).as(entry.id()).isNull();
      assertThat(look.red()).isEqualTo(1);
    }
    assertThat(warnings).hasSize(3);
    assertThat(warnings.get(1)).contains("60000 x 60000");
  }

  @Test
  void aTextureIsNamedBehindItsOptions() throws IOException {
    Map<String, String> names =
        Map.of(
            "-12.png", "-12.png",
            "12 chairs.png", "12 chairs.png",
            "-bm 1 12.png", "12.png",
            "-clamp on -s 1 1.5 -1 blue tex.png", "blue tex.png");
    for (Map.Entry<String, String> name : names.entrySet()) {
      String mtl = "newmtl m\nKd 1 0 0\nmap_Kd " + name.getKey() + "\n";
      warnings.clear();
      FurnitureLibrary library =
          library(
              new TestLibrary()
                  .model(
                      "a",
                      "Chair",
                      "a",
                      "mtllib look.mtl\nusemtl m\n" + TRIANGLE,
                      mtl,
                      10,
                      10,
                      10));
      assertTimeoutPreemptively(
          Duration.ofSeconds(20), () -> library.read(library.entries().getFirst(), warnings::add));
      assertThat(warnings).singleElement().asString().contains("a/" + name.getValue());
    }
  }

  @Test
  void aLineMayGoOnForAsLongAsItLikes() throws IOException {
    String obj = TRIANGLE.replace(" 3/1", "\\\n".repeat(100_000) + " 3/1");
    FurnitureLibrary library =
        library(new TestLibrary().model("a", "Chair", "a", obj, "", 10, 10, 10));
    assertThat(library.read(library.entries().getFirst(), warnings::add).triangles()).isEqualTo(1);
  }

  @Test
  void looksAreReadOnceHoweverOftenTheyAreNamed() throws IOException {
    String obj = "mtllib look.mtl\n".repeat(100_000) + "usemtl m\n" + TRIANGLE;
    String mtl = "newmtl m\nKd 1 0 0\n" + "# as long as a table of looks\n".repeat(10_000);
    FurnitureLibrary library =
        library(new TestLibrary().model("a", "Chair", "a", obj, mtl, 10, 10, 10));
    Mesh mesh =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> library.read(library.entries().getFirst(), warnings::add));
    assertThat(mesh.materials()).hasSize(1);
    assertThat(mesh.materials()[0].red()).isEqualTo(1);
  }

  private static byte[] pngHeader(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    DataOutputStream header = new DataOutputStream(chunk);
    header.writeBytes("IHDR");
    header.writeInt(width);
    header.writeInt(height);
    header.write(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(chunk.toByteArray());
    out.writeInt(13);
    out.write(chunk.toByteArray());
    out.writeInt((int) crc.getValue());
    return bytes.toByteArray();
  }

  @Test
  void whatIsNoLibraryIsSaidToBeNone() throws IOException {
    Path text = Files.writeString(folder.resolve("text.sh3f"), "hello");
    assertThatThrownBy(() -> FurnitureLibrary.open(text, warnings::add))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not a furniture library");
    assertThatThrownBy(() -> FurnitureLibrary.open(folder.resolve("none.sh3f"), warnings::add))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no readable");
  }

  @Test
  void preparedModelsEqualFreshOnesAndDamagedOnesAreMadeAnew() throws IOException {
    FurnitureLibrary library = library(new TestLibrary().box("a", "Chair", 45, 50, 90, 1, 0.5, 0));
    LibraryEntry entry = library.entries().getFirst();
    MeshCache cache = MeshCache.in(folder.resolve("cache"));
    Mesh fresh = cache.get(library, entry, warnings::add);
    Mesh again = cache.get(library, entry, warnings::add);
    assertThat(again.edges()).isEqualTo(fresh.edges());
    assertThat(again.normals()).isEqualTo(fresh.normals());
    assertThat(again.nodes()).isEqualTo(fresh.nodes());
    assertThat(again.materials()).isEqualTo(fresh.materials());
    try (var files = Files.list(folder.resolve("cache"))) {
      Path file = files.findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    }
    assertThat(cache.get(library, entry, warnings::add).edges()).isEqualTo(fresh.edges());
    assertThat(warnings).isEmpty();
  }

  /** Otherwise every start would prepare all models anew and fill the disk with copies. */
  @Test
  void anEqualEntryFindsWhatAnotherRunPrepared() throws IOException {
    FurnitureLibrary library = library(new TestLibrary().box("a", "Chair", 45, 50, 90, 1, 0.5, 0));
    LibraryEntry e = library.entries().getFirst();
    LibraryEntry again =
        new LibraryEntry(
            e.id(),
            e.name(),
            e.model(),
            e.width(),
            e.depth(),
            e.height(),
            e.elevation(),
            e.rotation().clone(),
            e.creator(),
            e.licence());
    Path kept = folder.resolve("kept");
    MeshCache.in(kept).get(library, e, warnings::add);
    MeshCache.in(kept).get(library, again, warnings::add);
    try (var files = Files.list(kept)) {
      assertThat(files).hasSize(1);
    }
  }
}
