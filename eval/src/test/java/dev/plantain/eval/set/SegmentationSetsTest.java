package dev.plantain.eval.set;

import static dev.plantain.eval.set.Mini.all;
import static dev.plantain.eval.set.Mini.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.eval.metric.SegmentError;
import dev.plantain.formats.MaskRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Miniatures of the segmentation benchmarks, and how they are refused when they are broken. */
@ExtendWith(TenWays.class)
class SegmentationSetsTest {
  private static final int W = 8;
  private static final int H = 6;

  @TempDir Path dir = Path.of("");

  private static String rle(int... pixels) {
    BitSet bits = new BitSet();
    for (int p : pixels) {
      bits.set(p);
    }
    return MaskRuns.of(bits, W, H).text();
  }

  // Cityscapes

  private Path cityscapes() throws IOException {
    Mini.photo(dir.resolve("leftImg8bit/val/ulm/ulm_000000_000019_leftImg8bit.png"), W, H);
    int[] ids = Mini.repeat(7, W * H);
    ids[1] = 33;
    ids[2] = 0;
    ids[3] = 255;
    Mini.png(labels(), W, H, 1, 8, ids);
    return dir;
  }

  private Path labels() {
    return dir.resolve("gtFine/val/ulm/ulm_000000_000019_gtFine_labelIds.png");
  }

  @Test
  void cityscapesIsRead() throws IOException {
    Path root = cityscapes();
    Sample sample = all(() -> CityscapesSet.open(root, "val")).getFirst();
    assertThat(sample.id()).isEqualTo("ulm_000000_000019");
    Truth.SegmentTruth truth = (Truth.SegmentTruth) sample.truths().getFirst();
    assertThat(truth.classes()).hasSize(19).contains("road", "bicycle");
    assertThat(truth.labels()).startsWith(0, 18, SegmentError.IGNORE, SegmentError.IGNORE, 0);
  }

  @Test
  void brokenCityscapesIsRefused() throws IOException {
    Path root = cityscapes();
    refused(() -> CityscapesSet.open(root, "test"), "not a folder");
    refused(() -> CityscapesSet.open(root.resolve("elsewhere"), "val"), "not a folder");
    Mini.png(labels(), W, H, 1, 8, Mini.repeat(34, W * H));
    refused(() -> CityscapesSet.open(root, "val"), "label 34", "labelIds");
    Mini.png(labels(), W, H + 1, 1, 8, Mini.repeat(7, W * (H + 1)));
    refused(() -> CityscapesSet.open(root, "val"), "8 x 7", "8 x 6");
    Mini.png(labels(), W, H, 1, 16, Mini.repeat(7, W * H));
    refused(() -> CityscapesSet.open(root, "val"), "16 bits");
    Mini.png(labels(), W, H, 3, 8, Mini.repeat(7, 3 * W * H));
    refused(() -> CityscapesSet.open(root, "val"), "3 channels");
    Files.write(labels(), new byte[] {1, 2, 3});
    refused(() -> CityscapesSet.open(root, "val"), "no PNG");
    Mini.png(labels(), W, H, 1, 8, Mini.repeat(7, W * H));
    byte[] whole = Files.readAllBytes(labels());
    Files.write(labels(), Arrays.copyOf(whole, whole.length / 2));
    refused(() -> CityscapesSet.open(root, "val"), "truncated");
    Files.delete(labels());
    refused(() -> CityscapesSet.open(root, "val"), "labelIds.png is missing");
    Files.write(dir.resolve("leftImg8bit/val/ulm/ulm_000000_000019_leftImg8bit.png"), new byte[0]);
    Mini.png(labels(), W, H, 1, 8, Mini.repeat(7, W * H));
    refused(() -> CityscapesSet.open(root, "val"), "is empty");
  }

  // SA-Co

  private static Map<String, Object> pair(Object id, Object exhaustive) {
    return Map.of(
        "id",
        id,
        "file_name",
        "a.jpg",
        "text_input",
        "a cup",
        "width",
        W,
        "height",
        H,
        "is_instance_exhaustive",
        exhaustive);
  }

  private static Map<String, Object> mark(Object pair, int crowd, String counts) {
    return Map.of(
        "id",
        1,
        "image_id",
        pair,
        "category_id",
        1,
        "iscrowd",
        crowd,
        "area",
        0.1,
        "segmentation",
        Map.of("size", List.of(H, W), "counts", counts));
  }

  private Path annotator(String which) {
    return dir.resolve("gold_attributes_merged_%s_release_test.json".formatted(which));
  }

  private void saCo() throws IOException {
    Mini.photo(dir.resolve("metaclip-images/a.jpg"), W, H);
    List<Map<String, Object>> pairs = List.of(pair(1, true), pair(2, 1), pair(3, true));
    Mini.json(
        annotator("a"),
        Map.of("images", pairs, "annotations", List.of(mark(1, 0, rle(3, 4)), mark(1, 1, rle(9)))));
    Mini.json(
        annotator("b"),
        Map.of(
            "images",
            List.of(pair(1, true), pair(2, true), pair(3, false)),
            "annotations",
            List.of(mark(1, 0, rle(3)), mark(1, 0, rle(10)))));
    Mini.json(annotator("c"), Map.of("images", pairs, "annotations", List.of()));
  }

  @Test
  void saCoIsRead() throws IOException {
    saCo();
    List<Sample> samples = all(() -> SaCoSet.open(dir, "attributes"));
    // Pair 3 is not exhaustive for annotator b; pair 2 has nothing, which is a question, too.
    assertThat(samples).extracting(Sample::id).containsExactly("1", "2");
    Truth.InstanceTruth one = (Truth.InstanceTruth) samples.getFirst().truths().getFirst();
    assertThat(one.phrase()).isEqualTo("a cup");
    assertThat(one.annotators()).extracting(List::size).containsExactly(1, 2, 0);
    assertThat(one.instances().getFirst().stream()).containsExactly(3, 4);
  }

  @Test
  void saCoIsReadWithIdsOfText() throws IOException {
    Mini.photo(dir.resolve("metaclip-images/a.jpg"), W, H);
    for (String which : List.of("a", "b", "c")) {
      Mini.json(
          annotator(which),
          Map.of(
              "images",
              List.of(pair("sa_1", true), pair("sa_2", true)),
              "annotations",
              List.of(mark("sa_2", 0, rle(3)))));
    }
    List<Sample> samples = all(() -> SaCoSet.open(dir, "attributes"));
    assertThat(samples).extracting(Sample::id).containsExactly("sa_1", "sa_2");
    Truth.InstanceTruth two = (Truth.InstanceTruth) samples.get(1).truths().getFirst();
    assertThat(two.annotators()).extracting(List::size).containsExactly(1, 1, 1);
  }

  @Test
  void brokenSaCoIsRefused() throws IOException {
    saCo();
    refused(() -> SaCoSet.open(dir, "cups"), "no subset", "attributes");
    refused(() -> SaCoSet.open(dir, "crowded"), "gold_crowded_merged_a", "missing");
    Mini.json(annotator("c"), Map.of("images", List.of()));
    refused(() -> SaCoSet.open(dir, "attributes"), "no list \"annotations\"");
    Mini.text(annotator("c"), "{\"images\": [");
    refused(() -> SaCoSet.open(dir, "attributes"), "no JSON");
    Mini.json(
        annotator("c"),
        Map.of("images", List.of(pair(1, true), pair(1, true)), "annotations", List.of()));
    refused(() -> SaCoSet.open(dir, "attributes"), "pair 1 twice");
    Mini.json(
        annotator("c"), Map.of("images", List.of(), "annotations", List.of(mark(9, 0, rle(1)))));
    refused(() -> SaCoSet.open(dir, "attributes"), "pair 9");
    Mini.json(annotator("c"), Map.of("images", List.of(pair(1.5, true)), "annotations", List.of()));
    refused(() -> SaCoSet.open(dir, "attributes"), "without \"id\"");
    Mini.json(
        annotator("c"),
        Map.of("images", List.of(pair(1, true)), "annotations", List.of(mark(1, 0, "zz"))));
    refused(() -> SaCoSet.open(dir, "attributes"), "COCO mask");
    saCo();
    Mini.json(
        annotator("a"),
        Map.of(
            "images",
            List.of(Map.of("id", 1, "is_instance_exhaustive", true)),
            "annotations",
            List.of()));
    refused(() -> SaCoSet.open(dir, "attributes"), "without \"file_name\"");
    Mini.json(annotator("a"), Map.of("images", List.of(pair(1, false)), "annotations", List.of()));
    refused(() -> SaCoSet.open(dir, "attributes"), "exhaustively");
    saCo();
    Mini.photo(dir.resolve("metaclip-images/a.jpg"), W + 1, H);
    refused(() -> SaCoSet.open(dir, "attributes"), "9 x 6");
    Files.delete(dir.resolve("metaclip-images/a.jpg"));
    refused(() -> SaCoSet.open(dir, "attributes"), "a.jpg is missing");
  }

  // RefCOCO

  private static final Map<String, Object> REF =
      Map.of(
          "ref_id",
          5,
          "ann_id",
          7,
          "image_id",
          3,
          "split",
          "val",
          "file_name",
          "wrong_7.jpg",
          "sentences",
          List.of(
              Map.of("sent_id", 1, "sent", "the left cup"), Map.of("sent_id", 2, "sent", "cup")));

  private Path refFile() {
    return dir.resolve("refcocog/refs(umd).json");
  }

  private Path instances() {
    return dir.resolve("refcocog/instances.json");
  }

  private void refCoco(Object segmentation) throws IOException {
    Mini.photo(dir.resolve("images/mscoco/images/train2014/a.jpg"), W, H);
    Mini.json(
        instances(),
        Map.of(
            "images",
            List.of(Map.of("id", 3, "file_name", "a.jpg", "width", W, "height", H)),
            "categories",
            List.of(Map.of("id", 47, "name", "cup")),
            "annotations",
            List.of(
                Map.of("id", 7, "image_id", 3, "category_id", 47, "segmentation", segmentation))));
    Mini.json(refFile(), List.of(REF));
  }

  private static final List<List<Double>> SQUARE = List.of(List.of(1., 1., 4., 1., 4., 4., 1., 4.));

  @Test
  void refCocoIsReadSentenceBySentence() throws IOException {
    refCoco(SQUARE);
    List<Sample> samples = all(() -> RefCocoSet.open(dir, "refcocog", "umd", "val"));
    assertThat(samples).extracting(Sample::id).containsExactly("5-1", "5-2");
    Truth.ReferTruth truth = (Truth.ReferTruth) samples.getFirst().truths().getFirst();
    assertThat(truth.phrase()).isEqualTo("the left cup");
    assertThat(truth.inside().cardinality()).isEqualTo(9);
  }

  @Test
  void refCocoIsReadFromPickles() throws IOException {
    refCoco(SQUARE);
    Files.delete(refFile());
    // Python 2: pickle.dumps([{...}], 0) and protocol 2, by hand.
    String zero =
        "(lp0\n(dp1\nS'ref_id'\np2\nI5\nsS'ann_id'\np3\nI7\nsS'image_id'\nI3\nsS'split'\nS'val'\n"
            + "sS'sentences'\n(lp4\n(dS'sent_id'\nL1L\nsS'sent'\nVthe caf\\u00e9 cup\nsasa.";
    Mini.text(dir.resolve("refcocog/refs(umd).p"), zero);
    List<Sample> samples = all(() -> RefCocoSet.open(dir, "refcocog", "umd", "val"));
    assertThat(((Truth.ReferTruth) samples.getFirst().truths().getFirst()).phrase())
        .isEqualTo("the café cup");
    byte[] two =
        ("\u0080\u0002]q\u0000}q\u0001(U\u0006ref_idK\u0005U\u0006ann_idM\u0007\u0000U\u0008image_idJ\u0003\u0000\u0000\u0000"
             + "U\u0005splitX\u0003\u0000\u0000\u0000valU\u0009sentences]}(U\u0007sent_id\u008a\u0001\u0001U\u0004sentU\u0003cupuaua.")
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(dir.resolve("refcocog/refs(umd).p"), two);
    assertThat(all(() -> RefCocoSet.open(dir, "refcocog", "umd", "val"))).hasSize(1);
  }

  @Test
  void brokenRefCocoIsRefused() throws IOException {
    refCoco(SQUARE);
    Mini.Opening opening = () -> RefCocoSet.open(dir, "refcocog", "umd", "val");
    refused(() -> RefCocoSet.open(dir, "refcocog", "google", "val"), "refs(google).p", "missing");
    refused(() -> RefCocoSet.open(dir, "refcocog", "umd", "testA"), "no references of split testA");
    Mini.json(refFile(), Map.of("a", 1));
    refused(opening, "no list of references");
    Mini.json(refFile(), List.of(Map.of("split", "val", "ann_id", 8, "image_id", 3)));
    refused(opening, "annotation 8");
    Mini.json(refFile(), List.of(Map.of("split", "val", "ann_id", 7, "image_id", 4)));
    refused(opening, "another picture");
    Mini.json(refFile(), List.of(Map.of("split", "val", "ann_id", 7, "image_id", 3)));
    refused(opening, "no list \"sentences\"");
    Mini.json(refFile(), List.of(Map.of("ann_id", 7)));
    refused(opening, "without \"split\"");
    refCoco(List.of(List.of(1., 2., 3.)));
    refused(opening, "neither polygons nor run lengths");
    refCoco(Map.of("size", List.of(H, W + 1), "counts", rle(1)));
    refused(opening, "9 x 6");
    refCoco(SQUARE);
    Mini.photo(dir.resolve("images/mscoco/images/train2014/a.jpg"), W, H + 2);
    refused(opening, "8 x 8");
    Files.delete(dir.resolve("images/mscoco/images/train2014/a.jpg"));
    refused(opening, "a.jpg is missing");
    Files.delete(refFile());
    Mini.text(dir.resolve("refcocog/refs(umd).p"), "cos\nsystem\n(S'true'\ntR.");
    refused(opening, "nothing in it is run");
    Mini.text(dir.resolve("refcocog/refs(umd).p"), "(lp0\n");
    refused(opening, "damaged");
  }

  // ReasonSeg

  private Path reasonSeg(String json) throws IOException {
    Mini.photo(dir.resolve("ReasonSeg/val/1.jpg"), 20, 10);
    Mini.text(dir.resolve("ReasonSeg/val/1.json"), json);
    return dir;
  }

  @Test
  void reasonSegIsPaintedFromLargeToSmall() throws IOException {
    Path root =
        reasonSeg(
            """
            {"text": ["what holds tea?", "x"], "is_sentence": true, "shapes": [
              {"label": "ignore this", "points": [[6.7, 3], [8, 3], [8, 5], [6, 5]]},
              {"label": "target", "points": [[2, 1], [12, 1], [12, 8], [2, 8]]},
              {"label": "flag", "points": [[0, 0], [19, 0], [19, 9]]}]}
            """);
    Sample sample = all(() -> ReasonSegSet.open(root, "val")).getFirst();
    Truth.ReferTruth truth = (Truth.ReferTruth) sample.truths().getFirst();
    assertThat(truth.phrase()).isEqualTo("what holds tea?");
    assertThat(truth.ignored().cardinality()).isEqualTo(9);
    assertThat(truth.inside().cardinality()).isEqualTo(11 * 8 - 9);
    Files.write(
        root.resolve("ReasonSeg/val/1.json"),
        "{\"text\": [\"the caf\u00e9\"], \"shapes\": []}".getBytes(StandardCharsets.ISO_8859_1));
    sample = all(() -> ReasonSegSet.open(root, "val")).getFirst();
    assertThat(((Truth.ReferTruth) sample.truths().getFirst()).phrase()).isEqualTo("the café");
  }

  @Test
  void brokenReasonSegIsRefused() throws IOException {
    reasonSeg("{}");
    Mini.Opening opening = () -> ReasonSegSet.open(dir, "val");
    refused(opening, "no list \"text\"");
    reasonSeg("{\"text\": []}");
    refused(opening, "asks nothing");
    reasonSeg("{\"text\": [\"q\"]}");
    refused(opening, "no list \"shapes\"");
    reasonSeg("{\"text\": [\"q\"], \"shapes\": [{\"points\": []}]}");
    refused(opening, "without \"label\"");
    reasonSeg("{\"text\": [\"q\"], \"shapes\": [{\"label\": \"target\"}]}");
    refused(opening, "no list \"points\"");
    reasonSeg("{\"text\": [\"q\"], \"shapes\": [{\"label\": \"target\", \"points\": [[1]]}]}");
    refused(opening, "not two numbers");
    reasonSeg("{\"text\"");
    refused(opening, "no JSON");
    refused(() -> ReasonSegSet.open(dir, "test"), "missing");
    Files.delete(dir.resolve("ReasonSeg/val/1.json"));
    refused(opening, "1.json is missing");
    Files.delete(dir.resolve("ReasonSeg/val/1.jpg"));
    refused(opening, "holds no *.jpg");
  }

  // COCO

  private void coco(int area) throws IOException {
    Mini.photo(dir.resolve("val2017/a.jpg"), W, H);
    Mini.json(
        dir.resolve("annotations/instances_val2017.json"),
        Map.of(
            "images",
            List.of(Map.of("id", 3, "file_name", "a.jpg", "width", W, "height", H)),
            "categories",
            List.of(Map.of("id", 1, "name", "person"), Map.of("id", 90, "name", "toothbrush")),
            "annotations",
            List.of(
                Map.of(
                    "id",
                    7,
                    "image_id",
                    3,
                    "category_id",
                    90,
                    "segmentation",
                    SQUARE,
                    "area",
                    area,
                    "iscrowd",
                    0),
                Map.of(
                    "id",
                    8,
                    "image_id",
                    3,
                    "category_id",
                    90,
                    "iscrowd",
                    1,
                    "area",
                    3,
                    "segmentation",
                    Map.of("size", List.of(H, W), "counts", List.of(0, 3, W * H - 3))))));
  }

  @Test
  void cocoAsksForWhatIsThereOrForAll() throws IOException {
    coco(9);
    Sample sample = all(() -> CocoSets.instances(dir, "val2017", false)).getFirst();
    Truth.DetectionTruth truth = (Truth.DetectionTruth) sample.truths().getFirst();
    assertThat(sample.truths()).hasSize(1);
    assertThat(truth.phrase()).isEqualTo("toothbrush");
    assertThat(truth.instances()).hasSize(2);
    assertThat(truth.instances().get(1).crowd()).isTrue();
    assertThat(truth.instances().get(1).mask().area()).isEqualTo(3);
    assertThat(all(() -> CocoSets.instances(dir, "val2017", true)).getFirst().truths()).hasSize(2);
  }

  @Test
  void cocoObjectHasThingsAndBackground() throws IOException {
    coco(9);
    int[] map = Mini.repeat(255, W * H);
    map[0] = 0;
    map[1] = 89;
    map[2] = 100;
    Mini.png(dir.resolve("stuffthingmaps/val2017/a.png"), W, H, 1, 8, map);
    Sample sample = all(() -> CocoSets.objects(dir, "val2017")).getFirst();
    assertThat(((Truth.SegmentTruth) sample.truths().getFirst()).labels()).startsWith(0, 1, -1, -1);
  }

  @Test
  void brokenCocoObjectIsRefused() throws IOException {
    Mini.Opening opening = () -> CocoSets.objects(dir, "val2017");
    refused(opening, "instances_val2017.json is missing");
    coco(9);
    refused(opening, "stuffthingmaps", "missing");
    Path map = dir.resolve("stuffthingmaps/val2017/a.png");
    Mini.parent(map);
    refused(opening, "holds no *.png");
    Mini.png(map, W, H + 1, 1, 8, Mini.repeat(0, W * (H + 1)));
    refused(opening, "8 x 7", "8 x 6");
    Mini.png(map, W, H, 3, 8, Mini.repeat(0, 3 * W * H));
    refused(opening, "3 channels");
    Mini.png(map, W, H, 1, 16, Mini.repeat(0, W * H));
    refused(opening, "16 bits");
    Mini.png(map, W, H, 1, 8, Mini.repeat(0, W * H));
    Mini.truncate(map);
    refused(opening, "truncated");
    Mini.png(map, W, H, 1, 8, Mini.repeat(0, W * H));
    Path file = dir.resolve("annotations/instances_val2017.json");
    String good = Files.readString(file);
    Files.writeString(file, good.replaceAll("\"id\":90\\b", "\"id\":0"));
    refused(opening, "category 0");
    Files.writeString(file, good.replace("\"name\":\"person\"", "\"nom\":\"person\""));
    refused(opening, "without \"name\"");
    Files.writeString(
        file, "{\"categories\":[{\"id\":1,\"name\":\"a\"},{\"id\":1,\"name\":\"b\"}]}");
    refused(opening, "category 1 twice");
    Files.writeString(file, "{\"categories\":[]}");
    refused(opening, "lists no categories");
    Mini.truncate(file);
    refused(opening, "no JSON");
    Files.writeString(file, good);
    Mini.spoil(dir.resolve("val2017/a.jpg"));
    refused(opening, "a.jpg");
    Files.delete(dir.resolve("val2017/a.jpg"));
    refused(opening, "a.jpg is missing");
  }

  @Test
  void brokenCocoIsRefused() throws IOException {
    coco(9);
    Path file = dir.resolve("annotations/instances_val2017.json");
    Mini.Opening opening = () -> CocoSets.instances(dir, "val2017", false);
    refused(
        () -> CocoSets.instances(dir, "train2017", false), "instances_train2017.json", "missing");
    String good = Files.readString(file);
    for (String[] change :
        new String[][] {
          {"\"image_id\":3", "\"image_id\":4", "not listed"},
          {"\"category_id\":90", "\"category_id\":91", "category that is not listed"},
          {"\"id\":8", "\"id\":7", "annotation 7 twice"},
          {"\"width\":8", "\"width\":0", "width of 0"},
          {"\"width\":8", "\"width\":9", "9 x 6"},
          {"\"file_name\":\"a.jpg\"", "\"file_name\":\"b.jpg\"", "b.jpg is missing"},
          {"\"file_name\":\"a.jpg\"", "\"file_name\":\"../a.jpg\"", "outside the set"},
          {"\"images\"", "\"pictures\"", "no list \"images\""},
          {"\"name\":\"person\"", "\"name\":\"\"", "without \"name\""},
          {"\"counts\":[0", "\"counts\":[5", "pixels"},
          {"\"images\"", "images", "no JSON"}
        }) {
      assertThat(good).contains(change[0]);
      Files.writeString(file, good.replace(change[0], change[1]));
      refused(opening, change[2]);
    }
    String picture = good.replaceAll(".*\"images\":\\[(\\{[^}]*}).*", "$1");
    Files.writeString(file, good.replace(picture, picture + "," + picture));
    refused(opening, "picture 3 twice");
    String person = good.replaceAll(".*\"categories\":\\[(\\{[^}]*}).*", "$1");
    Files.writeString(file, good.replace(person, person + "," + person));
    refused(opening, "twice", "category");
  }

  // Panoptic

  private void panoptic(int pixel, int segment, int category) throws IOException {
    Mini.photo(dir.resolve("val2017/a.jpg"), W, H);
    int[] rgb = new int[3 * W * H];
    rgb[0] = pixel % 256;
    rgb[1] = pixel / 256;
    Mini.png(dir.resolve("annotations/panoptic_val2017/a.png"), W, H, 3, 8, rgb);
    Mini.json(
        dir.resolve("annotations/panoptic_val2017.json"),
        Map.of(
            "categories",
            List.of(
                Map.of("id", 1, "name", "person", "isthing", 1),
                Map.of("id", 200, "name", "sky-other-merged", "isthing", 0)),
            "annotations",
            List.of(
                Map.of(
                    "image_id",
                    1,
                    "file_name",
                    "a.png",
                    "segments_info",
                    List.of(
                        Map.of(
                            "id", segment, "category_id", category, "area", 1, "iscrowd", 0))))));
  }

  @Test
  void panopticIsRead() throws IOException {
    panoptic(515, 515, 200);
    Sample sample = all(() -> CocoPanopticSet.open(dir, "val2017")).getFirst();
    Truth.PanopticTruth truth = (Truth.PanopticTruth) sample.truths().getFirst();
    assertThat(truth.ids()).startsWith(515, 0);
    assertThat(truth.names()).containsEntry(200, "sky");
    assertThat(truth.things()).containsExactly(1);
  }

  @Test
  void brokenPanopticIsRefused() throws IOException {
    Mini.Opening opening = () -> CocoPanopticSet.open(dir, "val2017");
    panoptic(515, 516, 1);
    refused(opening, "segment 516 has no pixels");
    panoptic(515, 515, 3);
    refused(opening, "category that is not listed");
    panoptic(515, 515, 1);
    Path file = dir.resolve("annotations/panoptic_val2017.json");
    String good = Files.readString(file);
    Files.writeString(file, good.replaceAll("\"segments_info\":\\[.*?]", "\"segments_info\":[]"));
    refused(opening, "a.png has pixels of segment 515");
    String segment = good.replaceAll(".*\"segments_info\":\\[(.*?)].*", "$1");
    Files.writeString(file, good.replace(segment, segment + "," + segment));
    refused(opening, "segment 515 of a.png twice");
    Files.writeString(file, good.replace("\"id\":200", "\"id\":1"));
    refused(opening, "category 1 twice");
    Files.writeString(file, good.replace("\"a.png\"", "\"../panoptic_val2017/../x.png\""));
    refused(opening, "outside the set");
    Files.writeString(file, good.replace("\"area\"", "\"size\""));
    refused(opening, "whole number \"area\"");
    Mini.truncate(file);
    refused(opening, "no JSON");
    Files.writeString(file, good);
    Mini.truncate(dir.resolve("annotations/panoptic_val2017/a.png"));
    refused(opening, "a.png", "truncated");
    panoptic(515, 515, 1);
    Mini.photo(dir.resolve("val2017/a.jpg"), W, 2 * H);
    refused(opening, "8 x 12");
    Files.delete(dir.resolve("val2017/a.jpg"));
    refused(opening, "a.jpg is missing");
    panoptic(515, 515, 1);
    Mini.png(dir.resolve("annotations/panoptic_val2017/a.png"), W, H, 1, 8, Mini.repeat(1, W * H));
    refused(opening, "1 channels");
    Files.delete(dir.resolve("annotations/panoptic_val2017/a.png"));
    refused(opening, "a.png is missing");
    Mini.json(
        dir.resolve("annotations/panoptic_val2017.json"),
        Map.of("categories", List.of(), "annotations", List.of()));
    refused(opening, "lists no pictures");
    Mini.json(dir.resolve("annotations/panoptic_val2017.json"), List.of());
    refused(opening, "no list \"categories\"");
  }
}
