package dev.plantain.sprout;

import dev.plantain.core.Generator;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.GeneratorProvider;
import dev.plantain.torch.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Locale;

/** Opens {@code sprout}, with the weights in the jar, or {@code sprout:FILE} with others. */
public final class SproutProvider implements GeneratorProvider {
  private static final String WEIGHTS = "sprout.safetensors";

  @Override
  public String scheme() {
    return "sprout";
  }

  @Override
  public String usage() {
    return "sprout, the embedded generator; sprout:FILE.safetensors for weights of your own";
  }

  @Override
  public Generator open(String rest) {
    try {
      SproutModel model =
          rest.isEmpty() ? SproutModel.of(embedded(), false) : SproutModel.read(Path.of(rest));
      String task = model.metadata().get(SproutModel.SPECIALIST);
      if (task != null) {
        model.close();
        throw new GeneratorException(
            "%s holds a study's specialist for %s, which does not draw; take a generator's weights"
                .formatted(rest, task.toLowerCase(Locale.ROOT)));
      }
      return new SproutGenerator(model, new PromptTokenizer(), model.side());
    } catch (IOException e) {
      throw new GeneratorException("sprout cannot be opened: " + e.getMessage(), e);
    }
  }

  private static Safetensors.Contents embedded() throws IOException {
    return Safetensors.read(MemorySegment.ofArray(embeddedWeights()), "sprout's own weights");
  }

  /**
   * The weights in the jar, a safetensors file.
   *
   * @throws IOException if this build has none
   */
  public static byte[] embeddedWeights() throws IOException {
    try (InputStream in = SproutProvider.class.getResourceAsStream(WEIGHTS)) {
      if (in == null) {
        throw new IOException("this build of sprout has no weights; give a file: sprout:FILE");
      }
      return in.readAllBytes();
    }
  }
}
