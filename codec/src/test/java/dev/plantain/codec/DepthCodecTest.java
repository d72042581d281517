package dev.plantain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DepthCodecTest {
  private static final DepthCodec PAPER = DepthCodec.paper();

  @Property
  void doublesRoundTripToABillionth(@ForAll("depths") double metres) {
    double[] rgb = PAPER.encode(metres);
    assertThat(PAPER.metres(rgb[0], rgb[1], rgb[2])).isCloseTo(metres, within(1e-9 * metres));
  }

  @Property
  void floatsRoundTripTo500AndTo1000Metres(@ForAll("depths") double metres) {
    float[] depth = fill((float) metres);
    float[] rgb = new float[3 * depth.length];
    float[] read = new float[depth.length];
    PAPER.encode(depth, rgb);
    PAPER.decode(rgb, read, null);
    double tolerance = metres <= 500 ? 1e-5 : 5e-5;
    for (float d : read) {
      assertThat((double) d).isCloseTo(depth[0], within(tolerance * metres));
    }
  }

  /** {@code |f(read) − f(d)| ≤ (½ + 2⁻¹⁰)/1785} wherever the code reaches. */
  @Property
  void eightBitsRoundTripWithinHalfACodeStep(@ForAll("depths") double metres) {
    float[] depth = fill((float) metres);
    byte[] rgb8 = new byte[3 * depth.length];
    float[] read = new float[depth.length];
    PAPER.encode(depth, rgb8);
    PAPER.decode(rgb8, read, null);
    double f = PowerTransform.PAPER.forward(depth[0]);
    for (float d : read) {
      assertThat(PowerTransform.PAPER.forward(d)).isCloseTo(f, within((0.5 + 1 / 1024.0) / 1785));
    }
  }

  @Provide
  Arbitrary<Double> depths() {
    return Arbitraries.doubles()
        .between(-4, 3)
        .map(exponent -> Math.min(1000, Math.pow(10, exponent)));
  }

  private static float[] fill(float depth) {
    // Enough for whole vectors and a rest.
    float[] depths = new float[37];
    Arrays.fill(depths, depth);
    return depths;
  }

  @Test
  void specialValues() {
    float[] depth = {
      0, -0f, Float.POSITIVE_INFINITY, Float.NaN, -1, 1e30f, 600, Float.MIN_VALUE, 1
    };
    byte[] rgb8 = new byte[3 * depth.length];
    float[] rgb = new float[3 * depth.length];
    PAPER.encode(depth, rgb8);
    PAPER.encode(depth, rgb);
    int[] expected = {0, 0, 0xffffff, 0x808080, 0x808080, 0xffffff, 0xffffff, 0};
    for (int i = 0; i < expected.length; i++) {
      assertThat(Colours.get(rgb8, i)).as("pixel %d", i).isEqualTo(expected[i]);
    }
    assertThat(rgb[6]).isEqualTo(1);
    assertThat(rgb[9]).isEqualTo(0.5f);
    float[] read = new float[depth.length];
    PAPER.decode(rgb8, read, null);
    assertThat(read[0]).isZero();
    assertThat(read[2]).isInfinite();
    float[] bad = {
      Float.NaN, 0, 0, 0, Float.NaN, 0, 0, 0, Float.NaN, -7, 9, Float.NEGATIVE_INFINITY
    };
    float[] confidence = new float[4];
    float[] four = new float[4];
    PAPER.decode(bad, four, confidence);
    assertThat(four).startsWith(Float.NaN, Float.NaN, Float.NaN);
    assertThat(confidence).startsWith(0, 0, 0);
    // Out of range is clamped: green.
    assertThat((double) four[3]).isCloseTo(PAPER.metres(0, 1, 0), within(1e-5));
  }

  @Test
  void theStepBelowWhiteIs412Metres() {
    float[] read = new float[1];
    PAPER.decode(new byte[] {-1, -2, -1}, read, null);
    assertThat((double) read[0]).isCloseTo(412.5, within(0.1));
  }

  @Test
  void confidenceFallsWithTheDistanceFromTheWalk() {
    float[] confidence = new float[3];
    PAPER.decode(
        new byte[] {(byte) 200, 0, 0, (byte) 200, 32, 0, (byte) 128, (byte) 128, (byte) 128},
        new float[3],
        confidence);
    assertThat(confidence[0]).isEqualTo(1);
    assertThat((double) confidence[1]).isCloseTo(1 - 32 / 63.75, within(1e-6));
    assertThat(confidence[2]).isZero();
  }

  @ParameterizedTest
  @MethodSource("maps")
  void everyMapReadsItsOwnColours(ColourMap map) {
    for (double position = 0; position <= 1; position += 1 / 512.0) {
      double[] rgb = map.colour(position);
      assertThat(map.position(rgb[0], rgb[1], rgb[2])).isCloseTo(position, within(1e-9));
      assertThat(map.distance(rgb[0], rgb[1], rgb[2])).isLessThan(1e-9);
    }
  }

  static List<ColourMap> maps() {
    return List.of(
        ColourMap.CUBE_WALK,
        ColourMap.VIRIDIS,
        ColourMap.PLASMA,
        ColourMap.INFERNO,
        ColourMap.GREY);
  }

  @Property(tries = 40)
  void lookedUpPiecesAreTheNearest(
      @ForAll @DoubleRange(min = 0, max = 1) double r,
      @ForAll @DoubleRange(min = 0, max = 1) double g,
      @ForAll @DoubleRange(min = 0, max = 1) double b) {
    for (ColourMap map : maps()) {
      double nearest = Double.POSITIVE_INFINITY;
      for (int k = 0; k <= 5_000; k++) {
        double[] c = map.colour(k / 5_000.0);
        nearest = Math.min(nearest, Math.hypot(Math.hypot(c[0] - r, c[1] - g), c[2] - b));
      }
      assertThat(map.distance(r, g, b))
          .isLessThanOrEqualTo(nearest + 1e-12)
          .isGreaterThan(nearest - 1e-3);
    }
  }

  @ParameterizedTest
  @MethodSource("maps")
  void invalidIsPaintedFarFromEveryMap(ColourMap map) {
    DepthCodec codec = DepthCodec.of(PowerTransform.PAPER, map);
    byte[] rgb8 = new byte[6];
    float[] rgb = new float[6];
    codec.encode(new float[] {Float.NaN, -1}, rgb8);
    codec.encode(new float[] {Float.NaN, -1}, rgb);
    assertThat(Colours.get(rgb8, 0)).isEqualTo(codec.invalidRgb());
    assertThat(Colours.get(rgb8, 1)).isEqualTo(codec.invalidRgb());
    float[] confidence = new float[2];
    codec.decode(rgb8, new float[2], confidence);
    assertThat(confidence).containsOnly(0);
    codec.decode(rgb, new float[2], confidence);
    assertThat(confidence).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("maps")
  void bothEndsOfEveryMapReadExactly(ColourMap map) {
    assertEndsReadExactly(DepthCodec.of(PowerTransform.PAPER, map), 0, Float.POSITIVE_INFINITY);
    assertEndsReadExactly(DepthCodec.between(0.5, 10, map), 0.5f, 10);
  }

  private static void assertEndsReadExactly(DepthCodec codec, float near, float far) {
    byte[] rgb8 = new byte[6];
    float[] rgb = new float[6];
    float[] read = new float[2];
    codec.encode(new float[] {near, far}, rgb8);
    codec.decode(rgb8, read, null);
    assertThat(read).containsExactly(near, far);
    codec.encode(new float[] {near, far}, rgb);
    codec.decode(rgb, read, null);
    assertThat(read).containsExactly(near, far);
  }

  @Test
  void boundedMapsSaturate() {
    DepthCodec codec = DepthCodec.between(0.5, 10, ColourMap.PLASMA);
    float[] depth = {0.1f, 0.5f, 3, 10, 80, Float.POSITIVE_INFINITY, Float.NaN};
    byte[] rgb8 = new byte[3 * depth.length];
    float[] rgb = new float[3 * depth.length];
    float[] read = new float[depth.length];
    codec.encode(depth, rgb8);
    codec.encode(depth, rgb);
    codec.decode(rgb, read, null);
    float[] expected = {0.5f, 0.5f, 3, 10, 10, 10};
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) read[i]).isCloseTo(expected[i], within(1e-4));
    }
    codec.decode(rgb8, read, null);
    assertThat((double) read[2]).isCloseTo(3, within(0.05));
    assertThat(Colours.get(rgb8, 6)).isEqualTo(0x808080);
  }

  @Test
  void agreesWithHilbertmap() throws IOException {
    for (double[] row : table("encode.csv")) {
      DepthCodec codec = DepthCodec.of(new PowerTransform(row[1], row[2]), ColourMap.CUBE_WALK);
      double[] rgb = codec.encode(row[0]);
      for (int channel = 0; channel < 3; channel++) {
        assertThat(rgb[channel]).isCloseTo(row[3 + channel], within(1e-6));
      }
    }
    for (double[] row : table("decode.csv")) {
      DepthCodec codec = DepthCodec.of(new PowerTransform(row[3], row[4]), ColourMap.CUBE_WALK);
      assertThat(codec.metres(row[0], row[1], row[2])).isCloseTo(row[5], within(1e-6 * row[5]));
    }
  }

  private static List<double[]> table(String name) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(DepthCodecTest.class.getResourceAsStream(name)),
                StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .skip(1)
          .map(
              line -> Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray())
          .toList();
    }
  }

  @Test
  void wrongLengthsAreNamed() {
    assertThatThrownBy(() -> PAPER.encode(new float[2], new byte[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 pixels need 6 RGB values, got 5");
    assertThatThrownBy(() -> PAPER.decode(new byte[6], new float[2], new float[1]))
        .hasMessage("confidence needs one value per pixel, 2, got 1");
    assertThatThrownBy(() -> PAPER.decode(new byte[6], 0, 2, new float[2], null))
        .hasMessageContaining("positive sides");
    int most = Integer.MAX_VALUE;
    assertThatThrownBy(() -> PAPER.decode(new byte[3], most, most, new float[1], null))
        .hasMessageContaining("at most");
    assertThatThrownBy(() -> DepthCodec.between(5, 5, ColourMap.GREY))
        .hasMessageContaining("near < far");
  }

  @Test
  void emptyArraysAreFine() {
    PAPER.encode(new float[0], new byte[0]);
    PAPER.decode(new byte[0], new float[0], new float[0]);
    PAPER.decode(new float[0], new float[0], null);
  }
}
