package dev.plantain.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.codec.NormalCodec;
import dev.plantain.codec.NormalCodec.Direction;
import dev.plantain.core.measure.NormalMap;
import dev.plantain.eval.NormalAxes.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NormalAxesTest {
  private static final int WIDTH = 60;
  private static final int HEIGHT = 48;
  private static final Box FLOOR = Box.floorOf(WIDTH, HEIGHT);
  private static final Box WALL = Box.wallOf(WIDTH, HEIGHT);

  private static List<NormalCodec> codecs() {
    List<NormalCodec> codecs = new ArrayList<>();
    for (Direction red : Direction.values()) {
      for (Direction green : Direction.values()) {
        for (Direction blue : Direction.values()) {
          try {
            codecs.add(new NormalCodec(red, green, blue));
          } catch (IllegalArgumentException e) {
            // One axis twice.
          }
        }
      }
    }
    return codecs;
  }

  /**
   * A corridor: floor below, walls at the left and right, an end wall; seen from a camera that
   * looks down by 20 degrees, drawn with errors of 0.2.
   */
  private static float[] corridor(SplittableRandom random) {
    float[] xyz = new float[3 * WIDTH * HEIGHT];
    double down = Math.toRadians(20);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH;
      double[] n =
          y >= 0.7 * HEIGHT
              ? new double[] {0, Math.cos(down), Math.sin(down)}
              : x < 0.2 * WIDTH
                  ? new double[] {1, 0, 0}
                  : x >= 0.8 * WIDTH
                      ? new double[] {-1, 0, 0}
                      : new double[] {0, -Math.sin(down), Math.cos(down)};
      for (int c = 0; c < 3; c++) {
        xyz[3 * i + c] = (float) (n[c] + random.nextDouble(-0.2, 0.2));
      }
    }
    return xyz;
  }

  private static NormalMap read(float[] xyz, NormalCodec drawn, NormalCodec assumed) {
    byte[] rgb8 = new byte[xyz.length];
    drawn.encode(xyz, rgb8);
    float[] read = new float[xyz.length];
    float[] confidence = new float[xyz.length / 3];
    assumed.decode(rgb8, read, confidence);
    return NormalMap.of(WIDTH, HEIGHT, read, confidence);
  }

  @Test
  void everyWayOfPaintingIsFoundWhateverIsAssumed() {
    SplittableRandom random = new SplittableRandom(7);
    List<NormalCodec> codecs = codecs();
    assertThat(codecs).hasSize(48);
    for (NormalCodec drawn : codecs) {
      NormalCodec assumed = codecs.get(random.nextInt(48));
      NormalAxes axes =
          NormalAxes.find(read(corridor(random), drawn, assumed), assumed, FLOOR, WALL);
      assertThat(axes.channels()).as(axes.toString()).contains(drawn);
    }
  }

  @Test
  void aDrawingThatDoesNotTellIsDoubted() {
    NormalCodec paper = NormalCodec.paper();
    NormalMap corridor = read(corridor(new SplittableRandom(1)), paper, paper);
    Box edge = new Box(0, 24, WIDTH, 20);
    assertThat(NormalAxes.find(corridor, paper, edge, WALL).doubt().orElse(""))
        .contains("the floor");
    assertThat(NormalAxes.find(corridor, paper, WALL, WALL).doubt().orElse(""))
        .contains("along one axis");
    float[] grey = new float[3 * WIDTH * HEIGHT];
    java.util.Arrays.fill(grey, Float.NaN);
    NormalMap blank = NormalMap.of(WIDTH, HEIGHT, grey);
    assertThat(NormalAxes.find(blank, paper, FLOOR, WALL).channels()).isEmpty();
    float[] flat = new float[3 * WIDTH * HEIGHT];
    for (int i = 0; i < flat.length; i += 3) {
      flat[i + (i / 3 / WIDTH >= 30 ? 1 : 0)] = 1;
    }
    assertThat(
            NormalAxes.find(NormalMap.of(WIDTH, HEIGHT, flat), paper, FLOOR, WALL)
                .doubt()
                .orElse(""))
        .isEqualTo("blue does not tell viewer from away: its mean is 0.00");
  }

  @Test
  void boxesAreInside() {
    NormalMap corridor =
        read(corridor(new SplittableRandom(1)), NormalCodec.paper(), NormalCodec.paper());
    assertThatThrownBy(
            () -> NormalAxes.find(corridor, NormalCodec.paper(), new Box(50, 40, 20, 4), WALL))
        .hasMessageContaining("50,40 20x4 is not inside a picture of 60 x 48");
  }
}
