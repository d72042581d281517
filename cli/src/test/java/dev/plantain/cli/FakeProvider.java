package dev.plantain.cli;

import dev.plantain.core.Depth;
import dev.plantain.core.Edges;
import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.GeneratorProvider;
import dev.plantain.core.Image;
import dev.plantain.core.Instances;
import dev.plantain.core.Normals;
import dev.plantain.core.Options;
import dev.plantain.core.Referring;
import dev.plantain.core.Segments;
import dev.plantain.core.Traits;
import dev.plantain.core.instruct.Ask;
import dev.plantain.core.instruct.Instruction;
import dev.plantain.core.instruct.InstructionException;
import java.util.List;
import java.util.Map;

/**
 * Opens {@code fake}, which draws {@link StillLife} whatever the photo, and spoiled ones: {@code
 * fake:black}, {@code fake:refuse}, {@code fake:narrow}, {@code fake:closed}.
 */
public final class FakeProvider implements GeneratorProvider {
  @Override
  public String scheme() {
    return "fake";
  }

  @Override
  public String usage() {
    return "fake, a still life for tests";
  }

  @Override
  public Generator open(String rest) {
    if (rest.equals("closed")) {
      throw new GeneratorException("fake cannot be opened: it is closed; come back tomorrow");
    }
    return new Fake(rest);
  }

  /** Draws the still life for whatever the prompt asks. */
  static Image paint(int width, int height, String prompt) {
    return Fake.paint(new StillLife(width, height), prompt);
  }

  private record Fake(String fault) implements Generator {
    @Override
    public Traits traits() {
      return new Traits(
          "fake 1", "paper", new Traits.Sizes(16, 128 * 96, 512 * 512, 4), true, "CC0-1.0");
    }

    @Override
    public Map<String, String> about() {
      return Map.of("training", "none", "data", "imagination");
    }

    @Override
    public Image draw(List<Image> images, String prompt, Options options) {
      int width = options.width().orElse(64);
      int height = options.height().orElse(64);
      return switch (fault) {
        case "black" -> Image.filled(width, height, 0);
        case "refuse" -> throw new GeneratorException.Refused("fake refuses:\n  not in the mood");
        case "narrow" -> Image.filled(width / 2, height, 0x808080);
        default -> paint(new StillLife(width, height), prompt);
      };
    }

    private static Image paint(StillLife life, String prompt) {
      Instruction instruction;
      try {
        instruction = Instruction.parse(prompt);
      } catch (InstructionException.NotPerception e) {
        return Image.filled(life.width(), life.height(), 0x336699);
      }
      return switch (instruction.ask()) {
        case Ask.MetricDepth _ -> Depth.metric().paint(life.depth(), instruction);
        case Ask.Normals _ -> Normals.camera().paint(life.normals(), instruction);
        case Ask.Segments ask -> {
          Segments task = Segments.coloured(ask.legend());
          yield task.paint(life.labels(task.classes()), instruction);
        }
        case Ask.Instances ask ->
            Instances.of(ask.phrase()).paint(life.instances(ask.phrase()), instruction);
        case Ask.Referring ask ->
            new Referring.Each(ask.legend(), java.util.OptionalInt.empty(), 0)
                .paint(ask.legend().stream().map(e -> life.mask(e.phrase())).toList(), instruction);
        case Ask.Edges _ -> Edges.boundaries().paint(life.edges(), instruction);
        case Ask.RelativeDepth _ -> throw new GeneratorException("fake knows metres only");
      };
    }

    @Override
    public List<String> unknownPhrases(List<String> phrases) {
      return phrases.stream().filter(phrase -> phrase.contains("flumph")).toList();
    }

    @Override
    public boolean drawsInPlace() {
      return true;
    }

    @Override
    public void close() {}
  }
}
