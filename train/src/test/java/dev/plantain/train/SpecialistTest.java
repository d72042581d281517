package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.core.Depth;
import dev.plantain.core.GeneratorException;
import dev.plantain.core.Image;
import dev.plantain.core.Normals;
import dev.plantain.core.Options;
import dev.plantain.core.Segments;
import dev.plantain.core.Vision;
import dev.plantain.core.measure.LabelMap;
import dev.plantain.sprout.PromptTokenizer;
import dev.plantain.sprout.SproutModel;
import dev.plantain.torch.Safetensors;
import dev.plantain.torch.Scope;
import dev.plantain.torch.Tensors;
import dev.plantain.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A specialist's drawing reads as what its network predicts. */
class SpecialistTest {
  private static final int SIZE = 32;
  private static final Image PHOTO = new ToyViews(1, SIZE).view(0).photo();

  @TempDir private static Path folder;

  private static Path weights(Map<String, String> notes) throws IOException {
    Path file = folder.resolve("weights-%s.safetensors".formatted(notes.hashCode()));
    try (SproutModel model = SproutModel.random(TrainerTest.SHAPE, 5);
        Scope scope = Scope.open();
        var still = Torch.withoutGradients()) {
      torch.manual_seed(9);
      // The parameters come to be with the first use.
      Tensor photos = Tensors.pictures(List.of(PHOTO.rgb8()), SIZE, SIZE);
      try (PromptTokenizer tokenizer = new PromptTokenizer()) {
        model.clean(
            torch.zeros(1, 3, SIZE, SIZE),
            torch.zeros(1),
            photos,
            new int[1],
            List.of(tokenizer.tokens("")));
      }
      // Random weights begin residual branches at zero; a nudge makes the answer depend on all.
      model
          .parameters()
          .values()
          .forEach(p -> p.add_(torch.randn_like(p).mul(Tensors.scalar(0.05))));
      Safetensors.Contents contents =
          SproutModel.export(TrainerTest.SHAPE, model.parameters(), notes, ScalarType.Float);
      Safetensors.write(file, contents.tensors(), contents.metadata());
    }
    return file;
  }

  private static float[] predicted(Path weights, String prompt) throws IOException {
    try (SproutModel model = SproutModel.of(Safetensors.read(weights), false);
        PromptTokenizer tokenizer = new PromptTokenizer();
        Scope scope = Scope.open();
        var still = Torch.withoutGradients()) {
      return Tensors.floats(
          model.clean(
              torch.zeros(1, 3, SIZE, SIZE),
              torch.zeros(1),
              Tensors.pictures(List.of(PHOTO.rgb8()), SIZE, SIZE),
              new int[1],
              List.of(tokenizer.tokens(prompt))));
    }
  }

  private static Vision vision(Path weights) throws IOException {
    return Vision.with(Specialist.open(weights));
  }

  @Test
  void depth() throws IOException {
    Path weights = weights(Map.of("specialist", "DEPTH", "side", "32"));
    float[] planes = predicted(weights, "");
    try (Vision vision = vision(weights)) {
      float[] metres = vision.see(PHOTO, Depth.metric()).metres();
      for (int p = 0; p < metres.length; p++) {
        float wanted = (float) (4 * Math.exp(2 * planes[p]));
        assertThat(metres[p]).isCloseTo(wanted, within(0.02f * wanted));
      }
      assertThatThrownBy(() -> vision.see(PHOTO, Normals.camera()))
          .isInstanceOf(GeneratorException.class)
          .hasMessageContaining("specialist for depth");
      assertThatThrownBy(() -> vision.generator().draw(List.of(PHOTO), "A cat.", Options.seeded(0)))
          .isInstanceOf(GeneratorException.class)
          .hasMessageContaining("answers only");
    }
  }

  @Test
  void normals() throws IOException {
    Path weights = weights(Map.of("specialist", "NORMALS", "side", "32"));
    float[] planes = predicted(weights, "");
    int n = SIZE * SIZE;
    try (Vision vision = vision(weights)) {
      float[] xyz = vision.see(PHOTO, Normals.camera()).xyz();
      for (int p = 0; p < n; p++) {
        double dot = 0;
        double square = 0;
        for (int c = 0; c < 3; c++) {
          dot += (double) planes[c * n + p] * xyz[3 * p + c];
          square += (double) planes[c * n + p] * planes[c * n + p];
        }
        assertThat(dot / Math.sqrt(square)).isGreaterThan(0.999);
      }
    }
  }

  @Test
  void segments() throws IOException {
    Path weights = weights(Map.of("specialist", "SEGMENT", "side", "32"));
    float[] box = predicted(weights, "box");
    float[] lamp = predicted(weights, "lamp");
    try (Vision vision = vision(weights)) {
      int[] labels = vision.see(PHOTO, Segments.of("box", "lamp").background()).labels();
      int[] all = vision.see(PHOTO, Segments.of("box", "lamp")).labels();
      for (int p = 0; p < labels.length; p++) {
        int surest = lamp[p] > box[p] ? 1 : 0;
        assertThat(all[p]).isEqualTo(surest);
        assertThat(labels[p])
            .isEqualTo(Math.max(box[p], lamp[p]) > 0 ? surest : LabelMap.BACKGROUND);
      }
    }
  }

  @Test
  void aGeneratorsWeightsAreRefused() throws IOException {
    Path weights = weights(Map.of("side", "32"));
    assertThatThrownBy(() -> Specialist.open(weights))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no specialist's");
  }

  @Test
  void itsWeightsAreNoGenerators() throws IOException {
    Path weights = weights(Map.of("side", "32", SproutModel.SPECIALIST, "DEPTH"));
    assertThatThrownBy(() -> Vision.with("sprout:" + weights))
        .isInstanceOf(GeneratorException.class)
        .hasMessageContaining("a study's specialist for depth");
  }
}
