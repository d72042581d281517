package dev.plantain.eval.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.core.Depth;
import dev.plantain.core.Edges;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Normals;
import dev.plantain.core.Options;
import dev.plantain.core.Segments;
import dev.plantain.core.Vision;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.EdgeMap;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.diorama.Box;
import dev.plantain.diorama.Camera;
import dev.plantain.diorama.Shards;
import dev.plantain.diorama.Thing;
import dev.plantain.diorama.View;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {
  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;

  /** Grey, with a bright box and a faint one whose outline touches it. */
  private static Image boxes(int bright, int faint) {
    byte[] rgb8 = new byte[3 * WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        boolean first = x >= 20 && x < 50 && y >= 16 && y < 48;
        boolean second = x >= 50 && x < 80 && y >= 16 && y < 48;
        int grey = first ? bright : second ? faint : 60;
        Arrays.fill(rgb8, 3 * (y * WIDTH + x), 3 * (y * WIDTH + x) + 3, (byte) grey);
      }
    }
    return Image.of(WIDTH, HEIGHT, rgb8);
  }

  @Test
  void cannysLinesAreThinAndLieOnTheSteps() {
    float[] edges = Canny.edges(boxes(200, 60));
    int on = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        if (edges[y * WIDTH + x] > 0) {
          boolean upright = (Math.abs(x - 19.5) <= 1 || Math.abs(x - 49.5) <= 1);
          boolean level = (Math.abs(y - 15.5) <= 1 || Math.abs(y - 47.5) <= 1);
          assertThat(upright || level).as("an edge at %d, %d", x, y).isTrue();
          on++;
        }
      }
    }
    // The outline has 124 pixels; corners are rounded, nothing is doubled.
    assertThat(on).isBetween(105, 132);
  }

  @Test
  void aFaintLineLivesByTheStrongOneItIsLinkedTo() {
    float faint = faintest(step(60, 60));
    assertThat(faint).isGreaterThan(0);
    // Down to 0.4 of the strongest, the whole line is as strong as that.
    assertThat(faintest(step(60, 140))).isCloseTo(faint * 140 / 60, within(0.03f));
    assertThat(faintest(step(60, 240))).isLessThan(faint * 200 / 60);
  }

  /** Dark on the left; on the right brighter by as much at the top and at the bottom. */
  private static Image step(int top, int bottom) {
    byte[] rgb8 = new byte[3 * WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = WIDTH / 2; x < WIDTH; x++) {
        int grey = top + (bottom - top) * y / (HEIGHT - 1);
        Arrays.fill(rgb8, 3 * (y * WIDTH + x), 3 * (y * WIDTH + x) + 3, (byte) grey);
      }
    }
    return Image.of(WIDTH, HEIGHT, rgb8);
  }

  /** Strength of the upright line near its top. */
  private static float faintest(Image photo) {
    float[] edges = Canny.edges(photo);
    return Math.max(edges[5 * WIDTH + WIDTH / 2 - 1], edges[5 * WIDTH + WIDTH / 2]);
  }

  @Test
  void aReadDrawingOfCannyIsWhatWasFound() {
    Image photo = boxes(200, 90);
    float[] found = Canny.edges(photo);
    Options own = Options.seeded(0).withSize(WIDTH, HEIGHT);
    try (Vision vision = Vision.with("baseline:canny").drawing(own)) {
      EdgeMap read = vision.see(photo, Edges.boundaries());
      int kept = 0;
      int all = 0;
      for (int i = 0; i < found.length; i++) {
        all += found[i] > 0 ? 1 : 0;
        kept += found[i] > 0 && Math.abs(read.thin()[i] - found[i]) < 0.01 ? 1 : 0;
      }
      assertThat(kept).isGreaterThan(all * 9 / 10);
      assertThatThrownBy(() -> vision.see(photo, Normals.camera()))
          .isInstanceOf(GeneratorException.class)
          .hasMessageContaining("no answer");
    }
  }

  @Test
  void rowsHaveTheirMeanDepthTimesTheScale(@TempDir Path folder) throws IOException {
    Shards.write(folder.resolve("views-00000.tar"), Stream.of(slope(1), slope(4)));
    try (Vision vision = Vision.with("baseline:rows:2.5:" + folder)) {
      DepthMap depth = vision.see(Image.filled(48, 64, 0x808080), Depth.metric());
      assertThat(depth.metres(0, 63)).isEqualTo(depth.metres(47, 63));
      // The mean logarithm of 1 m and 4 m is that of 2 m; the top row is ten times as far.
      assertThat(depth.metres(5, 63) / 2.5).isCloseTo(2, within(0.1));
      assertThat(depth.metres(5, 0) / 2.5).isCloseTo(20, within(1.0));
      assertThat(depth.metres(5, 32)).isBetween(depth.metres(5, 63), depth.metres(5, 0));
    }
  }

  /** So many metres at the bottom, ten times as many at the top. */
  private static View slope(float metres) {
    int side = 32;
    float[] depth = new float[side * side];
    for (int i = 0; i < depth.length; i++) {
      int row = i / side;
      depth[i] = metres * (float) Math.pow(10, 1 - row / (side - 1.0));
    }
    Box box = new Box(0, 0, 1, 1);
    return new View(
        "slope-" + (int) metres,
        1,
        Image.filled(side, side, 0x808080),
        side,
        side,
        depth,
        new float[3 * side * side],
        new short[side * side],
        new byte[side * side],
        List.of(
            new Thing(
                0,
                "wall",
                "wall",
                "grey",
                0x808080,
                true,
                true,
                "",
                box,
                box,
                side * side,
                2,
                null)),
        List.of("A wall."),
        List.of(),
        List.of(),
        List.of(),
        new Camera(side, 53.1, 1.5, 0, 0));
  }

  @Test
  void everyPlaceHasTheClassMostOftenThere() throws IOException {
    int[] sky = new int[60 * 60];
    Arrays.fill(sky, 30 * 60, 60 * 60, 1);
    int[] road = new int[60 * 60];
    Arrays.fill(road, 1);
    List<String> classes = List.of("sky", "road", "car");
    ClassPrior prior = ClassPrior.of(set(classes, sky, sky, road));
    Image photo = Image.filled(120, 60, 0x808080);
    try (Vision vision = Vision.with(Baseline.classes(prior))) {
      LabelMap map =
          vision.see(
              photo,
              Segments.coloured(
                  List.of(
                      new Ask.Entry("Road", 0x00FF00),
                      new Ask.Entry("sky", 0x0000FF),
                      new Ask.Entry("tram", 0xFF0000))));
      assertThat(map.label(60, 10)).isEqualTo(1);
      assertThat(map.label(60, 50)).isEqualTo(0);
      assertThat(map.share(2)).isZero();
    }
  }

  private static EvalSet set(List<String> classes, int[]... labels) {
    return new EvalSet() {
      @Override
      public String name() {
        return "places";
      }

      @Override
      public long size() {
        return labels.length;
      }

      @Override
      public Stream<Sample> samples() {
        return Arrays.stream(labels)
            .map(
                l ->
                    new Sample(
                        "s",
                        Image.filled(60, 60, 0),
                        List.of(
                            new Truth.SegmentTruth(
                                classes, List.of(1, 2, 3), OptionalInt.empty(), l))));
      }
    };
  }

  @Test
  void whatCannotBeOpenedIsNamed(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("images"));
    BaselineProvider provider = new BaselineProvider();
    for (String wrong :
        List.of(
            "",
            "sobel",
            "rows",
            "rows:",
            "rows:0:" + folder,
            "rows:" + folder.resolve("none"),
            "camvid",
            "camvid:" + folder,
            "camvid:" + folder.resolve("none"))) {
      assertThatThrownBy(() -> provider.open(wrong))
          .as(wrong)
          .isInstanceOf(GeneratorException.class)
          .hasMessageMatching("(?s).*(baseline|above 0).*");
    }
  }
}
