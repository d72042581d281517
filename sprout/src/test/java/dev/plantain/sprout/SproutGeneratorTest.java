package dev.plantain.sprout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.core.Generator.Request;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.torch.Ops;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SproutGeneratorTest {
  private static final NetworkShape SMALL =
      new NetworkShape(
          new NetworkShape.Scales(16, 16, 32), new NetworkShape.Scales(16, 16, 32), 1, 32, 32, 8);
  private static final Options SEED = Options.seeded(5);

  private static SproutGenerator sprout;

  @BeforeAll
  static void open() {
    sprout = new SproutGenerator(SproutModel.random(SMALL, 3), new PromptTokenizer(), 64);
  }

  @AfterAll
  static void close() {
    sprout.close();
  }

  private static Image photo(int seed, int width, int height) {
    byte[] rgb8 = new byte[3 * width * height];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < rgb8.length; i++) {
      rgb8[i] = (byte) random.nextInt(256);
    }
    return Image.of(width, height, rgb8);
  }

  @Test
  void equalRequestsGiveEqualDrawings() {
    Image photo = photo(1, 48, 32);
    Image a = sprout.draw(List.of(photo), "Surface normal map.", SEED);
    Image b = sprout.draw(List.of(photo), "Surface normal map.", SEED);
    assertThat(a).isEqualTo(b);
    assertThat(a.width()).isEqualTo(48);
    assertThat(a.height()).isEqualTo(32);
    assertThat(sprout.draw(List.of(photo), "Surface normal map.", Options.seeded(6)))
        .isNotEqualTo(a);
  }

  @Test
  void drawingTogetherIsDrawingApart() {
    Image one = photo(1, 32, 32);
    Image two = photo(2, 32, 32);
    List<Request> requests =
        List.of(
            new Request(List.of(one), "Edge map.", SEED),
            new Request(List.of(two), "Paint the sofa red.", SEED),
            new Request(List.of(one), "Depth map in grayscale.", SEED.withSeed(9)),
            new Request(List.of(), "A red sofa.", SEED.withSize(32, 32).withSteps(2)));
    List<Image> together = sprout.drawAll(requests);
    for (int i = 0; i < requests.size(); i++) {
      Request r = requests.get(i);
      Image apart = sprout.draw(r.images(), r.prompt(), r.options());
      assertThat(levelsApart(apart, together.get(i))).as("request %d", i).isLessThanOrEqualTo(1);
    }
  }

  private static int levelsApart(Image a, Image b) {
    byte[] x = a.rgb8();
    byte[] y = b.rgb8();
    int most = 0;
    for (int i = 0; i < x.length; i++) {
      most = Math.max(most, Math.abs((x[i] & 0xff) - (y[i] & 0xff)));
    }
    return most;
  }

  @Test
  void refusesSizesItCannotDraw() {
    assertThatThrownBy(() -> sprout.draw(List.of(photo(1, 50, 32)), "x", SEED))
        .isInstanceOf(GeneratorException.class)
        .hasMessageContaining("16 divides");
    assertThatThrownBy(() -> sprout.draw(List.of(photo(1, 32, 32), photo(2, 32, 32)), "x", SEED))
        .isInstanceOf(GeneratorException.class)
        .hasMessageContaining("one picture");
  }

  @Test
  void manyDrawingsLeaveNothingBehind() {
    Image photo = photo(1, 32, 32);
    sprout.draw(List.of(photo), "Edge map.", SEED);
    long before = Ops.livePointers();
    for (int i = 0; i < 100; i++) {
      sprout.draw(List.of(photo), "Edge map.", SEED.withSteps(1));
    }
    assertThat(Ops.livePointers()).isEqualTo(before);
  }
}
