package dev.plantain.eval.set;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.core.Image;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.formats.Jpeg;
import dev.plantain.formats.Png;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Small files in the formats of benchmarks. */
final class Mini {
  static final ObjectMapper JSON = new ObjectMapper();

  private Mini() {}

  /** A photo, PNG or JPEG by its name. */
  static void photo(Path file, int width, int height) throws IOException {
    Image image = Image.filled(width, height, 0x336699);
    parent(file);
    if (file.toString().endsWith(".png")) {
      Png.write(file, image);
    } else {
      Files.write(file, Jpeg.bytes(image, 0.9));
    }
  }

  /** A PNG of 8 or 16 bits with 1 or 3 channels. */
  static void png(Path file, int width, int height, int bands, int bits, int... values)
      throws IOException {
    int type = bits == 8 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT;
    ColorSpace space = ColorSpace.getInstance(bands == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
    ComponentColorModel model =
        new ComponentColorModel(space, false, false, Transparency.OPAQUE, type);
    WritableRaster raster = Raster.createInterleavedRaster(type, width, height, bands, null);
    raster.setPixels(0, 0, width, height, values);
    parent(file);
    ImageIO.write(new BufferedImage(model, raster, false, null), "png", file.toFile());
  }

  static void json(Path file, Object content) throws IOException {
    parent(file);
    JSON.writeValue(file.toFile(), content);
  }

  static void text(Path file, String content) throws IOException {
    parent(file);
    Files.writeString(file, content);
  }

  static void parent(Path file) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
  }

  /** Opens a benchmark. */
  @FunctionalInterface
  interface Opening {
    EvalSet open() throws IOException;
  }

  /** Opens and reads all. */
  static List<Sample> all(Opening opening) throws IOException {
    try (Stream<Sample> samples = opening.open().samples()) {
      return samples.toList();
    }
  }

  /** What was said of damage in this test; {@link TenWays} counts them. */
  static final Set<String> REFUSALS = new HashSet<>();

  /** Reading fails with one line that has these words. */
  static void refused(Opening opening, String... words) {
    assertThatThrownBy(() -> all(opening))
        .isInstanceOfAny(IOException.class, UncheckedIOException.class)
        .message()
        .contains(words)
        .doesNotContain("\n", "Exception")
        .satisfies(REFUSALS::add);
  }

  /** Leaves the first half of a file. */
  static void truncate(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
  }

  /** Makes a file one that is of its format by its first bytes only. */
  static void spoil(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, Math.min(12, bytes.length), bytes.length, (byte) 0x5A);
    Files.write(file, bytes);
  }

  static int[] repeat(int value, int times) {
    int[] all = new int[times];
    Arrays.fill(all, value);
    return all;
  }
}
