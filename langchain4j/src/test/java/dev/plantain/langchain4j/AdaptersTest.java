package dev.plantain.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.data.image.Image;
import dev.plantain.core.Depth;
import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Instances;
import dev.plantain.core.Options;
import dev.plantain.core.Referring;
import dev.plantain.core.Segments;
import dev.plantain.core.Traits;
import dev.plantain.core.Vision;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.instruct.InstructionException;
import dev.plantain.core.measure.DepthMap;
import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.core.measure.Mask;
import dev.plantain.formats.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdaptersTest {
  private static final int W = 64;
  private static final int H = 48;

  @TempDir Path folder;

  /** The left half is a chair, 2 m away; the right half a wall, 4 m away. */
  private static final class Halves implements Generator {
    @Override
    public Traits traits() {
      return new Traits("halves", "paper", new Traits.Sizes(1, W * H, 1 << 20, 4), true, "CC0-1.0");
    }

    @Override
    public dev.plantain.core.Image draw(
        List<dev.plantain.core.Image> images, String prompt, Options options) {
      if (prompt.contains("forbidden")) {
        throw new GeneratorException.Refused("no");
      }
      Instruction instruction;
      try {
        instruction = Instruction.parse(prompt);
      } catch (InstructionException.NotPerception e) {
        int tint = images.isEmpty() ? 0x202020 : images.getFirst().rgb(0, 0);
        return dev.plantain.core.Image.filled(16, 16, tint + (int) options.seed());
      }
      BitSet left = new BitSet();
      float[] metres = new float[W * H];
      int[] labels = new int[W * H];
      for (int i = 0; i < W * H; i++) {
        boolean chair = i % W < W / 2;
        left.set(i, chair);
        metres[i] = chair ? 2 : 4;
        labels[i] = chair ? 0 : 1;
      }
      return switch (instruction.ask()) {
        case Ask.MetricDepth _ -> Depth.metric().paint(DepthMap.of(W, H, metres), instruction);
        case Ask.Segments ask -> {
          Segments task = Segments.coloured(ask.legend());
          yield task.paint(LabelMap.of(W, H, task.classes(), labels), instruction);
        }
        case Ask.Instances ask ->
            Instances.of(ask.phrase())
                .paint(
                    new InstanceList(
                        ask.phrase(),
                        W,
                        H,
                        List.of(new Instance(Mask.of(ask.phrase(), W, H, left, 1), 0xFF0000)),
                        1),
                    instruction);
        case Ask.Referring ask -> {
          String phrase = ask.legend().getFirst().phrase();
          Mask mask = Mask.of(phrase, W, H, phrase.contains("cat") ? new BitSet() : left, 1);
          yield new Referring.Each(ask.legend(), OptionalInt.empty(), 0)
              .paint(List.of(mask), instruction);
        }
        default -> throw new GeneratorException("not that");
      };
    }

    @Override
    public boolean drawsInPlace() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Test
  void aGeneratorIsAnImageModel() {
    GeneratorImageModel model = new GeneratorImageModel(new Halves(), Options.seeded(1));
    Image one = model.generate("a cat").content();
    assertThat(one.mimeType()).isEqualTo("image/png");
    List<Image> three = model.generate("a cat", 3).content();
    assertThat(three).hasSize(3).doesNotHaveDuplicates().contains(one);
    Image edited = model.edit(one, "make it blue").content();
    assertThat(edited).isNotEqualTo(one);
    assertThatThrownBy(() -> model.generate("forbidden"))
        .isInstanceOf(GeneratorException.Refused.class);
    assertThatThrownBy(() -> model.generate("a cat", 0))
        .isInstanceOf(IllegalArgumentException.class);
    Image address = Image.builder().url("http://localhost/x.png").build();
    assertThatThrownBy(() -> model.edit(address, "x")).hasMessageContaining("not fetched");
    Image nonsense =
        Image.builder().base64Data(Base64.getEncoder().encodeToString(new byte[] {1, 2})).build();
    assertThatThrownBy(() -> model.edit(nonsense, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tasksAreTools() throws IOException {
    Png.write(folder.resolve("room.png"), dev.plantain.core.Image.filled(W, H, 0x808080));
    Files.writeString(folder.resolve("words.txt"), "no picture");
    try (Vision vision = Vision.with(new Halves())) {
      PhotoTools tools = new PhotoTools(vision, folder);
      assertThat(tools.distance("room.png", 5, 5)).startsWith("2.0").contains(" m (confidence");
      assertThat(tools.distance("room.png", 60, 5)).startsWith("4.0");
      assertThat(tools.distance("room.png", 64, 5)).contains("outside");
      assertThat(tools.find("room.png", "the chair"))
          .startsWith("x 0 to 31, y 0 to 47, 50.00 % of the photo");
      assertThat(tools.find("room.png", "the cat")).startsWith("not there");
      assertThat(tools.count("room.png", "chair")).startsWith("1 (").contains("x 0 to 31");
      assertThat(tools.shares("room.png", List.of("chair", "wall")))
          .isEqualTo("chair 50.00 %, wall 50.00 %");
      for (String path :
          new String[] {"../room.png", "/etc/passwd", "none.png", "words.txt", "a\0b"}) {
        assertThatThrownBy(() -> tools.find(path, "x"))
            .as(path)
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void aLinkOutOfTheFolderIsNotFollowed() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Png.write(outside.resolve("secret.png"), dev.plantain.core.Image.filled(W, H, 0));
    Files.createSymbolicLink(inside.resolve("link.png"), outside.resolve("secret.png"));
    try (Vision vision = Vision.with(new Halves())) {
      PhotoTools tools = new PhotoTools(vision, inside);
      assertThatThrownBy(() -> tools.find("link.png", "x"))
          .hasMessageContaining("not in the folder");
    }
  }

  @Test
  void languageModelsAreToldOfThem() {
    List<ToolSpecification> specifications =
        ToolSpecifications.toolSpecificationsFrom(PhotoTools.class);
    assertThat(specifications.stream().map(ToolSpecification::name))
        .containsExactlyInAnyOrder("distance", "find", "count", "shares");
    assertThat(
            specifications.stream()
                .filter(s -> s.name().equals("find"))
                .findFirst()
                .orElseThrow()
                .parameters()
                .properties()
                .keySet())
        .isEqualTo(new java.util.LinkedHashSet<>(Arrays.asList("photo", "phrase")));
  }
}
