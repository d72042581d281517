package dev.plantain.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import java.awt.geom.Path2D;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.zip.ZipFile;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasksTest {
  @TempDir Path folder;

  private static BitSet blobs(int width, int height, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BitSet bits = new BitSet();
    double share = random.nextDouble();
    for (int i = 0; i < width * height; i++) {
      int left = i % width > 0 && bits.get(i - 1) ? 1 : 0;
      bits.set(i, random.nextDouble() < 0.6 * share + 0.35 * left);
    }
    return bits;
  }

  @Property(tries = 300)
  void runLengthsRoundTrip(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll long seed)
      throws Exception {
    BitSet bits = blobs(width, height, seed);
    assertThat(CocoRle.decode(CocoRle.encode(bits, width, height), width, height)).isEqualTo(bits);
    assertThat(CocoRle.decode(MaskRuns.of(bits, width, height).runs(), width, height))
        .isEqualTo(bits);
  }

  /** Empty, full, single pixels, a column and its neighbour, random ones, and one of them twice. */
  private static List<BitSet> hardMasks(int width, int height, SplittableRandom random) {
    List<BitSet> masks = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      masks.add(new BitSet());
    }
    int size = width * height;
    int column = random.nextInt(width);
    masks.get(1).set(0, size);
    masks.get(2).set(random.nextInt(size));
    masks.get(3).set(0);
    masks.get(4).set(size - 1);
    for (int y = 0; y < height; y++) {
      masks.get(5).set(y * width + column);
      masks.get(6).set(y * width + (column + 1) % width);
    }
    masks.get(7).or(blobs(width, height, random.nextLong()));
    masks.get(8).or(blobs(width, height, random.nextLong()));
    masks.get(8).clear(0, random.nextInt(size));
    masks.add(masks.get(random.nextInt(masks.size())));
    return masks;
  }

  @Property(tries = 300)
  void overlapsAreThoseOfBits(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 300) int height,
      @ForAll long seed)
      throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<BitSet> bits = hardMasks(width, height, random);
    List<MaskRuns> masks = new ArrayList<>();
    for (BitSet one : bits) {
      masks.add(MaskRuns.of(one, width, height));
    }
    bits.add(bits.get(1));
    masks.add(MaskRuns.of(new int[] {0, 0, 0, width * height, 0}, width, height));
    bits.add(bits.get(0));
    masks.add(MaskRuns.of(new int[] {0, 0, width * height}, width, height));
    int some = random.nextInt(masks.size());
    long[][] both = MaskOverlaps.intersections(masks, masks.subList(some, masks.size()));
    double[][] ious = MaskOverlaps.ious(masks, masks.subList(some, masks.size()));
    for (int i = 0; i < masks.size(); i++) {
      for (int j = some; j < masks.size(); j++) {
        BitSet common = (BitSet) bits.get(i).clone();
        common.and(bits.get(j));
        BitSet all = (BitSet) bits.get(i).clone();
        all.or(bits.get(j));
        double iou = all.isEmpty() ? 0 : common.cardinality() / (double) all.cardinality();
        assertThat(both[i][j - some]).isEqualTo(common.cardinality());
        assertThat(masks.get(i).intersection(masks.get(j))).isEqualTo(common.cardinality());
        assertThat(ious[i][j - some]).isEqualTo(iou);
        assertThat(masks.get(i).iou(masks.get(j))).isEqualTo(iou);
      }
    }
  }

  @Test
  void largeMasksAreComparedAndReadAsSmallOnesAre() throws Exception {
    int width = 2100;
    int height = 2000;
    MaskRuns full = MaskRuns.of(new int[] {0, width * height}, width, height);
    MaskRuns ragged = MaskRuns.of(blobs(width, height, 1), width, height);
    assertThat(MaskRuns.parse(ragged.text(), width, height)).isEqualTo(ragged);
    assertThat(MaskOverlaps.intersections(List.of(full, ragged), List.of(ragged, full)))
        .isDeepEqualTo(
            new long[][] {
              {ragged.area(), full.area()},
              {ragged.area(), ragged.area()}
            });
  }

  @Test
  void masksOfOtherSizesAreRefused() {
    List<MaskRuns> small = List.of(MaskRuns.of(new BitSet(), 4, 4));
    List<MaskRuns> mixed = List.of(small.getFirst(), MaskRuns.of(new BitSet(), 4, 5));
    assertThat(MaskOverlaps.ious(small, List.of())).isDeepEqualTo(new double[1][0]);
    assertThat(MaskOverlaps.ious(List.of(), small)).isEmpty();
    assertThatThrownBy(() -> MaskOverlaps.ious(small, mixed))
        .hasMessageContaining("do not compare");
    assertThatThrownBy(() -> MaskOverlaps.ious(mixed, small))
        .hasMessageContaining("do not compare");
  }

  @Property(tries = 300)
  void runsOfAnyLengthAreTextAndBack(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0) Integer> runs) throws Exception {
    int[] lengths = runs.stream().mapToInt(Integer::intValue).toArray();
    assertThat(CocoRle.runs(CocoRle.text(lengths))).containsExactly(lengths);
  }

  @Test
  void runLengthsAreThoseOfPycocotools() throws Exception {
    JsonNode ring = Json.MAPPER.readTree(Fixtures.file("ring.json").toFile());
    int height = ring.path("size").get(0).asInt();
    int width = ring.path("size").get(1).asInt();
    BitSet bits = new BitSet();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        bits.set(y * width + x, ring.path("rows").get(y).asText().charAt(x) == '#');
      }
    }
    assertThat(CocoRle.encode(bits, width, height)).isEqualTo(ring.path("counts").asText());
    assertThat(CocoRle.decode(ring.path("counts").asText(), width, height)).isEqualTo(bits);
  }

  @Test
  void brokenRunLengthsAreRefused() {
    for (String text : List.of("", "~~~", "o", "0oooooooooooooooooooo", "5", "123")) {
      assertThatThrownBy(() -> CocoRle.decode(text, 10, 10)).isInstanceOf(InputException.class);
    }
  }

  @Property(tries = 200)
  void filledOutlinesAreTheMask(
      @ForAll @IntRange(min = 1, max = 24) int width,
      @ForAll @IntRange(min = 1, max = 24) int height,
      @ForAll long seed) {
    BitSet bits = blobs(width, height, seed);
    if (bits.isEmpty()) {
      return;
    }
    Path2D outlines = new Path2D.Double(Path2D.WIND_NON_ZERO);
    for (Outlines.Outline outline : Outlines.of(bits, width, height)) {
      append(outlines, outline.points());
    }
    assertThat(filled(outlines, width, height)).isEqualTo(bits);
    Path2D joined = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    append(joined, Yolo.polygon(Mask.of("x", width, height, bits, 1)));
    assertThat(filled(joined, width, height)).isEqualTo(bits);
  }

  private static void append(Path2D path, List<int[]> points) {
    path.moveTo(points.getFirst()[0], points.getFirst()[1]);
    points.forEach(p -> path.lineTo(p[0], p[1]));
    path.closePath();
  }

  private static BitSet filled(Path2D path, int width, int height) {
    BitSet bits = new BitSet();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        bits.set(y * width + x, path.contains(x + 0.5, y + 0.5));
      }
    }
    return bits;
  }

  private static InstanceList cups() {
    BitSet one = new BitSet();
    one.set(0, 35);
    one.clear(12);
    BitSet two = new BitSet();
    two.set(60);
    two.set(99);
    return new InstanceList(
        "cup",
        10,
        10,
        List.of(
            new Instance(Mask.of("cup", 10, 10, one, 0.9f), 0xFF0000),
            new Instance(Mask.of("cup", 10, 10, two, 0.5f), 0x00FF00)),
        0.7f);
  }

  @Test
  void cocoRoundTrips() throws Exception {
    Path file = folder.resolve("coco.json");
    LabelledImage image = LabelledImage.of("Küche 1.jpg", cups());
    Coco.write(file, List.of("plate", "cup"), List.of(image));
    assertThat(Coco.read(file)).containsExactly(image);
    JsonNode annotation = Json.MAPPER.readTree(file.toFile()).path("annotations").get(1);
    assertThat(annotation.path("category_id").asInt()).isEqualTo(2);
    assertThat(annotation.path("area").asInt()).isEqualTo(2);
    assertThat(annotation.path("bbox").toString()).isEqualTo("[0,6,10,4]");
    assertThat(annotation.path("segmentation").path("size").toString()).isEqualTo("[10,10]");
    assertThatThrownBy(() -> Coco.write(file, List.of("plate"), List.of(image)))
        .hasMessageContaining("none of [plate]");
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> Coco.read(file)).isInstanceOf(InputException.Damaged.class);
    Files.writeString(file, "no json");
    assertThatThrownBy(() -> Coco.read(file)).isInstanceOf(InputException.Damaged.class);
  }

  @Test
  void aCrowdIsNoMaskAndItsClassIsSaid() throws Exception {
    Path file = folder.resolve("coco.json");
    LabelledImage image = LabelledImage.of("a.jpg", cups());
    Coco.write(file, List.of("plate", "cup"), List.of(image));
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"iscrowd\" ?: ?0", "\"iscrowd\":1"));
    assertThat(Coco.read(file).getFirst().masks())
        .containsExactlyElementsOf(image.masks().subList(1, 2));
    assertThat(Coco.annotated(file).getFirst().crowded()).containsExactly("cup");
  }

  @Test
  void cvatGetsItsZip() throws Exception {
    Path file = folder.resolve("cvat.zip");
    Cvat.write(file, List.of("cup"), List.of(LabelledImage.of("a.jpg", cups())));
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream in = zip.getInputStream(zip.getEntry("annotations/instances_default.json"))) {
      assertThat(Json.MAPPER.readTree(in).path("annotations")).hasSize(2);
    }
  }

  @Test
  void yoloHasALineForEachMask() throws Exception {
    Path file = folder.resolve("a.txt");
    Yolo.write(file, List.of("plate", "cup"), LabelledImage.of("a.jpg", cups()));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2).allMatch(line -> line.matches("1( [01]\\.\\d{6})+"));
    assertThat(lines.get(0).split(" ").length % 2).isEqualTo(1);
  }

  @Test
  void labelStudioMasksUnpackAsItUnpacksThem() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      BitSet bits = blobs(60, 50, seed);
      assertThat(unpack(LabelStudio.rle(bits, 3000))).isEqualTo(bits);
    }
    BitSet large = new BitSet();
    large.set(100, 300_000);
    assertThat(unpack(LabelStudio.rle(large, 400_000))).isEqualTo(large);
    Path file = folder.resolve("ls.json");
    LabelStudio.write(file, "sprout 1", List.of(LabelledImage.of("/data/a.jpg", cups())));
    JsonNode task = Json.MAPPER.readTree(file.toFile()).get(0);
    JsonNode prediction = task.path("predictions").get(0);
    assertThat(task.path("data").path("image").asText()).isEqualTo("/data/a.jpg");
    assertThat(prediction.path("model_version").asText()).isEqualTo("sprout 1");
    assertThat(prediction.path("result")).hasSize(2);
    assertThat(prediction.path("result").get(0).path("value").path("brushlabels").get(0).asText())
        .isEqualTo("cup");
  }

  /**
   * As thi.ng/rle-pack's decode reads it, from its description; alpha tells inside from outside.
   */
  private static BitSet unpack(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append(Integer.toBinaryString((b & 0xFF) | 0x100), 1, 9);
    }
    int[] at = {0};
    IntUnaryOperator read =
        n -> {
          int value = Integer.parseUnsignedInt(text.substring(at[0], at[0] + n), 2);
          at[0] += n;
          return value;
        };
    int count = read.applyAsInt(32);
    int word = read.applyAsInt(5) + 1;
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sizes.add(read.applyAsInt(4) + 1);
    }
    BitSet bits = new BitSet();
    for (int i = 0; i < count; ) {
      boolean run = read.applyAsInt(1) == 1;
      int length = read.applyAsInt(sizes.get(read.applyAsInt(2))) + 1;
      int value = run ? read.applyAsInt(word) : 0;
      for (int k = 0; k < length; k++, i++) {
        int v = run ? value : read.applyAsInt(word);
        if (i % 4 == 3 && v > 0) {
          bits.set(i / 4);
        }
      }
    }
    return bits;
  }

  @Test
  void maskPngsRoundTrip() throws Exception {
    Path file = folder.resolve("m.png");
    int[] labels = {0, 1, 2, LabelMap.BACKGROUND, LabelMap.UNASSIGNED, 0};
    LabelMap map = LabelMap.of(3, 2, List.of("sofa", "椅子", "Tür"), labels);
    MaskPng.write(file, map);
    assertThat(MaskPng.read(file, map.classes())).isEqualTo(map);
    MaskPng.write(file, cups());
    assertThat(MaskPng.read(file, List.of("1", "2")).label(0, 6)).isEqualTo(1);
    MaskPng.write(file, cups().get(0).mask());
    assertThat(MaskPng.read(file, List.of("cup")).mask(0).bits())
        .isEqualTo(cups().get(0).mask().bits());
  }
}
