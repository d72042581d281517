package dev.plantain.jmh;

import dev.plantain.codec.DepthCodec;
import dev.plantain.codec.InstanceCodec;
import dev.plantain.codec.InstanceMap;
import dev.plantain.codec.Legend;
import dev.plantain.codec.LegendMixture;
import dev.plantain.codec.NormalCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Codecs on one picture, milliseconds per picture; depth and legend 1920×1080. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class CodecBenchmark {
  private static final int PIXELS = 1920 * 1080;

  /** Whether colours lie on the walk, as in a drawing, or anywhere. */
  @Param({"drawing", "anywhere"})
  public String colours = "drawing";

  private final DepthCodec depth = DepthCodec.paper();
  private final InstanceCodec clusters = InstanceCodec.clusters(0);
  private final InstanceCodec paperClusters = InstanceCodec.paper(0);
  private final Legend legend =
      Legend.of(0xff0000, 0x00ff00, 0x0000ff, 0xffff00, 0x00ffff, 0xff00ff, 0x808080);
  private final List<byte[]> soft = new ArrayList<>();
  private final LegendMixture mixture = new LegendMixture(SoftDrawings.LEGENDS);
  private final float[] metres = new float[PIXELS];
  private final float[] confidence = new float[PIXELS];
  private final float[] rgb = new float[3 * PIXELS];
  private final byte[] rgb8 = new byte[3 * PIXELS];
  private final int[] labels = new int[PIXELS];
  private byte[] drawing = new byte[0];

  /** Fills the pictures. */
  @Setup
  public void fill() {
    Random random = new Random(1);
    for (int i = 0; i < PIXELS; i++) {
      metres[i] = (float) Math.pow(10, 3 * random.nextDouble() - 1);
    }
    depth.encode(metres, rgb8);
    depth.encode(metres, rgb);
    if (colours.equals("anywhere")) {
      random.nextBytes(rgb8);
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = random.nextFloat();
      }
    }
    drawing = InstanceScene.drawing();
    soft.addAll(SoftDrawings.of(PIXELS, random));
  }

  @Benchmark
  public byte[] encodeDepth8bit() {
    depth.encode(metres, rgb8);
    return rgb8;
  }

  @Benchmark
  public float[] encodeDepthFloat() {
    depth.encode(metres, rgb);
    return rgb;
  }

  @Benchmark
  public float[] decodeDepth8bit() {
    depth.decode(rgb8, metres, null);
    return metres;
  }

  @Benchmark
  public float[] decodeDepthFloat() {
    depth.decode(rgb, metres, confidence);
    return metres;
  }

  @Benchmark
  public float[] decodeDepthDrawing() {
    depth.decode(rgb8, 1920, 1080, metres, confidence);
    return metres;
  }

  @Benchmark
  public float[] decodeNormals8bit() {
    NormalCodec.paper().decode(rgb8, rgb, confidence);
    return rgb;
  }

  @Benchmark
  public int[] decodeLegend() {
    legend.decode(rgb8, labels, confidence);
    return labels;
  }

  /** Four drawings together. */
  @Benchmark
  public int[] decodeMixture() {
    mixture.decode(soft, labels, confidence);
    return labels;
  }

  /** The same four one after the other. */
  @Benchmark
  public int[] decodeEachOfMixture() {
    for (int d = 0; d < soft.size(); d++) {
      SoftDrawings.LEGENDS.get(d).decode(soft.get(d), labels, confidence);
    }
    return labels;
  }

  @Benchmark
  public InstanceMap decodeInstances() {
    return clusters.decode(drawing, InstanceScene.SIDE, InstanceScene.SIDE);
  }

  @Benchmark
  public InstanceMap decodeInstancesAsThePaper() {
    return paperClusters.decode(drawing, InstanceScene.SIDE, InstanceScene.SIDE);
  }
}
