package dev.plantain.jmh;

import dev.plantain.codec.DepthCodec;
import dev.plantain.codec.InstanceCodec;
import java.util.Arrays;
import java.util.Random;

/**
 * Times the depth codec on one 1920×1080 picture, and the instance decoders on a 1024² drawing of
 * 30 instances, on one thread, and prints {@code name milliseconds} lines: the best of many rounds.
 * {@code tools/codec_speed.py} runs it beside hilbertmap, with and without the Vector API.
 */
public final class CodecSpeed {
  private static final int PIXELS = 1920 * 1080;
  private static final int ROUNDS = 60;

  private CodecSpeed() {}

  public static void main(String[] args) {
    float[] metres = new float[PIXELS];
    Random random = new Random(1);
    for (int i = 0; i < PIXELS; i++) {
      metres[i] = (float) Math.pow(10, 3 * random.nextDouble() - 1);
    }
    float[] rgb = new float[3 * PIXELS];
    float[] copy = new float[3 * PIXELS];
    byte[] rgb8 = new byte[3 * PIXELS];
    byte[] copy8 = new byte[3 * PIXELS];
    float[] decoded = new float[PIXELS];
    float[] confidence = new float[PIXELS];
    DepthCodec codec = DepthCodec.paper();
    codec.encode(metres, rgb);
    codec.encode(metres, rgb8);
    time("copy-float-rgb", () -> System.arraycopy(rgb, 0, copy, 0, rgb.length));
    time("copy-rgb8", () -> System.arraycopy(rgb8, 0, copy8, 0, rgb8.length));
    time("encode-float", () -> codec.encode(metres, copy));
    time("encode-8bit", () -> codec.encode(metres, copy8));
    time("decode-float", () -> codec.decode(rgb, decoded, null));
    time("decode-float-confidence", () -> codec.decode(rgb, decoded, confidence));
    time("decode-8bit", () -> codec.decode(rgb8, decoded, null));
    time("decode-8bit-confidence", () -> codec.decode(rgb8, decoded, confidence));
    // Colours anywhere in the cube: branches that a drawing makes predictable are not, here.
    random.nextBytes(rgb8);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextFloat();
    }
    time("decode-float-any-colour", () -> codec.decode(rgb, decoded, null));
    time("decode-8bit-any-colour", () -> codec.decode(rgb8, decoded, null));
    byte[] drawing = InstanceScene.drawing();
    int side = InstanceScene.SIDE;
    InstanceCodec clusters = InstanceCodec.clusters(0);
    InstanceCodec paper = InstanceCodec.paper(0);
    if (clusters.decode(drawing, side, side).instances().size() != InstanceScene.INSTANCES) {
      throw new IllegalStateException("the drawing of instances did not read back");
    }
    time("instances-default", () -> clusters.decode(drawing, side, side));
    time("instances-paper", () -> paper.decode(drawing, side, side));
    if (Double.isNaN(Arrays.stream(new double[] {decoded[0], copy[0], copy8[0]}).sum())) {
      throw new IllegalStateException("the codec read NaN out of a valid drawing");
    }
  }

  private static void time(String name, Runnable work) {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      work.run();
      best = Math.min(best, System.nanoTime() - start);
    }
    System.out.printf("%s %.3f%n", name, best / 1e6);
  }
}
