package dev.plantain.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plantain.core.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {
  @TempDir Path folder;

  /** Red, green, blue and white quarters, as far as the format keeps them. */
  private static void assertQuarters(Image image, int tolerance) {
    assertThat(image.width()).isEqualTo(24);
    assertThat(image.height()).isEqualTo(16);
    assertNear(image.rgb(3, 3), 0xFF0000, tolerance);
    assertNear(image.rgb(20, 3), 0x00FF00, tolerance);
    assertNear(image.rgb(3, 12), 0x0000FF, tolerance);
    assertNear(image.rgb(20, 12), 0xFFFFFF, tolerance);
  }

  private static void assertNear(int rgb, int expected, int tolerance) {
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(rgb >> shift & 0xFF)
          .as("%06X against %06X", rgb, expected)
          .isCloseTo(expected >> shift & 0xFF, within(tolerance));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rgb.png, PNG, 0",
    "palette.png, PNG, 0",
    "rgb.bmp, BMP, 0",
    "raw.tif, TIFF, 0",
    "lzw.tif, TIFF, 0",
    "lossless.webp, WebP, 0",
    "lossy.webp, WebP, 30",
    "progressive.jpg, JPEG, 12",
    "cmyk.jpg, JPEG, 12",
    "animated.gif, GIF, 8",
    "animated.webp, WebP, 0",
    "pages.tif, TIFF, 0"
  })
  void everyKindIsRead(String name, String format, int tolerance) throws Exception {
    Photo photo = Images.read(Fixtures.file(name));
    assertThat(photo.format()).isEqualTo(format);
    assertQuarters(photo.image(), tolerance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"animated.gif", "animated.webp", "pages.tif"})
  void ofSeveralFramesTheFirstIsUsedAndSaid(String name) throws Exception {
    assertThat(Images.read(Fixtures.file(name)).notes())
        .singleElement()
        .asString()
        .contains("the first is used");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void exifOrientationIsUndone(int orientation) throws Exception {
    Photo photo = Images.read(Fixtures.file("orientation-" + orientation + ".jpg"));
    assertQuarters(photo.image(), 12);
    assertThat(photo.turned()).isEqualTo(orientation >= 5);
    // 28 mm on a 43.27 mm diagonal, this picture's being 28.8 pixels.
    assertThat(photo.camera()).isPresent();
    assertThat(photo.camera().orElseThrow().fx()).isCloseTo(18.666, within(0.01));
    assertThat(photo.camera().orElseThrow().cx()).isEqualTo(12);
    assertThat(photo.camera().orElseThrow().cy()).isEqualTo(8);
  }

  @Test
  void greyIsNotBrightened() throws Exception {
    assertThat(Images.read(Fixtures.file("grey8.png")).image().rgb(5, 5)).isEqualTo(0x808080);
    Image deep = Images.read(Fixtures.file("grey16.png")).image();
    assertThat(deep.rgb(0, 0)).isZero();
    assertThat(deep.rgb(23, 15)).isEqualTo(0xFFFFFF);
    // Value 191 of 383 of a ramp to 65535.
    assertThat(deep.rgb(191 % 24, 191 / 24) & 0xFF).isCloseTo(127, within(1));
    assertNear(Images.read(Fixtures.file("grey.jpg")).image().rgb(3, 3), 0x4C4C4C, 4);
  }

  @Test
  void whatIsTransparentLiesOnWhite() throws Exception {
    Image image = Images.read(Fixtures.file("alpha.png")).image();
    assertThat(image.rgb(3, 3)).isEqualTo(0xFFFFFF);
    assertThat(image.rgb(20, 3)).isEqualTo(0x00FF00);
    assertNear(image.rgb(3, 12), 0x7F7FFF, 1);
  }

  @Test
  void wrongInputIsAOneLineErrorOfItsKind() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.png"));
    Path text = Files.writeString(folder.resolve("Brief an Käthe.jpg"), "Dear Kate, see you!");
    Path pdf = Files.writeString(folder.resolve("x.png"), "%PDF-1.7 and so on");
    byte[] whole = Files.readAllBytes(Fixtures.file("rgb.png"));
    Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, 60));
    byte[] jpeg = Files.readAllBytes(Fixtures.file("progressive.jpg"));
    Path cutJpeg = Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(jpeg, 500));
    assertError(empty, InputException.Damaged.class, "is empty");
    assertError(text, InputException.NotAnImage.class, "looks like text");
    assertError(pdf, InputException.NotAnImage.class, "PDF");
    assertError(cut, InputException.Damaged.class, "damaged or truncated PNG");
    assertError(cutJpeg, InputException.Damaged.class, "truncated JPEG");
    assertError(folder, InputException.NotReadable.class, "directory");
    assertError(folder.resolve("no"), InputException.NotReadable.class, "does not exist");
  }

  private static void assertError(Path file, Class<? extends InputException> kind, String message) {
    assertThatThrownBy(() -> Images.read(file))
        .isInstanceOf(kind)
        .hasMessageContaining(message)
        .hasMessageContaining(file.getFileName().toString())
        .message()
        .doesNotContain("\n");
  }

  @Test
  void anEnormousHeaderIsRefusedBeforeDecoding() throws Exception {
    byte[] bomb = Files.readAllBytes(Fixtures.file("rgb.png"));
    ByteBuffer.wrap(bomb).putInt(16, 60_000).putInt(20, 60_000);
    CRC32 crc = new CRC32();
    crc.update(bomb, 12, 17);
    ByteBuffer.wrap(bomb).putInt(29, (int) crc.getValue());
    Path file = Files.write(folder.resolve("bomb.png"), bomb);
    assertError(file, InputException.TooLarge.class, "60000 x 60000");

    byte[] bmp = Files.readAllBytes(Fixtures.file("rgb.bmp"));
    ByteBuffer.wrap(bmp).putInt(18, Integer.reverseBytes(60_000));
    ByteBuffer.wrap(bmp).putInt(22, Integer.reverseBytes(60_000));
    Path other = Files.write(folder.resolve("bomb.bmp"), bmp);
    assertError(other, InputException.class, "bomb.bmp");
  }

  @Test
  void limitsAreTheCallers() {
    Path file = Fixtures.file("rgb.png");
    assertThatThrownBy(() -> Images.read(file, new Limits(50, 1000)))
        .isInstanceOf(InputException.TooLarge.class);
    assertThatThrownBy(() -> Images.read(file, new Limits(1000, 100)))
        .isInstanceOf(InputException.TooLarge.class);
  }

  @Test
  void picturesRoundTrip() throws Exception {
    Image image = Images.read(Fixtures.file("rgb.png")).image();
    Path png = folder.resolve("a b/ü.png");
    Png.write(png, image);
    assertThat(Images.read(png).image()).isEqualTo(image);
    assertThat(Images.read(Png.bytes(image), "memory", Limits.DEFAULT).image()).isEqualTo(image);
    Path jpeg = folder.resolve("x.jpg");
    Jpeg.write(jpeg, image, 0.95);
    assertQuarters(Images.read(jpeg).image(), 12);
    try (Stream<Path> files = Files.list(png.getParent())) {
      assertThat(files).containsExactly(png);
    }
  }

  @Test
  void whatCannotBeWrittenLeavesNothing() throws Exception {
    Image image = Image.filled(2, 2, 0);
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> Png.write(file.resolve("in-a-file.png"), image))
        .isInstanceOf(OutputException.class);
    assertThatThrownBy(() -> Png.write(folder, image))
        .isInstanceOf(OutputException.class)
        .hasMessageContaining("is a directory");
    Path old = folder.resolve("old.txt");
    Files.writeString(old, "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    old,
                    out -> {
                      out.write(1);
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(OutputException.class)
        .hasMessageContaining("disk full");
    assertThat(old).hasContent("old");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(file, old);
    }
  }

  @Test
  void writtenFilesAreAsOpenToOthersAsAnyFile(@TempDir Path folder) throws IOException {
    assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "needs a file system with POSIX permissions");
    Path plain = Files.writeString(folder.resolve("plain.txt"), "x");
    Path written = folder.resolve("written.txt");
    AtomicFile.write(written, out -> out.write(1));
    assertThat(Files.getPosixFilePermissions(written))
        .isEqualTo(Files.getPosixFilePermissions(plain));
  }

  @Test
  void ofAPngNothingIsInflatedButThePicture() throws Exception {
    byte[] plain = Files.readAllBytes(Fixtures.file("rgb.png"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(plain, 0, 33); // up to the end of IHDR
    // Orientation 6, as in "Exchangeable image file format", big-endian.
    byte[] exif = HexFormat.of().parseHex("4d4d002a00000008000101120003000000010006000000000000");
    out.write(chunk("eXIf", exif));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.write("bomb\0\0".getBytes(StandardCharsets.ISO_8859_1));
    text.write(gigabytes());
    out.write(chunk("zTXt", text.toByteArray()));
    out.write(plain, 33, plain.length - 33);
    Image whole = Images.read(plain, "plain", Limits.DEFAULT).image();
    Image turned = Images.read(out.toByteArray(), "bomb", Limits.DEFAULT).image();
    assertThat(turned.width()).isEqualTo(whole.height());
    assertThat(turned.rgb(whole.height() - 1, 0)).isEqualTo(whole.rgb(0, 0));
  }

  private static byte[] chunk(String type, byte[] data) {
    byte[] all = new byte[12 + data.length];
    ByteBuffer chunk = ByteBuffer.wrap(all).putInt(data.length);
    chunk.put(type.getBytes(StandardCharsets.ISO_8859_1)).put(data);
    CRC32 crc = new CRC32();
    crc.update(all, 4, 4 + data.length);
    chunk.putInt((int) crc.getValue());
    return all;
  }

  /** A small stream that inflates to more than an array holds. */
  private static byte[] gigabytes() {
    Deflater deflater = new Deflater();
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 14];
      int length = 0;
      for (int i = 0; i < 3000; i++) {
        if (i < 2) { // what follows more zeros is always the same
          deflater.setInput(new byte[1 << 20]);
          length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        }
        out.write(buffer, 0, length);
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
