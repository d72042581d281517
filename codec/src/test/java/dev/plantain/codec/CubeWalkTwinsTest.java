package dev.plantain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Vector API twin against its specification, equal to the bit. */
class CubeWalkTwinsTest {
  private static final int CHUNK = 1 << 16;

  private final CubeWalkKernel scalar = new ScalarCubeWalk();
  private final CubeWalkKernel vector = new VectorCubeWalk();

  @Test
  void theVectorTwinIsChosenHere() {
    // The build adds the module; without it this must fail, not pass in silence.
    assertThat(ModuleLayer.boot().findModule("jdk.incubator.vector")).isPresent();
    assertThat(CubeWalkProvider.CHOSEN).isInstanceOf(VectorCubeWalk.class);
  }

  @Test
  void sampledColoursDecodeAlike() {
    sweep(257);
  }

  @Test
  @Tag("slow")
  void allColoursDecodeAlike() {
    sweep(1);
  }

  private void sweep(int stride) {
    byte[] rgb8 = new byte[3 * CHUNK];
    float[] rgb = new float[3 * CHUNK];
    for (int first = 0; first < 1 << 24; first += CHUNK * stride) {
      for (int i = 0; i < CHUNK; i++) {
        int colour = Math.min(first + i * stride, (1 << 24) - 1);
        Colours.put(colour, rgb8, i);
        for (int channel = 0; channel < 3; channel++) {
          rgb[3 * i + channel] = (rgb8[3 * i + channel] & 0xff) / 255f;
        }
      }
      assertDecodesAlike(rgb8, rgb, CHUNK);
    }
  }

  @Test
  void everyLengthAndOddValuesDecodeAlike() {
    Random random = new Random(3);
    float[] odd = {
      Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -1, 2, -0f, 0, 1, 1e-30f, 3e38f
    };
    for (int n = 0; n < 70; n++) {
      byte[] rgb8 = new byte[3 * n];
      random.nextBytes(rgb8);
      float[] rgb = new float[3 * n];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = random.nextInt(8) == 0 ? odd[random.nextInt(odd.length)] : random.nextFloat();
      }
      assertDecodesAlike(rgb8, rgb, n);
    }
    assertDecodesAlike(new byte[3 * 5003], new float[3 * 5003], 5003);
  }

  private void assertDecodesAlike(byte[] rgb8, float[] rgb, int n) {
    float[] expected = new float[n];
    float[] expectedConfidence = new float[n];
    float[] actual = new float[n];
    float[] actualConfidence = new float[n];
    scalar.decode(rgb8, expected, expectedConfidence);
    vector.decode(rgb8, actual, actualConfidence);
    assertThat(actual).isEqualTo(expected);
    assertThat(actualConfidence).isEqualTo(expectedConfidence);
    for (float d : expected) {
      assertThat(d >= 0).isTrue();
    }
    vector.decode(rgb8, actual, null);
    assertThat(actual).isEqualTo(expected);
    scalar.decode(rgb, expected, expectedConfidence);
    vector.decode(rgb, actual, actualConfidence);
    assertThat(actual).isEqualTo(expected);
    assertThat(actualConfidence).isEqualTo(expectedConfidence);
  }

  @Test
  void depthsEncodeAlike() {
    Random random = new Random(4);
    float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, -1, -0f, 0, Float.MIN_VALUE, 1e20f, -3e38f};
    for (int n : new int[] {0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 1023, 1024, 1025, 5003, 100_000}) {
      float[] metres = new float[n];
      for (int i = 0; i < n; i++) {
        metres[i] =
            random.nextInt(50) == 0
                ? odd[random.nextInt(odd.length)]
                : (float) Math.pow(10, 8 * random.nextDouble() - 4);
      }
      byte[] expected8 = new byte[3 * n];
      byte[] actual8 = new byte[3 * n];
      scalar.encode(metres, expected8);
      vector.encode(metres, actual8);
      assertThat(actual8).isEqualTo(expected8);
      float[] expected = new float[3 * n];
      float[] actual = new float[3 * n];
      scalar.encode(metres, expected);
      vector.encode(metres, actual);
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i] == expected[i]).as("value %d of %d", i, n).isTrue();
      }
    }
  }

  @Test
  void theEightBitTableIsTheDoubleCodec() {
    for (int step = 0; step <= CubeWalkKernel.STEPS; step++) {
      int packed = CubeWalkKernel.PACKED[step];
      double metres =
          DepthCodec.paper()
              .metres(
                  (packed & 0xff) / 255.0, (packed >> 8 & 0xff) / 255.0, (packed >> 16) / 255.0);
      assertThat(CubeWalkKernel.METRES[step])
          .as("step %d", step)
          .isCloseTo((float) metres, withPercentage(1e-5));
    }
  }
}
