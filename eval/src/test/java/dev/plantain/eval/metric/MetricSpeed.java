package dev.plantain.eval.metric;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.formats.MaskRuns;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Times of metrics on the inputs that {@code tools/metric_speed.py} wrote and measures its Python
 * peers on: prints a line {@code name milliseconds} for each, the mean of its inputs, each at its
 * best of many rounds.
 */
final class MetricSpeed {
  private static final int ROUNDS = 40;

  /**
   * Of all pairs of image and phrase, 300 of them: fewer in all than a set such as SA-Co/Gold has,
   * and enough for the compiler.
   */
  private static final int CONCEPT_ROUNDS = 200;

  /** Keeps results alive. */
  @SuppressWarnings("UnusedVariable") // written so that no work is left out
  private static double sink;

  private MetricSpeed() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    byte[][] labels = parts(folder.resolve("labels.bin"), 2048 * 1024);
    time(
        "confusion",
        labels.length / 2,
        i -> {
          ConfusionMatrix matrix = new ConfusionMatrix(34);
          matrix.add(labels[2 * i], labels[2 * i + 1]);
          return matrix.count(7, 7);
        });
    float[][] depths = floats(parts(folder.resolve("depths.bin"), 4 * 640 * 480));
    time(
        "depth",
        depths.length / 2,
        i ->
            DepthError.tally(depths[2 * i], depths[2 * i + 1], 10, new DepthAlignment.Metric())
                .absRel());
    byte[][] masks = parts(folder.resolve("masks.bin"), 640 * 480);
    List<BitSet> bits = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (byte[] mask : masks) {
      BitSet one = new BitSet(mask.length);
      for (int i = 0; i < mask.length; i++) {
        one.set(i, mask[i] != 0);
      }
      bits.add(one);
      texts.add(MaskRuns.of(one, 640, 480).text());
    }
    time("rle_encode", masks.length, i -> MaskRuns.of(bits.get(i), 640, 480).text().length());
    time("rle_decode", masks.length, i -> parse(texts.get(i)).bits().length());
    concepts(folder);
    time("rle_iou", masks.length - 1, i -> parse(texts.get(i)).iou(parse(texts.get(i + 1))));
  }

  /**
   * What the public evaluator does: the answers' file is read and all pairs are counted; the
   * truth's has been read before. Its masks are still text.
   */
  private static void concepts(Path folder) throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    ObjectMapper mapper =
        new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    List<Map<Integer, List<String>>> annotators = new ArrayList<>();
    Set<Integer> ids = new TreeSet<>();
    for (int a = 0; a < 3; a++) {
      JsonNode truth = mapper.readTree(folder.resolve("gold_%d.json".formatted(a)).toFile());
      truth.get("images").forEach(image -> ids.add(image.get("id").asInt()));
      annotators.add(texts(mapper.treeToValue(truth.get("annotations"), Annotation[].class)));
    }
    double best = Double.POSITIVE_INFINITY;
    double figure = 0;
    for (int round = 0; round < CONCEPT_ROUNDS; round++) {
      // A round takes so long that it is not left alone, so the processor's time counts, as in
      // Python.
      long began = threads.getCurrentThreadCpuTime();
      Map<Integer, List<String>> answers =
          texts(mapper.readValue(folder.resolve("answers.json").toFile(), Annotation[].class));
      InstanceError error = new InstanceError();
      for (int id : ids) {
        error.add(
            InstanceError.tallyRuns(
                masks(answers, id), annotators.stream().map(a -> masks(a, id)).toList()));
      }
      figure = error.cgF1();
      best = Math.min(best, (threads.getCurrentThreadCpuTime() - began) / 1e6);
    }
    System.out.printf("cgf1 %.4f%ncgf1_figure %.9f%n", best / ids.size(), figure);
  }

  /** What counts of an annotation. */
  private record Annotation(@JsonProperty("image_id") int image, Segmentation segmentation) {}

  private record Segmentation(String counts) {}

  private static Map<Integer, List<String>> texts(Annotation... annotations) {
    Map<Integer, List<String>> byImage = new HashMap<>();
    for (Annotation one : annotations) {
      byImage.computeIfAbsent(one.image, k -> new ArrayList<>()).add(one.segmentation.counts);
    }
    return byImage;
  }

  private static List<MaskRuns> masks(Map<Integer, List<String>> texts, int id) {
    return texts.getOrDefault(id, List.of()).stream().map(MetricSpeed::parse).toList();
  }

  private static MaskRuns parse(String text) {
    try {
      return MaskRuns.parse(text, 640, 480);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void time(String name, int count, ToDoubleFunction<Integer> one) {
    double[] best = new double[count];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < count; i++) {
        long began = System.nanoTime();
        sink += one.applyAsDouble(i);
        best[i] = Math.min(best[i], (System.nanoTime() - began) / 1e6);
      }
    }
    System.out.printf("%s %.4f%n", name, Arrays.stream(best).average().orElseThrow());
  }

  private static byte[][] parts(Path file, int size) throws IOException {
    byte[] all = Files.readAllBytes(file);
    byte[][] parts = new byte[all.length / size][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Arrays.copyOfRange(all, i * size, (i + 1) * size);
    }
    return parts;
  }

  private static float[][] floats(byte[][] parts) {
    float[][] floats = new float[parts.length][parts[0].length / 4];
    for (int i = 0; i < parts.length; i++) {
      ByteBuffer.wrap(parts[i]).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats[i]);
    }
    return floats;
  }
}
