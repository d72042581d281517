package dev.plantain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.codec.NormalCodec.Direction;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NormalCodecTest {
  @Test
  void thePapersColours() {
    byte[] rgb8 = new byte[12];
    NormalCodec.paper().encode(new float[] {-1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 7}, rgb8);
    assertThat(Colours.get(rgb8, 0)).as("left").isEqualTo(0xff8080);
    assertThat(Colours.get(rgb8, 1)).as("up").isEqualTo(0x80ff80);
    assertThat(Colours.get(rgb8, 2)).as("towards the viewer").isEqualTo(0x8080ff);
    assertThat(Colours.get(rgb8, 3)).as("of any length").isEqualTo(0x8080ff);
  }

  @Test
  void eightBitsRoundTripWithinHalfADegree() {
    Random random = new Random(1);
    int n = 200_000;
    float[] xyz = new float[3 * n];
    for (int i = 0; i < 3 * n; i += 3) {
      double x = random.nextGaussian();
      double y = random.nextGaussian();
      double z = random.nextGaussian();
      double length = Math.sqrt(x * x + y * y + z * z);
      xyz[i] = (float) (x / length);
      xyz[i + 1] = (float) (y / length);
      xyz[i + 2] = (float) (z / length);
    }
    for (NormalCodec codec :
        new NormalCodec[] {
          NormalCodec.paper(),
          new NormalCodec(Direction.RIGHT, Direction.DOWN, Direction.AWAY),
          new NormalCodec(Direction.VIEWER, Direction.LEFT, Direction.UP)
        }) {
      byte[] rgb8 = new byte[3 * n];
      float[] read = new float[3 * n];
      float[] confidence = new float[n];
      codec.encode(xyz, rgb8);
      codec.decode(rgb8, read, confidence);
      assertThat(worstDegrees(xyz, read)).isLessThan(0.5);
      for (float c : confidence) {
        assertThat(c).isGreaterThan(0.98f);
      }
      float[] rgb = new float[3 * n];
      codec.encode(xyz, rgb);
      codec.decode(rgb, read, null);
      assertThat(worstDegrees(xyz, read)).isLessThan(1e-3);
    }
  }

  private static double worstDegrees(float[] a, float[] b) {
    double worst = 0;
    for (int i = 0; i < a.length; i += 3) {
      double dx = a[i] - (double) b[i];
      double dy = a[i + 1] - (double) b[i + 1];
      double dz = a[i + 2] - (double) b[i + 2];
      worst = Math.max(worst, 2 * Math.asin(Math.sqrt(dx * dx + dy * dy + dz * dz) / 2));
    }
    return Math.toDegrees(worst);
  }

  @Test
  void whatHasNoDirectionIsInvalid() {
    float nan = Float.NaN;
    float[] xyz = {0, 0, 0, nan, 0, 1, Float.POSITIVE_INFINITY, 0, 0};
    byte[] rgb8 = new byte[9];
    NormalCodec.paper().encode(xyz, rgb8);
    float[] read = new float[9];
    float[] confidence = new float[3];
    NormalCodec.paper().decode(rgb8, read, confidence);
    assertThat(read).containsOnly(nan);
    assertThat(confidence).containsOnly(0);
    NormalCodec.paper()
        .decode(new float[] {nan, 1, 1, .5f, .5f, .5f, 9, -9, .5f}, read, confidence);
    assertThat(read[0]).isNaN();
    assertThat(read[3]).isNaN();
    assertThat(read[6]).isEqualTo(-(float) Math.sqrt(0.5));
  }

  @Test
  void theShortestVectorsHaveADirection() {
    float[] xyz = {0, 0, 1e-39f, Float.MIN_VALUE, 0, 0, 0, -1e-40f, 0};
    byte[] rgb8 = new byte[9];
    float[] rgb = new float[9];
    NormalCodec.paper().encode(xyz, rgb8);
    assertThat(Colours.get(rgb8, 0)).isEqualTo(0x8080ff);
    assertThat(Colours.get(rgb8, 1)).isEqualTo(0x008080);
    assertThat(Colours.get(rgb8, 2)).isEqualTo(0x800080);
    NormalCodec.paper().encode(xyz, rgb);
    assertThat(rgb).containsExactly(.5f, .5f, 1, 0, .5f, .5f, .5f, 0, .5f);
  }

  @Test
  void everyColourReads() {
    int n = 1 << 18;
    byte[] rgb8 = new byte[3 * n];
    for (int i = 0; i < n; i++) {
      Colours.put(i << 6 | (i & 63), rgb8, i);
    }
    float[] xyz = new float[3 * n];
    float[] confidence = new float[n];
    NormalCodec.paper().decode(rgb8, xyz, confidence);
    for (int i = 0; i < n; i++) {
      boolean unit =
          Math.abs(Math.hypot(Math.hypot(xyz[3 * i], xyz[3 * i + 1]), xyz[3 * i + 2]) - 1) < 1e-5;
      assertThat(unit || (Float.isNaN(xyz[3 * i]) && confidence[i] == 0)).isTrue();
    }
  }

  @Test
  void axesMustDiffer() {
    assertThatThrownBy(() -> new NormalCodec(Direction.LEFT, Direction.RIGHT, Direction.VIEWER))
        .hasMessageContaining("three different axes");
  }

  @Test
  void whatIsNearlyGreyHasNoDirectionAndWhatIsShortHas() {
    byte[] rgb8 = new byte[6];
    Colours.put(0x80809a, rgb8, 0); // 0.21 long
    Colours.put(0x8080b0, rgb8, 1); // 0.38 long
    float[] read = new float[6];
    float[] confidence = new float[2];
    NormalCodec.paper().decode(rgb8, read, confidence);
    assertThat(read[2]).isNaN();
    assertThat(read[5]).isGreaterThan(0.99f);
    assertThat(confidence).containsOnly(0f);
  }
}
