package dev.plantain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import dev.plantain.core.Traits;
import dev.plantain.core.Vision;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.instruct.InstructionException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SceneTest {
  /** Paints the upper third as one class, all below as another; refuses a class called none. */
  private record Painter(String above, String below) implements Generator {
    @Override
    public Traits traits() {
      return new Traits(
          "painter", "paper", new Traits.Sizes(16, 32 * 32, 64 * 64, 4), true, "CC0-1.0");
    }

    @Override
    public boolean drawsInPlace() {
      return true;
    }

    @Override
    public Image draw(List<Image> images, String prompt, Options options) {
      int width = options.width().orElse(32);
      int height = options.height().orElse(32);
      byte[] rgb8 = new byte[3 * width * height];
      for (int i = 0; i < width * height; i++) {
        int rgb = rgb(i < width * (height / 3) ? above : below, prompt);
        for (int c = 0; c < 3; c++) {
          rgb8[3 * i + c] = (byte) (rgb >> (16 - 8 * c));
        }
      }
      return Image.of(width, height, rgb8);
    }

    private static int rgb(String name, String prompt) {
      try {
        if (Instruction.parse(prompt).ask() instanceof Ask.Segments s) {
          return s.legend().stream()
              .filter(e -> e.phrase().equals(name))
              .findFirst()
              .map(Ask.Entry::rgb)
              .orElseThrow(() -> new GeneratorException.Refused("not in the mood"));
        }
      } catch (InstructionException e) {
        throw new AssertionError(prompt, e);
      }
      throw new AssertionError(prompt);
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @CsvSource({
    "ceiling, floor, INDOORS",
    "sky, road, OUTDOORS",
    "wall, building, OUTDOORS",
    "tree, wall, INDOORS",
    "none, none, INDOORS"
  })
  void theSurfacesThatCoverMostTell(String above, String below, Scene scene) {
    try (Vision vision = Vision.with(new Painter(above, below))) {
      assertThat(Scene.of(vision, Image.filled(32, 32, 0x708090))).isEqualTo(scene);
    }
  }
}
