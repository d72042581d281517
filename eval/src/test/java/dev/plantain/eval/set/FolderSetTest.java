package dev.plantain.eval.set;

import static dev.plantain.eval.set.Mini.all;
import static dev.plantain.eval.set.Mini.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.core.Image;
import dev.plantain.eval.Truth;
import dev.plantain.formats.Jpeg;
import dev.plantain.formats.Npy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's own answers: which of them lie on their photos, and which are refused. */
class FolderSetTest {
  private static final int W = 6;
  private static final int H = 4;

  @TempDir Path dir = Path.of("");

  private FolderSet open() throws IOException {
    return new FolderSet(dir, List.of("grass", "road"));
  }

  private List<Truth> truths() throws IOException {
    return all(this::open).getFirst().truths();
  }

  private void photo() throws IOException {
    Mini.photo(dir.resolve("images/a.png"), W, H);
  }

  /** Stored on its side, W × H when upright. */
  private void turnedPhoto() throws IOException {
    byte[] plain = Jpeg.bytes(Image.filled(H, W, 0x336699), 0.9);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(plain, 0, 2);
    out.write(HexFormat.of().parseHex("ffe10022"));
    out.writeBytes("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1));
    // One entry, the orientation, a quarter turn.
    out.write(HexFormat.of().parseHex("00000008000101120003000000010006000000000000"));
    out.write(plain, 2, plain.length - 2);
    Path file = dir.resolve("images/a.jpg");
    Mini.parent(file);
    Files.write(file, out.toByteArray());
  }

  private void grey(String name, int width, int height, int bits) throws IOException {
    Mini.png(dir.resolve(name), width, height, 1, bits, Mini.repeat(1, width * height));
  }

  private void npy(String name, int... shape) throws IOException {
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.fill(values, 1);
    Mini.parent(dir.resolve(name));
    Npy.write(dir.resolve(name), values, shape);
  }

  private static Map<String, Object> image(int id, String name, int width, int height) {
    return Map.of("id", id, "file_name", name, "width", width, "height", height);
  }

  private static Map<String, Object> annotation(int image, int category, int crowd) {
    return Map.of(
        "image_id",
        image,
        "category_id",
        category,
        "iscrowd",
        crowd,
        "segmentation",
        List.of(List.of(0, 0, 2, 0, 2, 2, 0, 2)));
  }

  private void coco(List<Map<String, Object>> images, List<Map<String, Object>> annotations)
      throws IOException {
    Mini.json(
        dir.resolve("annotations.json"),
        Map.of(
            "images",
            images,
            "categories",
            List.of(Map.of("id", 1, "name", "cup"), Map.of("id", 2, "name", "plate")),
            "annotations",
            annotations));
  }

  @Test
  void answersOfThePhotosSizeAreRead() throws IOException {
    photo();
    grey("labels/a.png", W, H, 8);
    grey("edges/a.png", W, H, 8);
    npy("depth/a.npy", 1, H, W);
    npy("normals/a.npy", H, W, 3);
    coco(List.of(image(1, "a.png", W, H)), List.of(annotation(1, 1, 0)));
    assertThat(truths()).hasSize(5);
  }

  @Test
  void asManyValuesInOtherRowsAreRefused() throws IOException {
    photo();
    grey("labels/a.png", H, W, 8);
    refused(this::open, "labels/a.png is 4 x 6, its photo 6 x 4");
    grey("labels/a.png", W, H, 8);
    grey("edges/a.png", H, W, 8);
    refused(this::open, "edges/a.png is 4 x 6, its photo 6 x 4");
    Files.delete(dir.resolve("edges/a.png"));
    grey("depth/a.png", H, W, 16);
    refused(this::open, "depth/a.png is 4 x 6, its photo 6 x 4");
    npy("depth/a.npy", W, H);
    refused(this::open, "depth/a.npy is an array of [6, 4], and [4, 6] fits its photo of 6 x 4");
    npy("depth/a.npy", W * H);
    refused(this::open, "depth/a.npy is an array of [24], and [4, 6] fits");
    npy("depth/a.npy", H, W);
    npy("normals/a.npy", 3, H, W);
    refused(this::open, "normals/a.npy is an array of [3, 4, 6], and [4, 6, 3] fits");
    Files.delete(dir.resolve("normals/a.npy"));
    coco(List.of(image(1, "a.png", H, W)), List.of(annotation(1, 1, 0)));
    refused(this::open, "annotations.json: \"a.png\" is 4 x 6, its photo 6 x 4");
  }

  @Test
  void answersOfAPhotoAsItIsStoredAreToldWhy() throws IOException {
    turnedPhoto();
    grey("labels/a.png", H, W, 8);
    refused(this::open, "labels/a.png is 4 x 6, its photo 6 x 4", "EXIF orientation");
    grey("labels/a.png", W, H, 8);
    npy("depth/a.npy", W, H);
    refused(this::open, "depth/a.npy", "EXIF orientation");
    npy("depth/a.npy", H, W);
    assertThat(truths()).hasSize(2);
  }

  @Test
  void foldersOfPhotosWithDepthRefuseThemToo() throws IOException {
    Mini.photo(dir.resolve("a.png"), W, H);
    npy("a.npy", W, H);
    refused(() -> new DepthFolderSet(dir, DepthFolderSet.Kind.NPY), "a.npy", "[6, 4]", "[4, 6]");
    Mini.photo(dir.resolve("nyu.png"), W, H);
    grey("nyu.depth.png", H, W, 16);
    refused(
        () -> new DepthFolderSet(dir, DepthFolderSet.Kind.NYU),
        "nyu.depth.png is 4 x 6, its photo 6 x 4");
  }

  @Test
  void whatACrowdIsOfIsNotAskedOfItsPhoto() throws IOException {
    photo();
    Mini.photo(dir.resolve("images/b.png"), W, H);
    coco(
        List.of(image(1, "a.png", W, H), image(2, "b.png", W, H)),
        List.of(
            annotation(1, 1, 0), annotation(1, 1, 1), annotation(1, 2, 0), annotation(2, 1, 0)));
    assertThat(all(this::open))
        .extracting(s -> s.truths().stream().map(t -> ((Truth.InstanceTruth) t).phrase()).toList())
        .containsExactly(List.of("plate"), List.of("cup"));
  }

  @Test
  void annotationsAreFoundWhateverFoldersTheyNameAndMissedAloud() throws IOException {
    photo();
    for (String name : List.of("a.png", "images/a.png", "C:\\mine\\a.png")) {
      coco(
          List.of(image(1, name, W, H), image(2, "val/b.png", W, H)), List.of(annotation(1, 1, 0)));
      assertThat(truths()).as(name).hasSize(1);
    }
    // The one without folders is meant.
    coco(
        IntStream.rangeClosed(1, 2)
            .mapToObj(i -> image(i, i == 1 ? "val/a.png" : "a.png", W, H))
            .toList(),
        List.of(annotation(2, 1, 0)));
    assertThat(truths()).hasSize(1);
    coco(List.of(image(1, "val/a.png", W, H), image(2, "train/a.png", W, H)), List.of());
    refused(this::open, "\"val/a.png\" and \"train/a.png\"", "images/a.png");
    grey("labels/a.png", W, H, 8);
    coco(List.of(image(1, "x/b.png", W, H)), List.of(annotation(1, 1, 0)));
    refused(this::open, "none of the pictures", "\"x/b.png\"", "a.png");
  }
}
