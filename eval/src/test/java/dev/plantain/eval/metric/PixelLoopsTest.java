package dev.plantain.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The Vector API's loops against the plain ones. */
class PixelLoopsTest {
  private static final float[] ODD = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    0,
    -0f,
    -1,
    1e-3f,
    10,
    1e-40f,
    3e38f
  };

  private final PixelLoops plain = new ScalarLoops();
  private final PixelLoops vector = new VectorLoops();

  @Test
  void theVectorTwinIsChosenHere() {
    // The build adds the module; without it this must fail, not pass in silence.
    assertThat(PixelLoops.CHOSEN).isInstanceOf(VectorLoops.class);
  }

  @Property(tries = 300)
  void depthIsCountedAlike(@ForAll long seed, @ForAll @IntRange(max = 1300) int n) {
    Random random = new Random(seed);
    float[] p = new float[n];
    float[] g = new float[n];
    for (int i = 0; i < n; i++) {
      g[i] = random.nextFloat(0.1f, 12);
      p[i] =
          switch (random.nextInt(4)) {
            case 0 -> g[i] * 1.25f; // just on the limit, or next to it
            case 1 -> g[i] / 1.953125f;
            default -> random.nextFloat(0.01f, 30);
          };
      if (random.nextInt(12) == 0) {
        p[i] = ODD[random.nextInt(ODD.length)];
      }
      if (random.nextInt(12) == 0) {
        g[i] = ODD[random.nextInt(ODD.length)];
      }
    }
    double cap = random.nextBoolean() ? 10 : random.nextBoolean() ? 0.1 : Double.POSITIVE_INFINITY;
    DepthSums one = new DepthSums(cap);
    DepthSums other = new DepthSums(cap);
    plain.depth(p, g, n, one);
    vector.depth(p, g, n, other);
    assertThat(new long[] {other.pixels, other.within1, other.within2, other.within3, other.beyond})
        .containsExactly(one.pixels, one.within1, one.within2, one.within3, one.beyond);
    assertSame(other.relative, one.relative, 1e-12);
    assertSame(other.relativeSquare, one.relativeSquare, 1e-12);
    assertSame(other.square, one.square, 1e-12);
    // Each logarithm is within 1e-10, of which there are n; squares by twice the logarithm.
    assertThat(other.logs).isCloseTo(one.logs, within(1e-10 * (n + 1)));
    assertThat(other.absoluteLogs).isCloseTo(one.absoluteLogs, within(1e-10 * (n + 1)));
    assertThat(other.logSquares).isCloseTo(one.logSquares, within(4e-8 * (n + 1)));
  }

  private static void assertSame(double actual, double expected, double relative) {
    assertThat(actual).isCloseTo(expected, within(relative * Math.abs(expected)));
  }

  @Property(tries = 100)
  void logarithmsAndAnglesAreAlike(@ForAll long seed, @ForAll @IntRange(max = 100) int n) {
    Random random = new Random(seed);
    double[] x = random.doubles(n, 1e-6, 1e6).toArray();
    assertSame(x, (loops, v) -> loops.log(v, n), 1e-13);
    assertSame(random.doubles(n, -20, 20).toArray(), (loops, v) -> loops.exp(v, n), 1e-6);
    double[] cosines = random.doubles(n, -1.1, 1.1).toArray();
    for (int i = 0; i < n; i += 3) {
      cosines[i] = Math.cos(random.nextDouble() * 1e-4);
    }
    assertSame(cosines, (loops, v) -> loops.degrees(v, n), 1e-12);
  }

  private interface Loop {
    void run(PixelLoops loops, double[] values);
  }

  private void assertSame(double[] values, Loop loop, double error) {
    double[] one = values.clone();
    double[] other = values.clone();
    loop.run(plain, one);
    loop.run(vector, other);
    for (int i = 0; i < values.length; i++) {
      assertThat(other[i]).as("of %s", values[i]).isCloseTo(one[i], within(error));
    }
  }

  @Property(tries = 200)
  void pairsAreCountedAlike(
      @ForAll long seed,
      @ForAll @IntRange(max = 900) int n,
      @ForAll @IntRange(min = 1, max = 200) int run) {
    Random random = new Random(seed);
    byte[] a = runs(random, n, run);
    byte[] b = runs(random, n, run);
    int[] expected = new int[1 << 16];
    for (int i = 0; i < n; i++) {
      expected[(a[i] & 0xFF) * 256 + (b[i] & 0xFF)]++;
    }
    for (PixelLoops loops : new PixelLoops[] {plain, vector}) {
      int[] counts = new int[1 << 16];
      loops.pairs(a, b, n, counts);
      assertThat(counts).isEqualTo(expected);
    }
  }

  private static byte[] runs(Random random, int n, int most) {
    byte[] labels = new byte[n];
    for (int i = 0; i < n; ) {
      int end = Math.min(n, i + 1 + random.nextInt(most));
      Arrays.fill(labels, i, end, (byte) random.nextInt(256));
      i = end;
    }
    return labels;
  }

  @Property(tries = 300)
  void theMedianIsTheMiddle(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int n) {
    Random random = new Random(seed);
    double[] values =
        random.ints(n, -3, 40).mapToDouble(v -> random.nextBoolean() ? v : v + 0.001).toArray();
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    assertThat(Median.of(values)).isEqualTo((sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
    assertThat(Median.of(new double[0])).isNaN();
  }
}
