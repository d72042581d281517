package dev.plantain.eval;

import dev.plantain.core.Image;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.eval.metric.DepthAlignment;
import dev.plantain.eval.metric.MaskPrecision;
import dev.plantain.eval.metric.Tally;
import dev.plantain.formats.MaskRuns;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What it costs to count answers that are in memory: prints milliseconds of an image of 1024 × 1024
 * by kind, on one core, the best of some rounds; before that, the bytes that are kept of an image,
 * by the live heap after 200 and after 2,000 of them.
 */
final class EvaluationSpeed {
  private static final int SIDE = 1024;
  private static final int SMALL_SIDE = 128;
  private static final int ROUNDS = 100;
  private static final int THINGS = 20;

  private final int side;
  private final Random random;
  private final Sample sample;

  private EvaluationSpeed(int side, long seed) {
    this.side = side;
    random = new Random(seed);
    sample = new Sample("one", Image.filled(side, side, 0), List.of());
  }

  /** A kind of question with an answer. */
  private record Case(String name, Truth truth, Object answer) {}

  private List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    float[] metres = floats(side * side, 0.5f, 9.5f);
    DepthMap depth = DepthMap.of(side, side, floats(side * side, 0.5f, 9.5f));
    for (DepthAlignment alignment :
        List.of(
            new DepthAlignment.Metric(),
            new DepthAlignment.MedianScale(),
            new DepthAlignment.ScaleShift(),
            new DepthAlignment.LogScale(),
            new DepthAlignment.LogScaleShift())) {
      cases.add(new Case(alignment.figure(), new Truth.DepthTruth(metres, 10, alignment), depth));
    }
    cases.add(new Case("normals", new Truth.NormalTruth(unit()), NormalMap.of(side, side, unit())));
    List<String> classes = IntStream.range(0, 19).mapToObj(i -> "class " + i).toList();
    List<Integer> rgbs = IntStream.range(0, 19).mapToObj(i -> 1000 * i).toList();
    cases.add(
        new Case(
            "segment",
            new Truth.SegmentTruth(classes, rgbs, OptionalInt.empty(), labels(19)),
            LabelMap.of(side, side, classes, labels(19))));
    cases.add(new Case("refer", new Truth.ReferTruth("it", blob(), false), mask(blob())));
    List<BitSet> things = blobs();
    cases.add(
        new Case(
            "instances, three annotators",
            new Truth.InstanceTruth("it", things, List.of(blobs(), blobs())),
            list(blobs())));
    cases.add(
        new Case(
            "detection",
            new Truth.DetectionTruth(
                "it",
                1,
                things.stream()
                    .map(
                        m ->
                            new MaskPrecision.Instance(
                                MaskRuns.of(m, side, side), m.cardinality(), false))
                    .toList()),
            list(blobs())));
    return cases;
  }

  private Case edges() {
    float[] thin = new float[side * side];
    boolean[] drawn = new boolean[side * side];
    for (BitSet one : blobs()) {
      for (int i = 1; i < side * side; i++) {
        if (one.get(i) != one.get(i - 1)) {
          thin[i] = random.nextFloat();
          drawn[Math.max(0, i - random.nextInt(3))] = true;
        }
      }
    }
    return new Case(
        "edges, matched one to one",
        new Truth.EdgeTruth(List.of(drawn)),
        EdgeMap.of(side, side, thin, thin));
  }

  private Tally tally(Case one) {
    return Scores.tally(sample, one.truth, List.of(one.answer));
  }

  public static void main(String[] args) {
    long sink = 0;
    List<List<Case>> some =
        IntStream.range(0, 8).mapToObj(i -> new EvaluationSpeed(SMALL_SIDE, i).cases()).toList();
    for (int k = 0; k < some.getFirst().size(); k++) {
      int kind = k;
      sink += kept(some.getFirst().get(k).name, i -> some.get(i % some.size()).get(kind));
    }
    EvaluationSpeed large = new EvaluationSpeed(SIDE, 1);
    for (Case one : large.cases()) {
      sink += large.time(one, ROUNDS);
    }
    sink += large.time(large.edges(), 2);
    System.out.printf("(%d)%n", sink & 1);
  }

  private long time(Case one, int rounds) {
    double best = Double.POSITIVE_INFINITY;
    long sink = 0;
    for (int i = 0; i < rounds; i++) {
      long began = System.nanoTime();
      sink += tally(one).hashCode();
      best = Math.min(best, (System.nanoTime() - began) / 1e6);
    }
    System.out.printf("%-30s %8.2f ms%n", one.name, best);
    return sink;
  }

  /** Adds images and looks at the heap. */
  private static long kept(String name, IntFunction<Case> images) {
    List<Tally> done = new ArrayList<>();
    EvaluationSpeed counter = new EvaluationSpeed(SMALL_SIDE, 0);
    long before = 0;
    for (int i = 0; i < 2000; i++) {
      if (i == 200) {
        before = live();
      }
      done.add(counter.tally(images.apply(i)));
    }
    long after = live();
    System.out.printf("%-30s %8.2f KiB kept of an image%n", name, (after - before) / 1800.0 / 1024);
    return done.size();
  }

  private static long live() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private float[] floats(int n, float low, float range) {
    float[] all = new float[n];
    for (int i = 0; i < n; i++) {
      all[i] = low + range * random.nextFloat();
    }
    return all;
  }

  private float[] unit() {
    float[] xyz = new float[3 * side * side];
    for (int i = 0; i < xyz.length; i += 3) {
      double angle = random.nextGaussian() * 0.3;
      xyz[i] = (float) Math.sin(angle);
      xyz[i + 2] = (float) Math.cos(angle);
    }
    return xyz;
  }

  private int[] labels(int classes) {
    int[] labels = new int[side * side];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (i / side / 60 + i % side / 60) % classes;
    }
    return labels;
  }

  private BitSet blob() {
    BitSet bits = new BitSet(side * side);
    int radius = side / 12 + random.nextInt(side / 6);
    int x = random.nextInt(side);
    int y = random.nextInt(side);
    for (int v = Math.max(0, y - radius); v < Math.min(side, y + radius); v++) {
      int half = (int) Math.sqrt((double) radius * radius - (double) (v - y) * (v - y));
      bits.set(v * side + Math.max(0, x - half), v * side + Math.min(side, x + half + 1));
    }
    return bits;
  }

  private List<BitSet> blobs() {
    return IntStream.range(0, THINGS).mapToObj(i -> blob()).toList();
  }

  private Mask mask(BitSet bits) {
    return Mask.of("it", side, side, bits, 1);
  }

  private InstanceList list(List<BitSet> masks) {
    return new InstanceList(
        "it", side, side, masks.stream().map(m -> new Instance(mask(m), 0)).toList(), 1);
  }
}
