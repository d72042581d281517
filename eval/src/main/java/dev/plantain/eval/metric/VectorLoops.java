package dev.plantain.eval.metric;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PixelLoops} by the Vector API. Counts are those of {@link ScalarLoops}; each logarithm of
 * a depth's ratio is within 1e-10 of its.
 */
final class VectorLoops implements PixelLoops {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = D.length();
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  private static final VectorSpecies<Byte> B = ByteVector.SPECIES_PREFERRED;

  /** Ends of runs that are noted before they are counted. */
  private static final int CHUNK = 2048;

  /** Ends noted in one step, whether there are as many or not. */
  private static final int NOTED = 8;

  /** Pixels of which intermediate values, a few arrays, fit the first-level cache. */
  private static final int BLOCK = 512;

  private static final int FRACTION_BITS = 52;

  /** Added to a small whole number as bits, gives the double {@code 1.5 * 2^52 + number}. */
  private static final double MAGIC = 0x1.8p52;

  private static final long MAGIC_BITS = Double.doubleToRawLongBits(MAGIC);
  private static final double PER_RADIAN = 180 / Math.PI;
  private static final double LOG_2 = Math.log(2);

  private final ScalarLoops rest = new ScalarLoops();

  /** Narrow vectors of doubles gain nothing. */
  static boolean isWorthwhile() {
    return LANES >= 4;
  }

  // Loops of their own for what one could do: a longer one is not compiled as a whole.

  @Override
  public void depth(float[] p, float[] g, int n, DepthSums sums) {
    int bound = F.loopBound(n);
    float[] answers = new float[BLOCK];
    float[] truths = new float[BLOCK];
    double[] wideAnswers = new double[BLOCK];
    double[] wideTruths = new double[BLOCK];
    for (int start = 0; start < bound; start += BLOCK) {
      int count = Math.min(BLOCK, bound - start);
      clip(p, g, start, answers, truths, count, sums);
      within(answers, truths, count, sums);
      for (int i = 0; i < count; i++) {
        wideAnswers[i] = answers[i];
        wideTruths[i] = truths[i];
      }
      errors(wideAnswers, wideTruths, count, sums);
    }
    rest.depth(Arrays.copyOfRange(p, bound, n), Arrays.copyOfRange(g, bound, n), n - bound, sums);
  }

  /** What does not count becomes a pixel without error, and is taken off {@code within}. */
  private static void clip(
      float[] p, float[] g, int start, float[] answers, float[] truths, int n, DepthSums sums) {
    FloatVector one = FloatVector.broadcast(F, 1);
    FloatVector least = FloatVector.broadcast(F, DepthSums.LEAST_METRES);
    FloatVector farthest = FloatVector.broadcast(F, sums.farthestAnswer);
    int pixels = 0;
    int beyond = 0;
    for (int i = 0; i < n; i += F.length()) {
      FloatVector truth = FloatVector.fromArray(F, g, start + i);
      FloatVector answer = FloatVector.fromArray(F, p, start + i);
      VectorMask<Float> valid =
          truth
              .compare(VectorOperators.GT, 0)
              .and(truth.compare(VectorOperators.LE, sums.farthestTruth));
      pixels += valid.trueCount();
      VectorMask<Float> over = answer.compare(VectorOperators.GT, farthest);
      beyond += over.and(valid).trueCount();
      answer = least.blend(answer, answer.compare(VectorOperators.GE, least));
      answer = answer.blend(farthest, over);
      one.blend(answer, valid).intoArray(answers, i);
      one.blend(truth, valid).intoArray(truths, i);
    }
    sums.pixels += pixels;
    sums.beyond += beyond;
    sums.within1 += pixels - n;
    sums.within2 += pixels - n;
    sums.within3 += pixels - n;
  }

  private static void within(float[] answers, float[] truths, int n, DepthSums sums) {
    int within1 = 0;
    int within2 = 0;
    int within3 = 0;
    for (int i = 0; i < n; i += F.length()) {
      IntVector answer = FloatVector.fromArray(F, answers, i).reinterpretAsInts();
      IntVector truth = FloatVector.fromArray(F, truths, i).reinterpretAsInts();
      // Positive floats are in the order of their bits, whose maximum takes one step.
      FloatVector greater = answer.max(truth).reinterpretAsFloats().neg();
      FloatVector lesser = answer.min(truth).reinterpretAsFloats();
      // Rounded once, the sign of the difference is exact.
      within1 +=
          lesser
              .fma(FloatVector.broadcast(F, 1.25f), greater)
              .compare(VectorOperators.GT, 0)
              .trueCount();
      within2 +=
          lesser
              .fma(FloatVector.broadcast(F, 1.5625f), greater)
              .compare(VectorOperators.GT, 0)
              .trueCount();
      within3 +=
          lesser
              .fma(FloatVector.broadcast(F, 1.953125f), greater)
              .compare(VectorOperators.GT, 0)
              .trueCount();
    }
    sums.within1 += within1;
    sums.within2 += within2;
    sums.within3 += within3;
  }

  @Override
  public void errors(double[] p, double[] g, int n, DepthSums sums) {
    int bound = D.loopBound(n);
    distances(p, g, bound, sums);
    logs(p, g, bound, sums);
    rest.errors(Arrays.copyOfRange(p, bound, n), Arrays.copyOfRange(g, bound, n), n - bound, sums);
  }

  private static void distances(double[] answers, double[] truths, int n, DepthSums sums) {
    DoubleVector relative = DoubleVector.zero(D);
    DoubleVector relativeSquare = DoubleVector.zero(D);
    DoubleVector square = DoubleVector.zero(D);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector truth = DoubleVector.fromArray(D, truths, i);
      DoubleVector difference = DoubleVector.fromArray(D, answers, i).sub(truth);
      DoubleVector ratio = difference.div(truth);
      relative = relative.add(ratio.abs());
      relativeSquare = ratio.fma(difference, relativeSquare);
      square = difference.fma(difference, square);
    }
    sums.relative += relative.reduceLanes(VectorOperators.ADD);
    sums.relativeSquare += relativeSquare.reduceLanes(VectorOperators.ADD);
    sums.square += square.reduceLanes(VectorOperators.ADD);
  }

  /**
   * The logarithm of a ratio is that of its exponent and, the answer brought to ½ to 2 times the
   * truth, {@code 2 artanh(s)} where s is difference by sum: s times a polynomial of s², at most
   * 1/9, that is right at its Chebyshev nodes.
   */
  private static void logs(double[] answers, double[] truths, int n, DepthSums sums) {
    DoubleVector logs = DoubleVector.zero(D);
    DoubleVector absoluteLogs = DoubleVector.zero(D);
    DoubleVector logSquares = DoubleVector.zero(D);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector truth = DoubleVector.fromArray(D, truths, i);
      LongVector bits = DoubleVector.fromArray(D, answers, i).reinterpretAsLongs();
      LongVector exponent =
          bits.lanewise(VectorOperators.LSHR, FRACTION_BITS)
              .sub(truth.reinterpretAsLongs().lanewise(VectorOperators.LSHR, FRACTION_BITS));
      DoubleVector near =
          bits.sub(exponent.lanewise(VectorOperators.LSHL, FRACTION_BITS)).reinterpretAsDoubles();
      DoubleVector s = near.sub(truth).div(near.add(truth));
      DoubleVector s2 = s.mul(s);
      DoubleVector s4 = s2.mul(s2);
      DoubleVector low = s2.mul(0.6666667902642613).add(1.9999999998090063);
      DoubleVector middle = s2.mul(0.2862020740253531).add(0.3999871124722874);
      DoubleVector high = s2.mul(0.24393908028972283).add(0.21398560542114947);
      DoubleVector artanh = high.fma(s4, middle).fma(s4, low).mul(s);
      DoubleVector whole = exponent.add(MAGIC_BITS).reinterpretAsDoubles().sub(MAGIC);
      DoubleVector log = whole.mul(LOG_2).add(artanh);
      logs = logs.add(log);
      absoluteLogs = absoluteLogs.add(log.abs());
      logSquares = log.fma(log, logSquares);
    }
    sums.logs += logs.reduceLanes(VectorOperators.ADD);
    sums.absoluteLogs += absoluteLogs.reduceLanes(VectorOperators.ADD);
    sums.logSquares += logSquares.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void pairs(byte[] first, byte[] second, int n, int[] counts) {
    // Runs of equal pairs are counted at their ends. Whether a pixel ends one is not foreseeable:
    // ends are noted first, without a jump that hangs on it, then gone through.
    int[] ends = new int[CHUNK + NOTED];
    int bound = n - B.length();
    int start = 0;
    int i = 1;
    while (i <= bound) {
      int noted = 0;
      for (; i <= bound && noted <= CHUNK - B.length(); i += B.length()) {
        noted = note(changes(first, i) | changes(second, i), i, ends, noted);
      }
      start = count(first, second, ends, noted, start, counts);
    }
    for (; i < n; i++) {
      counts[PixelLoops.pair(first[start], second[start])] += i - start;
      start = i;
    }
    if (n > 0) {
      counts[PixelLoops.pair(first[start], second[start])] += n - start;
    }
  }

  /** A bit for each pixel of a vector that differs from the one before. */
  private static long changes(byte[] labels, int i) {
    return ByteVector.fromArray(B, labels, i)
        .compare(VectorOperators.NE, ByteVector.fromArray(B, labels, i - 1))
        .toLong();
  }

  private static int note(long changes, int i, int[] ends, int noted) {
    int after = noted + Long.bitCount(changes);
    // What is beyond the bits is overwritten later.
    for (int k = noted; k < after; k += NOTED) {
      for (int j = 0; j < NOTED; j++) {
        ends[k + j] = i + Long.numberOfTrailingZeros(changes);
        changes &= changes - 1;
      }
    }
    return after;
  }

  private static int count(
      byte[] first, byte[] second, int[] ends, int n, int start, int[] counts) {
    for (int k = 0; k < n; k++) {
      int end = ends[k];
      counts[PixelLoops.pair(first[start], second[start])] += end - start;
      start = end;
    }
    return start;
  }

  @Override
  public void log(double[] x, int n) {
    int bound = D.loopBound(n);
    for (int i = 0; i < bound; i += LANES) {
      DoubleVector.fromArray(D, x, i).lanewise(VectorOperators.LOG).intoArray(x, i);
    }
    for (int i = bound; i < n; i++) {
      x[i] = Math.log(x[i]);
    }
  }

  @Override
  public void exp(double[] x, int n) {
    int bound = D.loopBound(n);
    for (int i = 0; i < bound; i += LANES) {
      DoubleVector.fromArray(D, x, i).lanewise(VectorOperators.EXP).intoArray(x, i);
    }
    for (int i = bound; i < n; i++) {
      x[i] = Math.exp(x[i]);
    }
  }

  @Override
  public void degrees(double[] x, int n) {
    int bound = D.loopBound(n);
    DoubleVector one = DoubleVector.broadcast(D, 1);
    for (int i = 0; i < bound; i += LANES) {
      DoubleVector cosine = DoubleVector.fromArray(D, x, i);
      cosine = cosine.blend(one, cosine.compare(VectorOperators.GT, one));
      cosine = cosine.blend(-1, cosine.compare(VectorOperators.LT, -1));
      cosine.lanewise(VectorOperators.ACOS).mul(PER_RADIAN).intoArray(x, i);
    }
    for (int i = bound; i < n; i++) {
      x[i] = Math.toDegrees(Math.acos(Math.clamp(x[i], -1, 1)));
    }
  }
}
