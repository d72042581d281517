package dev.plantain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EdgeCodecTest {
  private static final int SIDE = 64;

  @Test
  void greyRoundTripsToHalfALevel() {
    float[] probability = {0, 0.25f, 0.7f, 1, -3, 9, Float.NaN};
    float[] expected = {0, 0.25f, 0.7f, 1, 0, 1, 0};
    byte[] rgb8 = new byte[3 * probability.length];
    float[] read = new float[probability.length];
    float[] confidence = new float[probability.length];
    EdgeCodec.encode(probability, rgb8);
    EdgeCodec.decode(rgb8, read, confidence);
    for (int i = 0; i < read.length; i++) {
      assertThat((double) read[i]).isCloseTo(expected[i], within(0.5 / 255 + 1e-6));
    }
    assertThat(confidence).containsOnly(1);
  }

  @Test
  void softLinesOfAnyDirectionThinToOnePixel() {
    for (int degrees = 0; degrees < 180; degrees += 15) {
      double nx = Math.cos(Math.toRadians(degrees));
      double ny = Math.sin(Math.toRadians(degrees));
      float[] soft = new float[SIDE * SIDE];
      for (int i = 0; i < soft.length; i++) {
        int x = i % SIDE - SIDE / 2;
        int y = i / SIDE - SIDE / 2;
        double d = x * nx + y * ny;
        soft[i] = (float) Math.exp(-d * d / 4.5);
      }
      float[] thin = new float[soft.length];
      EdgeCodec.thin(soft, SIDE, SIDE, thin);
      int kept = 0;
      double farthest = 0;
      for (int i = 0; i < thin.length; i++) {
        assertThat(thin[i] == 0 || thin[i] == soft[i]).isTrue();
        int x = i % SIDE - SIDE / 2;
        int y = i / SIDE - SIDE / 2;
        if (thin[i] > 0 && Math.hypot(x, y) < 24) {
          kept++;
          farthest = Math.max(farthest, Math.abs(x * nx + y * ny));
        }
      }
      // A digital line of length 48 has 34 to 48 pixels; a little more where it steps.
      assertThat(kept).as("pixels at %d degrees", degrees).isBetween(33, 68);
      assertThat(farthest).as("from the ridge at %d degrees", degrees).isLessThan(1.01);
    }
  }

  @Test
  void twoPixelsWideFlatToppedLinesKeepOne() {
    float[] line = new float[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      line[y * SIDE + 30] = 1;
      line[y * SIDE + 31] = 1;
    }
    float[] thin = new float[line.length];
    EdgeCodec.thin(line, SIDE, SIDE, thin);
    for (int y = 0; y < SIDE; y++) {
      assertThat(thin[y * SIDE + 30] + thin[y * SIDE + 31]).isEqualTo(1);
    }
  }

  @Test
  void flatMapsAndOddValuesHaveNoLines() {
    float[] flat = new float[SIDE * SIDE];
    Arrays.fill(flat, 0.5f);
    float[] thin = new float[flat.length];
    EdgeCodec.thin(flat, SIDE, SIDE, thin);
    assertThat(thin).containsOnly(0);
    Random random = new Random(8);
    float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, -1, 1};
    for (int i = 0; i < flat.length; i++) {
      flat[i] = odd[random.nextInt(4)];
    }
    EdgeCodec.thin(flat, SIDE, SIDE, thin);
    for (float p : thin) {
      assertThat(p).isBetween(0f, 1f);
    }
    EdgeCodec.thin(new float[] {1}, 1, 1, new float[1]);
  }
}
