package dev.plantain.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.NormalMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArraysAndDepthTest {
  private static final float[] DEPTH = {0.5f, 1.25f, Float.NaN, Float.POSITIVE_INFINITY, 80, 3};

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"depth.npy", "big-endian.npy", "double.npy", "half.npy"})
  void floatsOfNumpyAreRead(String name) throws Exception {
    NpyArray array = Npy.read(Fixtures.file(name));
    assertThat(array.shape()).containsExactly(2, 3);
    assertThat(array.toFloats()).isEqualTo(DEPTH);
  }

  @Test
  void integersOfNumpyAreRead() throws Exception {
    assertThat(Npy.read(Fixtures.file("bytes.npy")).toInts()).containsExactly(0, 7, 255);
    assertThat(Npy.read(Fixtures.file("bools.npy")).toInts()).containsExactly(1, 0);
    assertThat(Npy.read(Fixtures.file("longs.npy")).toInts()).containsExactly(-5, 1 << 20);
    assertThatThrownBy(() -> Npy.read(Fixtures.file("fortran.npy")))
        .hasMessageContaining("column-major");
  }

  @Test
  void depthIsWrittenAsNumpyWrites() throws Exception {
    Path file = folder.resolve("depth.npy");
    Npy.write(file, DepthMap.of(3, 2, DEPTH));
    assertThat(Npy.read(file).toFloats()).isEqualTo(DEPTH);
    assertThat(file).hasSameBinaryContentAs(Fixtures.file("depth.npy"));
  }

  @Property(tries = 50)
  void arraysRoundTrip(@ForAll @Size(max = 50) float[] floats, @ForAll @Size(max = 50) int[] ints)
      throws Exception {
    Path file = Files.createTempFile("plantain", ".npy");
    try {
      Npy.write(file, floats, floats.length);
      assertThat(Npy.read(file).toFloats()).isEqualTo(floats);
      Npy.write(file, ints, 1, ints.length);
      assertThat(Npy.read(file).toInts()).isEqualTo(ints);
      byte[] bytes = Files.readAllBytes(file);
      if (ints.length > 0) {
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
        assertThatThrownBy(() -> Npy.read(file)).isInstanceOf(InputException.Damaged.class);
      }
    } finally {
      Files.delete(file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip.exr", "none.exr", "zips.exr"})
  void exrOfTheReferenceLibraryIsRead(String name) throws Exception {
    float[] wide = Npy.read(Fixtures.file("wide.npy")).toFloats();
    Exr.Channels read = Exr.read(Fixtures.file(name));
    assertThat(read.width()).isEqualTo(33);
    assertThat(read.height()).isEqualTo(40);
    assertThat(read.channels().get("Z")).isEqualTo(wide);
    float[] half = Objects.requireNonNull(read.channels().get("H"));
    for (int i = 0; i < wide.length; i++) {
      assertThat(half[i]).isEqualTo(Float.float16ToFloat(Float.floatToFloat16(wide[i])));
    }
  }

  @Test
  void exrRoundTripsAlsoWhatIsNotFinite() throws Exception {
    Path file = folder.resolve("depth.exr");
    Exr.write(file, DepthMap.of(3, 2, DEPTH));
    assertThat(Exr.read(file).channels().get("Z")).isEqualTo(DEPTH);
    float[] smooth = new float[100 * 70];
    for (int i = 0; i < smooth.length; i++) {
      int row = i / 100;
      smooth[i] = 1 + 0.5f * row;
    }
    Exr.write(file, DepthMap.of(100, 70, smooth));
    assertThat(Exr.read(file).channels().get("Z")).isEqualTo(smooth);
    assertThat(Files.size(file)).isLessThan(4L * smooth.length / 4);
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {0, 3, 50, 200, bytes.length - 1}) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> Exr.read(file)).isInstanceOf(InputException.class);
    }
  }

  @Test
  void depthPngKeepsItsPromise() throws Exception {
    Path file = folder.resolve("depth.png");
    DepthMap depth = DepthMap.of(3, 2, DEPTH);
    DepthPng.write(file, depth, DepthPng.Scale.KITTI, DepthPng.OutOfRange.REFUSE);
    float[] read = DepthPng.read(file, DepthPng.Scale.KITTI).metres();
    assertThat(read).containsExactly(0.5f, 1.25f, Float.NaN, Float.NaN, 80, 3);
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
        .contains("depth-units-per-metre")
        .contains("256.0");
    assertThatThrownBy(
            () ->
                DepthPng.write(file, depth, DepthPng.Scale.MILLIMETRES, DepthPng.OutOfRange.REFUSE))
        .isInstanceOf(OutputException.class)
        .hasMessageContaining("80.0 m")
        .hasMessageContaining("65.5 m");
    DepthPng.write(file, depth, DepthPng.Scale.MILLIMETRES, DepthPng.OutOfRange.INVALID);
    assertThat(DepthPng.read(file, DepthPng.Scale.MILLIMETRES).metres(1, 1)).isNaN();
    assertThat(DepthPng.read(file, DepthPng.Scale.MILLIMETRES).metres(2, 1)).isEqualTo(3);
    // A pixel at the lens is near, not invalid.
    DepthPng.write(
        file, DepthMap.of(1, 1, new float[] {0}), DepthPng.Scale.KITTI, DepthPng.OutOfRange.REFUSE);
    assertThat(DepthPng.read(file, DepthPng.Scale.KITTI).metres(0, 0)).isEqualTo(1 / 256f);
  }

  @Test
  void normalsNameTheirFrame() throws Exception {
    NormalMap up = NormalMap.of(1, 1, new float[] {0, 0.28f, 0.96f});
    Path file = folder.resolve("n.png");
    NormalPng.write(file, up, NormalFrame.OPENGL);
    assertThat(Images.read(file).image().rgb(0, 0)).isEqualTo(0x80A3FA);
    NormalPng.write(file, up, NormalFrame.OPENCV);
    assertThat(Images.read(file).image().rgb(0, 0)).isEqualTo(0x805C05);
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
        .contains("opencv");
    Exr.write(folder.resolve("n.exr"), up, NormalFrame.OPENCV);
    assertThat(Exr.read(folder.resolve("n.exr")).channels()).containsOnlyKeys("N.X", "N.Y", "N.Z");
  }

  @Test
  void exrThatLiesIsDamaged() throws Exception {
    Path file = folder.resolve("depth.exr");
    float[] smooth = new float[100 * 70];
    for (int i = 0; i < smooth.length; i++) {
      int row = i / 100;
      smooth[i] = 1 + row;
    }
    Exr.write(file, DepthMap.of(100, 70, smooth));
    byte[] whole = Files.readAllBytes(file);
    int table = 0; // of offsets, the first being that of what follows the five
    while (little(whole).getLong(table) != table + 5 * 8) {
      table++;
    }
    int block = table + 5 * 8;
    int attribute = new String(whole, StandardCharsets.ISO_8859_1).indexOf("compression");
    // A stream that wants a dictionary, and one that ends at once.
    assertDamaged(little(whole).put(block + 8, new byte[] {0x78, 0x20, 0, 0, 0, 0}));
    assertDamaged(little(whole).put(block + 8, new byte[] {0x78, (byte) 0x9C, 3, 0, 0, 0, 0, 1}));
    assertDamaged(little(whole).putInt(block, 1000));
    assertDamaged(little(whole).putInt(block, -1));
    assertDamaged(little(whole).putLong(table, 1L << 40));
    assertDamaged(little(whole).putInt(attribute + 24, -28)); // back to where it begins
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void assertDamaged(ByteBuffer bytes) throws Exception {
    byte[] lies = new byte[bytes.capacity()];
    bytes.get(0, lies);
    Path file = Files.write(folder.resolve("lies.exr"), lies);
    assertThatThrownBy(
            () -> assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Exr.read(file)))
        .isInstanceOf(InputException.Damaged.class);
  }
}
