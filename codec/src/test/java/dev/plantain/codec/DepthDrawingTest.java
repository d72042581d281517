package dev.plantain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Imperfect depth drawings: antialiased borders, JPEG, noise, paint of other colours. */
class DepthDrawingTest {
  private static final DepthCodec CODEC = DepthCodec.paper();
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;

  @Test
  void jpegOfASceneStaysNearThePng() {
    compare("scene", scene(), WIDTH, HEIGHT);
  }

  /**
   * The same for a map of one's own: {@code -Dplantain.depth=map.npy}, float32 metres, two
   * dimensions.
   */
  @Test
  @EnabledIfSystemProperty(
      named = "plantain.depth",
      matches = ".+",
      disabledReason = "needs a depth map: -Dplantain.depth=map.npy")
  void jpegOfAGivenMapStaysNearThePng() throws IOException {
    byte[] file = Files.readAllBytes(Path.of(System.getProperty("plantain.depth")));
    int header = (file[8] & 0xff) | (file[9] & 0xff) << 8;
    String[] shape =
        new String(file, 10, header, StandardCharsets.US_ASCII)
            .replaceAll(".*'shape': \\((\\d+), (\\d+)\\).*", "$1 $2")
            .strip()
            .split(" ", -1);
    int height = Integer.parseInt(shape[0]);
    int width = Integer.parseInt(shape[1]);
    float[] metres = new float[width * height];
    ByteBuffer.wrap(file)
        .order(ByteOrder.LITTLE_ENDIAN)
        .position(10 + header)
        .asFloatBuffer()
        .get(metres);
    compare("given map", metres, width, height);
  }

  private static void compare(String name, float[] truth, int width, int height) {
    byte[] png = new byte[3 * truth.length];
    CODEC.encode(truth, png);
    float[] exact = new float[truth.length];
    CODEC.decode(png, exact, null);
    double base = absRel(truth, exact);
    System.out.printf(
        "| %s | AbsRel | times PNG's | pixel by pixel | repaired | invalid |%n", name);
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    System.out.printf("| PNG | %.5f | 1 | 1 | | |%n", base);
    check(truth, Jpeg.recompress(png, width, height, 0.95f), width, height, base, 3.5, "JPEG 0.95");
    check(truth, Jpeg.recompress(png, width, height, 0.75f), width, height, base, 6, "JPEG 0.75");
  }

  private static void check(
      float[] truth,
      byte[] drawing,
      int width,
      int height,
      double base,
      double mostTimes,
      String name) {
    float[] pixelwise = new float[truth.length];
    CODEC.decode(drawing, pixelwise, null);
    float[] read = new float[truth.length];
    float[] confidence = new float[truth.length];
    DepthCodec.Marks marks = CODEC.decode(drawing, width, height, read, confidence);
    int changed = 0;
    for (int i = 0; i < read.length; i++) {
      if (read[i] != pixelwise[i]) {
        changed++;
        assertThat(confidence[i]).isLessThanOrEqualTo(SpatialDepth.REPAIRED);
      }
    }
    // What is not marked is not smoothed, either.
    assertThat(changed).isLessThanOrEqualTo(marks.repaired() + marks.invalid());
    double times = absRel(truth, read) / base;
    double invalid = (double) marks.invalid() / truth.length;
    System.out.printf(
        "| %s | %.5f | %.2f | %.2f | %.1f %% | %.1f %% |%n",
        name,
        absRel(truth, read),
        times,
        absRel(truth, pixelwise) / base,
        100.0 * marks.repaired() / truth.length,
        100 * invalid);
    assertThat(times).isLessThanOrEqualTo(mostTimes);
    assertThat(invalid).isLessThanOrEqualTo(0.05);
  }

  private static double absRel(float[] truth, float[] read) {
    double sum = 0;
    int valid = 0;
    for (int i = 0; i < truth.length; i++) {
      if (!Float.isNaN(read[i])) {
        sum += Math.abs(read[i] - truth[i]) / truth[i];
        valid++;
      }
    }
    return sum / valid;
  }

  /** A floor and a wall, slightly bumpy, with boxes and balls before them. */
  private static float[] scene() {
    float[] metres = new float[WIDTH * HEIGHT];
    Random random = new Random(11);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double wall = 4.2 + 0.002 * x + 0.02 * Math.sin(x / 17.0) * Math.sin(y / 23.0);
        double floor = y > HEIGHT / 2 ? 1.4 * (HEIGHT / 2.0) / (y - HEIGHT / 2.0) : 1e9;
        metres[y * WIDTH + x] = (float) Math.min(wall, floor);
      }
    }
    for (int k = 0; k < 14; k++) {
      double cx = WIDTH * random.nextDouble();
      double cy = HEIGHT * random.nextDouble();
      double radius = 15 + 45 * random.nextDouble();
      double depth = 0.5 + 3 * random.nextDouble();
      boolean ball = random.nextBoolean();
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          double u = (x - cx) / radius;
          double v = (y - cy) / radius;
          double r2 = u * u + v * v;
          double here =
              ball ? depth - 0.2 * Math.sqrt(Math.max(0, 1 - r2)) : depth + 0.15 * u + 0.05 * v;
          boolean inside = ball ? r2 < 1 : Math.max(Math.abs(u), Math.abs(v)) < 1;
          if (inside && here < metres[y * WIDTH + x]) {
            metres[y * WIDTH + x] = (float) here;
          }
        }
      }
    }
    return metres;
  }

  @Test
  void anAntialiasedBorderIsNoThirdDepth() {
    // A disc at 1 m before a wall at 12 m, border pixels blended by coverage.
    int side = 96;
    byte[] near = new byte[3];
    byte[] far = new byte[3];
    CODEC.encode(new float[] {1}, near);
    CODEC.encode(new float[] {12}, far);
    byte[] rgb8 = new byte[3 * side * side];
    for (int i = 0; i < side * side; i++) {
      int x = i % side;
      int y = i / side;
      double distance = Math.hypot(x - 47.3, y - 48.1);
      double cover = Math.clamp(30.5 - distance, 0.0, 1.0);
      for (int c = 0; c < 3; c++) {
        rgb8[3 * i + c] =
            (byte) Math.round(cover * (near[c] & 0xff) + (1 - cover) * (far[c] & 0xff));
      }
    }
    float[] metres = new float[side * side];
    CODEC.decode(rgb8, metres, null);
    assertThat(between(metres)).as("third depths read pixel by pixel").isGreaterThan(50);
    CODEC.decode(rgb8, side, side, metres, null);
    assertThat(between(metres)).isZero();
  }

  private static int between(float[] metres) {
    int count = 0;
    for (float d : metres) {
      count += (d > 1.05 && d < 11.4) || d > 12.6 || d < 0.95 ? 1 : 0;
    }
    return count;
  }

  @Test
  void foreignPaintIsInvalidAndASlightlyPaleSpeckIsRepaired() {
    int side = 64;
    float[] depth = new float[side * side];
    Arrays.fill(depth, 2);
    byte[] rgb8 = new byte[3 * depth.length];
    CODEC.encode(depth, rgb8);
    for (int y = 20; y < 50; y++) {
      for (int x = 20; x < 50; x++) {
        Colours.put(0x808080, rgb8, y * side + x);
      }
    }
    // As bright as its surroundings, the colour a little pale; one quite washed out; a darker one.
    Colours.put(0xe1f80e, rgb8, 5 * side + 5);
    Colours.put(0xd8e08c, rgb8, 7 * side + 12);
    Colours.put(0x5080a0, rgb8, 10 * side + 5);
    float[] metres = new float[depth.length];
    float[] confidence = new float[depth.length];
    CODEC.decode(rgb8, side, side, metres, confidence);
    assertThat(metres[35 * side + 35]).isNaN();
    assertThat(confidence[35 * side + 35]).isZero();
    assertThat((double) metres[5 * side + 5]).isCloseTo(metres[0], within(1e-5));
    assertThat(metres[7 * side + 12]).isNaN();
    assertThat(metres[10 * side + 5]).isNaN();
    assertThat(confidence[5 * side + 5]).isPositive().isLessThanOrEqualTo(SpatialDepth.REPAIRED);
  }

  @Test
  void anExactDrawingIsLeftAlone() {
    float[] truth = scene();
    byte[] png = new byte[3 * truth.length];
    CODEC.encode(truth, png);
    float[] pixelwise = new float[truth.length];
    CODEC.decode(png, pixelwise, null);
    float[] read = new float[truth.length];
    DepthCodec.Marks marks = CODEC.decode(png, WIDTH, HEIGHT, read, null);
    assertThat(marks.repaired() + marks.invalid()).isZero();
    assertThat(read).isEqualTo(pixelwise);
  }

  /** A weak generator's colours are off everywhere: that is its hand, not damage to mark. */
  @Test
  void anUnsteadyHandsDrawingIsReadWithDoubtNotThrownAway() {
    requireReadWithDoubt(30, 30);
  }

  /** Half of the colours nearly right, half not: no file leaves a drawing so. */
  @Test
  void soIsThatOfAHandThatIsSteadyHereAndThere() {
    requireReadWithDoubt(5, 20);
  }

  /**
   * @param steady levels that a channel is off at most in one half of the picture
   * @param unsteady and in the other
   */
  private static void requireReadWithDoubt(int steady, int unsteady) {
    float[] truth = new float[WIDTH * HEIGHT];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = 2 + 3f * (i % WIDTH) / WIDTH;
    }
    byte[] drawn = new byte[3 * truth.length];
    CODEC.encode(truth, drawn);
    Random random = new Random(4);
    for (int i = 0; i < drawn.length; i++) {
      int most = i < drawn.length / 2 ? steady : unsteady;
      drawn[i] = (byte) Math.clamp((drawn[i] & 0xff) + random.nextInt(-most, most + 1), 0, 255);
    }
    float[] metres = new float[truth.length];
    float[] confidence = new float[truth.length];
    DepthCodec.Marks marks = CODEC.decode(drawn, WIDTH, HEIGHT, metres, confidence);
    assertThat(marks.invalid()).isLessThan(truth.length / 20);
    int right = 0;
    for (int i = 0; i < truth.length; i++) {
      right += Math.abs(metres[i] / truth[i] - 1) < 0.25 ? 1 : 0;
    }
    assertThat(right).isGreaterThan(9 * truth.length / 10);
  }

  @Test
  void cleanBordersAndThinThingsKeepTheirDepth() {
    // A leg two pixels wide and a row of slats, at 5.7 m, between a chair at 3 m and a wall at 9 m.
    int side = 64;
    float[] depth = new float[side * side];
    for (int i = 0; i < depth.length; i++) {
      int x = i % side;
      int y = i / side;
      boolean thin = x == 31 || x == 32 || (y > 40 && x % 3 == 0);
      depth[i] = thin ? 5.7f : x < 31 ? 3 : 9;
    }
    byte[] rgb8 = new byte[3 * depth.length];
    CODEC.encode(depth, rgb8);
    float[] metres = new float[depth.length];
    CODEC.decode(rgb8, side, side, metres, null);
    for (int i = 0; i < depth.length; i++) {
      assertThat((double) metres[i]).as("pixel %d", i).isCloseTo(depth[i], within(0.01));
    }
  }

  @Test
  void aRepairIsNoBrighterThanThePixel() {
    // Leaves before the sky: white all around, but a dark pixel is not the sky.
    float[] depth = new float[64 * 64];
    Random random = new Random(5);
    for (int i = 0; i < depth.length; i++) {
      depth[i] = random.nextInt(3) == 0 ? 7 + random.nextFloat() : Float.POSITIVE_INFINITY;
    }
    byte[] rgb8 = new byte[3 * depth.length];
    CODEC.encode(depth, rgb8);
    byte[] jpeg = Jpeg.recompress(rgb8, 64, 64, 0.95f);
    float[] metres = new float[depth.length];
    CODEC.decode(jpeg, 64, 64, metres, null);
    for (int i = 0; i < depth.length; i++) {
      if (Float.isFinite(depth[i])) {
        assertThat(metres[i] > 60).as("pixel %d reads %s m", i, metres[i]).isFalse();
      }
    }
  }

  /**
   * Leaves as bright as the wall behind them: what JPEG blends is neither's, and no third depth.
   */
  @Property(tries = 20)
  void aBlendOfEquallyBrightSurfacesIsNotTakenForTheWrongOne(
      @ForAll @IntRange(min = 1, max = 1000) int seed,
      @ForAll @DoubleRange(min = 0.75, max = 0.95) double quality) {
    int side = 160;
    float near = 1.4f;
    float far = 4.6f;
    Random random = new Random(seed);
    float[] depth = new float[side * side];
    Arrays.fill(depth, far);
    for (int leaf = 0; leaf < 40; leaf++) {
      int x0 = random.nextInt(side - 8);
      int y0 = random.nextInt(side - 8);
      int w = 2 + random.nextInt(6);
      for (int y = y0; y < y0 + w; y++) {
        Arrays.fill(depth, y * side + x0, y * side + x0 + 1 + (w + 1) / 2, near);
      }
    }
    byte[] rgb8 = new byte[3 * depth.length];
    CODEC.encode(depth, rgb8);
    byte[] jpeg = Jpeg.recompress(rgb8, side, side, (float) quality);
    float[] pixelwise = new float[depth.length];
    CODEC.decode(jpeg, pixelwise, null);
    float[] metres = new float[depth.length];
    CODEC.decode(jpeg, side, side, metres, null);
    assertThat(wrong(pixelwise, depth)).as("pixel by pixel").isGreaterThan(100);
    assertThat(wrong(metres, depth)).isLessThan(wrong(pixelwise, depth) / 4);
  }

  private static int wrong(float[] metres, float[] depth) {
    int count = 0;
    for (int i = 0; i < depth.length; i++) {
      count += Math.abs(metres[i] - depth[i]) > 0.2 * depth[i] ? 1 : 0;
    }
    return count;
  }

  /** Whatever is around it: an unmarked pixel is read from its own colour. */
  @Property(tries = 20)
  void anUnmarkedPixelIsReadFromItsOwnColour(
      @ForAll @IntRange(min = 1, max = 1000) int seed,
      @ForAll @DoubleRange(min = 0.5, max = 1) double quality) {
    int side = 96;
    Random random = new Random(seed);
    float[] depth = new float[side * side];
    for (int i = 0; i < depth.length; i++) {
      depth[i] = 3 + i % side / 20f;
    }
    for (int box = 0; box < 12; box++) {
      int x = random.nextInt(side - 20);
      int y = random.nextInt(side - 20);
      float at = (float) Math.exp(4 * random.nextDouble() - 0.5);
      for (int row = y; row < y + 4 + random.nextInt(16); row++) {
        Arrays.fill(depth, row * side + x, row * side + x + 4 + random.nextInt(16), at);
      }
    }
    byte[] rgb8 = new byte[3 * depth.length];
    CODEC.encode(depth, rgb8);
    byte[] jpeg = Jpeg.recompress(rgb8, side, side, (float) quality);
    float[] pixelwise = new float[depth.length];
    CODEC.decode(jpeg, pixelwise, null);
    float[] metres = new float[depth.length];
    float[] confidence = new float[depth.length];
    DepthCodec.Marks marks = CODEC.decode(jpeg, side, side, metres, confidence);
    int other = 0;
    for (int i = 0; i < depth.length; i++) {
      if (metres[i] != pixelwise[i]) {
        other++;
        assertThat(confidence[i]).isIn(0f, SpatialDepth.REPAIRED);
      }
    }
    assertThat(other).isLessThanOrEqualTo(marks.repaired() + marks.invalid());
  }

  @Test
  void anyPictureIsReadWithoutException() {
    Random random = new Random(2);
    for (int k = 0; k < 60; k++) {
      int width = 1 + random.nextInt(20);
      int height = 1 + random.nextInt(20);
      byte[] rgb8 = new byte[3 * width * height];
      random.nextBytes(rgb8);
      CODEC.decode(rgb8, width, height, new float[width * height], null);
      DepthCodec.between(1, 5, ColourMap.VIRIDIS)
          .decode(rgb8, width, height, new float[width * height], null);
    }
  }
}
