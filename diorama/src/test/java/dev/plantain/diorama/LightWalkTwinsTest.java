package dev.plantain.diorama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The Vector API's filter of light against the plain one, equal to the bit. */
class LightWalkTwinsTest {
  @Example
  void theVectorTwinIsChosenHere() {
    assertThat(LightWalk.CHOSEN).isInstanceOf(VectorLightWalk.class);
  }

  @Property(tries = 100)
  void lightIsTheSame(
      @ForAll int seed,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll @IntRange(min = 0, max = 3) int level) {
    Rng rng = new Rng(seed);
    Frame frame = frame(rng, width, height);
    LightPlanes planes = new LightPlanes(frame, 8);
    boolean[] some = new boolean[width * height];
    for (int i = 0; i < some.length; i++) {
      some[i] = rng.chance(0.3);
    }
    LightWalk.Pass pass =
        new LightWalk.Pass(
            planes,
            1 << level,
            rng.chance(0.5) ? planes.lit : planes.solid,
            rng.chance(0.5) ? planes.plane(some) : null);
    float[] hard = planes.planes(frame.hard);
    float[] soft = planes.planes(frame.soft);
    float[][] plain = filtered(new ScalarLightWalk(), pass, hard, soft);
    float[][] vector = filtered(new VectorLightWalk(), pass, hard, soft);
    for (int i = 0; i < plain.length; i++) {
      assertThat(bits(vector[i])).isEqualTo(bits(plain[i]));
    }
    for (int i = 0; i < some.length; i++) {
      int at = planes.row(i / width) + i % width;
      if (pass.reached() == null || some[i]) {
        assertThat(plain[0][at]).isNotEqualTo(-7);
      } else {
        assertThat(plain[0][at]).isEqualTo(-7);
      }
    }
  }

  /** Hard light that stops at contrasts and soft light, where nothing is done -7. */
  private static float[][] filtered(
      LightWalk walk, LightWalk.Pass pass, float[] hard, float[] soft) {
    float[][] to = new float[2][hard.length];
    Arrays.fill(to[0], -7);
    Arrays.fill(to[1], -7);
    walk.filter(
        pass,
        new LightWalk.Channel[] {
          new LightWalk.Channel(hard, to[0], 0.6f),
          new LightWalk.Channel(soft, to[1], Float.POSITIVE_INFINITY)
        });
    return to;
  }

  /** Two planes that meet at a blunt angle, things before them, and holes to the sky. */
  private static Frame frame(Rng rng, int width, int height) {
    Frame f = new Frame(width, height);
    for (int i = 0; i < width * height; i++) {
      int x = i % width;
      boolean sky = rng.chance(0.1);
      f.entity[i] = sky ? -1 : rng.nextInt(3);
      f.depth[i] = sky ? Float.POSITIVE_INFINITY : rng.rangeF(1, 4);
      f.lit[i] = rng.chance(0.5);
      float lean = x < width / 2 ? 0 : rng.rangeF(0, 1.2);
      put(f.normal, i, (float) Math.sin(lean), (float) Math.cos(lean), 0);
      put(f.flat, i, 0, 1, 0);
      put(f.position, i, 0.1f * x, rng.chance(0.8) ? rng.rangeF(0, 0.05) : 1, rng.rangeF(0, 1));
      if (f.lit[i]) {
        put(f.hard, i, rng.rangeF(0, 2), rng.rangeF(0, 2), rng.chance(0.5) ? 0 : 1e3f);
        put(f.soft, i, rng.rangeF(0, 2), 0, rng.rangeF(0, 2));
      }
    }
    return f;
  }

  private static void put(float[] of, int i, float a, float b, float c) {
    of[3 * i] = a;
    of[3 * i + 1] = b;
    of[3 * i + 2] = c;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }
}
