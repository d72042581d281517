package dev.plantain.eval.metric;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Plain loops: what {@link PixelLoops} specifies. */
final class ScalarLoops implements PixelLoops {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SPREAD = 0x0101010101010101L;

  @Override
  public void depth(float[] p, float[] g, int n, DepthSums sums) {
    for (int i = 0; i < n; i++) {
      if (sums.counts(g[i])) {
        add(sums.count(p[i], g[i]), g[i], sums);
      }
    }
  }

  @Override
  public void errors(double[] p, double[] g, int n, DepthSums sums) {
    for (int i = 0; i < n; i++) {
      add(p[i], g[i], sums);
    }
  }

  private static void add(double answer, double truth, DepthSums sums) {
    double difference = answer - truth;
    sums.relative += Math.abs(difference) / truth;
    sums.relativeSquare += difference * difference / truth;
    sums.square += difference * difference;
    double log = Math.log(answer / truth);
    sums.logs += log;
    sums.absoluteLogs += Math.abs(log);
    sums.logSquares += log * log;
  }

  @Override
  public void log(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.log(x[i]);
    }
  }

  @Override
  public void exp(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.exp(x[i]);
    }
  }

  @Override
  public void degrees(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.toDegrees(Math.acos(Math.clamp(x[i], -1, 1)));
    }
  }

  @Override
  public void pairs(byte[] first, byte[] second, int n, int[] counts) {
    // Eight equal pixels are one step; they come in runs, whose count does not wait for memory.
    int i = 0;
    long a = 0;
    long b = 0;
    int run = 0;
    for (; i + Long.BYTES <= n; i += Long.BYTES) {
      long nextA = (long) EIGHT.get(first, i);
      long nextB = (long) EIGHT.get(second, i);
      if (((nextA ^ a) | (nextB ^ b)) != 0) {
        counts[PixelLoops.pair((byte) a, (byte) b)] += run;
        run = 0;
        if (nextA != SPREAD * (nextA & 0xFF) || nextB != SPREAD * (nextB & 0xFF)) {
          for (int k = i; k < i + Long.BYTES; k++) {
            counts[PixelLoops.pair(first[k], second[k])]++;
          }
          continue;
        }
        a = nextA;
        b = nextB;
      }
      run += Long.BYTES;
    }
    counts[PixelLoops.pair((byte) a, (byte) b)] += run;
    for (; i < n; i++) {
      counts[PixelLoops.pair(first[i], second[i])]++;
    }
  }
}
