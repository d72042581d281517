package dev.plantain.sprout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.core.Generator;
import dev.plantain.core.Generator.Request;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.torch.Ops;
import dev.plantain.torch.Safetensors;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void weightsOfTheSameTrainingAreToldApart() {
    try (Generator same = generator(3);
        Generator other = generator(4)) {
      String mine = sprout.about().get("sha256");
      assertThat(mine).matches("[0-9a-f]{64}");
      assertThat(same.about().get("sha256")).isEqualTo(mine);
      assertThat(other.about().get("sha256")).isNotEqualTo(mine);
    }
  }

  private static Generator generator(long seed) {
    return new SproutGenerator(SproutModel.random(SMALL, seed), new PromptTokenizer(), 64);
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

  /** Writes weights of which no parameter is at zero, where a block would be as its skip. */
  private static Path weights(Path folder) throws IOException {
    Path file = folder.resolve("weights.safetensors");
    try (Scope _ = Scope.open();
        SproutModel model = SproutModel.random(SMALL, 3)) {
      Map<String, Tensor> values = new LinkedHashMap<>();
      model
          .parameters()
          .forEach(
              (name, t) -> {
                Tensor noise = torch.randn(t.shape()).mul(Tensors.scalar(0.2));
                values.put(name, t.detach().add(noise));
              });
      Safetensors.Contents contents =
          SproutModel.export(SMALL, values, Map.of(), torch.ScalarType.Float);
      Safetensors.write(file, contents.tensors(), contents.metadata());
    }
    return file;
  }

  @Test
  void aGrownNetworkBeginsAsTheSmallOne(@TempDir Path folder) throws IOException {
    NetworkShape deep = new NetworkShape(SMALL.photo(), SMALL.drawing(), 3, 32, 32, 8);
    Path file = weights(folder);
    SproutModel model = SproutModel.grown(Safetensors.read(file), deep, 9);
    assertThat(model.shape()).isEqualTo(deep);
    assertThat(model.parameters()).containsKey("photo.block.2.qkv.weight");
    try (SproutGenerator small =
            new SproutGenerator(
                SproutModel.of(Safetensors.read(file), false), new PromptTokenizer(), 64);
        SproutGenerator large = new SproutGenerator(model, new PromptTokenizer(), 64)) {
      Image photo = photo(1, 32, 32);
      Image drawn = small.draw(List.of(photo), "Paint the sofa red.", SEED);
      assertThat(levelsApart(drawn, large.draw(List.of(photo), "Paint the sofa red.", SEED)))
          .isZero();
    }
  }

  @Test
  void aNetworkOfOtherWidthsOrFewerBlocksIsNotGrown(@TempDir Path folder) throws IOException {
    NetworkShape wide = new NetworkShape(SMALL.photo(), SMALL.drawing(), 3, 32, 48, 8);
    NetworkShape shallow = new NetworkShape(SMALL.photo(), SMALL.drawing(), 0, 32, 32, 8);
    Path file = weights(folder);
    for (NetworkShape shape : List.of(wide, shallow)) {
      assertThatThrownBy(() -> SproutModel.grown(Safetensors.read(file), shape, 9))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("other widths or fewer photoBlocks");
    }
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
