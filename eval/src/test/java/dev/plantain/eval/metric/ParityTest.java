package dev.plantain.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.formats.InputException;
import dev.plantain.formats.MaskRuns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.zip.InflaterInputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The public evaluators' figures of generated and awkward cases; tools/metric_fixtures.py asks
 * them.
 */
class ParityTest {
  private static final Offset<Double> SAME = within(1e-6);

  private static JsonNode fixtures = new ObjectMapper().createObjectNode();

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = ParityTest.class.getResourceAsStream("parity.json")) {
      fixtures = new ObjectMapper().readTree(in);
    }
  }

  private static byte[] bytes(JsonNode packed) throws IOException {
    byte[] deflated = Base64.getDecoder().decode(packed.asText());
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      return in.readAllBytes();
    }
  }

  private static float[] floats(JsonNode packed) throws IOException {
    byte[] bytes = bytes(packed);
    float[] floats = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  private static int[] ints(JsonNode packed) throws IOException {
    byte[] bytes = bytes(packed);
    int[] ints = new int[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(ints);
    return ints;
  }

  private static BitSet bits(byte[] mask) {
    BitSet bits = new BitSet(mask.length);
    for (int i = 0; i < mask.length; i++) {
      bits.set(i, mask[i] != 0);
    }
    return bits;
  }

  private static MaskRuns runs(JsonNode rle) throws InputException {
    return MaskRuns.parse(
        rle.get("counts").asText(), rle.get("size").get(1).asInt(), rle.get("size").get(0).asInt());
  }

  private static double value(List<Figure> figures, String name) {
    return figures.stream()
        .filter(f -> f.name().equals(name))
        .mapToDouble(Figure::value)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no figure " + name));
  }

  private static void assertSame(double ours, JsonNode theirs, String what) {
    if (theirs.isNull()) {
      assertThat(ours).as(what).isNaN();
    } else {
      assertThat(ours).as(what).isCloseTo(theirs.asDouble(), SAME);
    }
  }

  @Test
  void segmentationIsThatOfCityscapes() throws IOException {
    JsonNode counted = fixtures.get("segmentation").get("counted");
    boolean[] counts = new boolean[counted.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = counted.get(i).asBoolean();
    }
    for (JsonNode one : fixtures.get("segmentation").get("cases")) {
      ConfusionMatrix matrix = new ConfusionMatrix(counts.length);
      ConfusionMatrix wide = new ConfusionMatrix(counts.length);
      SegmentError error = new SegmentError();
      for (JsonNode pair : one.get("pairs")) {
        byte[] answer = bytes(pair.get(0));
        byte[] truth = bytes(pair.get(1));
        matrix.add(answer, truth);
        wide.add(widen(answer), widen(truth));
        error.add(
            classes(counts),
            labels(answer, counts, -1),
            labels(truth, counts, SegmentError.IGNORE));
      }
      assertSame(matrix.miou(counts), one.get("miou"), "mIoU");
      assertSame(wide.miou(counts), one.get("miou"), "mIoU of integers");
      assertSame(value(error.figures(), "segment.miou"), one.get("miou"), "mIoU by names");
      one.get("classes")
          .properties()
          .forEach(
              e ->
                  assertSame(
                      matrix.iou(Integer.parseInt(e.getKey()), counts), e.getValue(), e.getKey()));
    }
  }

  private static int[] widen(byte[] labels) {
    int[] wide = new int[labels.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = labels[i];
    }
    return wide;
  }

  /** Labels as a legend of those that count has them. */
  private static int[] labels(byte[] ids, boolean[] counts, int others) {
    int[] index = new int[counts.length];
    int next = 0;
    for (int i = 0; i < index.length; i++) {
      index[i] = counts[i] ? next++ : others;
    }
    int[] labels = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      labels[i] = index[ids[i]];
    }
    return labels;
  }

  private static List<String> classes(boolean[] counts) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i]) {
        names.add("label " + i);
      }
    }
    return names;
  }

  @Test
  void masksAreThoseOfPycocotools() throws IOException {
    for (JsonNode one : fixtures.get("masks").get("cases")) {
      int width = one.get("width").asInt();
      int height = one.get("height").asInt();
      List<MaskRuns> masks = new ArrayList<>();
      for (int i = 0; i < one.get("masks").size(); i++) {
        BitSet bits = bits(bytes(one.get("masks").get(i)));
        MaskRuns runs = MaskRuns.of(bits, width, height);
        String counts = one.get("counts").get(i).asText();
        assertThat(runs.text()).isEqualTo(counts);
        assertThat(MaskRuns.parse(counts, width, height)).isEqualTo(runs);
        assertThat(runs.bits()).isEqualTo(bits);
        assertThat(runs.area()).isEqualTo(bits.cardinality());
        masks.add(runs);
      }
      for (int i = 0; i < masks.size(); i++) {
        for (int j = 0; j < masks.size(); j++) {
          boolean crowd = one.get("crowd").get(j).asInt() == 1;
          double iou = crowd ? masks.get(i).within(masks.get(j)) : masks.get(i).iou(masks.get(j));
          assertSame(iou, one.get("iou").get(i).get(j), "IoU of %d and %d".formatted(i, j));
        }
      }
    }
  }

  @Test
  void polygonsAreFilledAsPycocotoolsFillsThem() throws IOException {
    for (JsonNode one : fixtures.get("masks").get("polygons")) {
      double[] xy = new double[one.get("xy").size()];
      for (int i = 0; i < xy.length; i++) {
        xy[i] = one.get("xy").get(i).asDouble();
      }
      int width = one.get("width").asInt();
      int height = one.get("height").asInt();
      MaskRuns theirs = MaskRuns.parse(one.get("counts").asText(), width, height);
      assertThat(MaskRuns.ofPolygons(new double[][] {xy}, width, height).bits())
          .as("%d x %d %s", width, height, one.get("xy"))
          .isEqualTo(theirs.bits());
    }
  }

  @Test
  void conceptsAreCountedAsTheEvaluatorOfSaCoCountsThem() throws IOException {
    for (JsonNode one : fixtures.get("concepts")) {
      InstanceError error = new InstanceError();
      for (JsonNode image : one.get("images")) {
        List<List<BitSet>> annotators = new ArrayList<>();
        for (JsonNode annotator : image.get("annotators")) {
          annotators.add(masks(annotator));
        }
        InstanceError.Tally tally = InstanceError.tally(masks(image.get("answer")), annotators);
        List<List<MaskRuns>> runs = new ArrayList<>();
        for (JsonNode annotator : image.get("annotators")) {
          runs.add(allRuns(annotator));
        }
        assertThat(InstanceError.tallyRuns(allRuns(image.get("answer")), runs))
            .usingRecursiveComparison()
            .isEqualTo(tally);
        error.add(tally);
      }
      List<Figure> figures = error.figures();
      if (figures.stream().anyMatch(f -> f.name().equals("instances.cgf1"))) {
        assertSame(value(figures, "instances.cgf1"), one.get("cgf1"), "cgF1");
        assertSame(value(figures, "instances.il_mcc"), one.get("il_mcc"), "IL_MCC");
      } else { // something is in every image
        assertThat(one.get("cgf1").asDouble()).isZero();
      }
      if (one.get("pmf1").asDouble() > 0) {
        assertSame(value(figures, "instances.pmf1"), one.get("pmf1"), "pmF1");
      }
    }
  }

  private static List<BitSet> masks(JsonNode rles) throws InputException {
    return allRuns(rles).stream().map(MaskRuns::bits).toList();
  }

  private static List<MaskRuns> allRuns(JsonNode rles) throws InputException {
    List<MaskRuns> masks = new ArrayList<>();
    for (JsonNode rle : rles) {
      masks.add(runs(rle));
    }
    return masks;
  }

  @Test
  void precisionIsThatOfCocoeval() throws IOException {
    List<String> names =
        List.of(
            "ap",
            "ap50",
            "ap75",
            "ap_small",
            "ap_medium",
            "ap_large",
            "ar1",
            "ar10",
            "ar100",
            "ar_small",
            "ar_medium",
            "ar_large");
    for (JsonNode one : fixtures.get("detection")) {
      MaskPrecision precision = new MaskPrecision();
      for (int image = 1; image <= one.get("images").asInt(); image++) {
        List<MaskPrecision.Cell> cells = new ArrayList<>();
        for (int category = 1; category <= one.get("categories").asInt(); category++) {
          List<MaskPrecision.Detection> found = new ArrayList<>();
          for (JsonNode a : of(one.get("answers"), image, category)) {
            found.add(
                new MaskPrecision.Detection(
                    runs(a.get("segmentation")), a.get("score").asDouble()));
          }
          List<MaskPrecision.Instance> there = new ArrayList<>();
          for (JsonNode t : of(one.get("truths"), image, category)) {
            there.add(
                new MaskPrecision.Instance(
                    runs(t.get("segmentation")),
                    t.get("area").asDouble(),
                    t.get("iscrowd").asInt() == 1));
          }
          cells.add(MaskPrecision.cell(category, found, there));
        }
        precision.add(new MaskPrecision.Tally(cells));
      }
      List<Figure> figures = precision.figures();
      for (int i = 0; i < names.size(); i++) {
        double theirs = one.get("stats").get(i).asDouble();
        double ours = value(figures, "detection." + names.get(i));
        if (theirs < 0) {
          assertThat(ours).as(names.get(i)).isNaN();
        } else {
          assertThat(ours).as(names.get(i)).isCloseTo(theirs, SAME);
        }
      }
    }
  }

  private static List<JsonNode> of(JsonNode annotations, int image, int category) {
    List<JsonNode> some = new ArrayList<>();
    for (JsonNode a : annotations) {
      if (a.get("image_id").asInt() == image && a.get("category_id").asInt() == category) {
        some.add(a);
      }
    }
    return some;
  }

  @Test
  void panopticQualityIsThatOfPanopticapi() throws IOException {
    for (JsonNode one : fixtures.get("panoptic")) {
      PanopticError error = new PanopticError();
      for (JsonNode image : one.get("images")) {
        error.add(
            PanopticError.tally(
                ints(image.get("answer")),
                segments(image.get("answer_segments")),
                ints(image.get("truth")),
                segments(image.get("truth_segments")),
                Set.of(1, 2, 3)));
      }
      List<Figure> figures = error.figures();
      one.get("figures")
          .properties()
          .forEach(
              e -> assertSame(value(figures, "panoptic." + e.getKey()), e.getValue(), e.getKey()));
    }
  }

  private static List<PanopticError.Segment> segments(JsonNode list) {
    List<PanopticError.Segment> segments = new ArrayList<>();
    for (JsonNode s : list) {
      segments.add(
          new PanopticError.Segment(
              s.get("id").asInt(),
              s.get("category_id").asInt(),
              s.get("area").asLong(),
              s.get("iscrowd").asInt() == 1));
    }
    return segments;
  }

  @Test
  void depthIsThatOfTheFormulas() throws IOException {
    for (JsonNode one : fixtures.get("depth")) {
      String name = one.get("alignment").asText();
      DepthError error = new DepthError(one.get("cap").asDouble(), DepthAlignment.named(name));
      for (JsonNode image : one.get("images")) {
        error.add(floats(image.get(0)), floats(image.get(1)));
      }
      List<Figure> figures = error.figures();
      one.get("figures")
          .properties()
          .forEach(
              e ->
                  assertSame(
                      value(figures, name + "." + e.getKey()),
                      e.getValue(),
                      name + " " + e.getKey()));
    }
  }

  @Test
  void normalsAreThoseOfTheFormulas() throws IOException {
    for (JsonNode one : fixtures.get("normals")) {
      NormalError error = new NormalError();
      for (JsonNode image : one.get("images")) {
        error.add(floats(image.get(0)), floats(image.get(1)));
      }
      List<Figure> figures = error.figures();
      one.get("figures")
          .properties()
          .forEach(
              e -> assertSame(value(figures, "normals." + e.getKey()), e.getValue(), e.getKey()));
    }
  }

  @Test
  void edgesAreThoseOfTheBenchmark() throws IOException {
    JsonNode all = fixtures.get("edges");
    EdgeError error = new EdgeError(EdgeError.THRESHOLDS);
    for (JsonNode image : all.get("images")) {
      byte[] levels = bytes(image.get("answer"));
      float[] probability = new float[levels.length];
      for (int i = 0; i < levels.length; i++) {
        probability[i] = (levels[i] & 0xFF) / 255f;
      }
      List<boolean[]> annotators = new ArrayList<>();
      for (JsonNode truth : image.get("truths")) {
        byte[] on = bytes(truth);
        boolean[] edges = new boolean[on.length];
        for (int i = 0; i < on.length; i++) {
          edges[i] = on[i] != 0;
        }
        annotators.add(edges);
      }
      error.add(probability, annotators, all.get("width").asInt(), all.get("height").asInt());
    }
    List<Figure> figures = error.figures();
    assertThat(value(figures, "edges.ods")).isCloseTo(all.get("ods").asDouble(), within(0.002));
    assertThat(value(figures, "edges.ois")).isCloseTo(all.get("ois").asDouble(), within(0.002));
  }
}
