package dev.plantain.eval.metric;

import dev.plantain.formats.MaskRuns;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Times of metrics on the inputs that {@code tools/metric_speed.py} wrote and measures its Python
 * peers on: prints a line {@code name milliseconds} for each, all of the inputs, best of forty.
 */
final class MetricSpeed {
  private static final int ROUNDS = 40;

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
    time("rle_iou", masks.length - 1, i -> parse(texts.get(i)).iou(parse(texts.get(i + 1))));
  }

  private static MaskRuns parse(String text) {
    try {
      return MaskRuns.parse(text, 640, 480);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void time(String name, int count, ToDoubleFunction<Integer> one) {
    double best = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      long began = System.nanoTime();
      for (int i = 0; i < count; i++) {
        sink += one.applyAsDouble(i);
      }
      best = Math.min(best, (System.nanoTime() - began) / 1e6);
    }
    System.out.printf("%s %.4f%n", name, best / count);
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
