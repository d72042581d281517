package dev.plantain.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.sprout.PromptTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchMakerTest {
  private static final int SIZE = 32;

  private static Batch batch(Set<Kind> even) {
    return batch(even, new Mixture(Map.of(Kind.NORMALS, 1.0, Kind.SEGMENT, 1.0)));
  }

  private static Batch batch(Set<Kind> even, Mixture mixture) {
    Stage stage = new Stage("tune", 1, SIZE, 12, 3, 0.5, 1e-3, 0, 0.5, mixture);
    ExampleSource source =
        new DioramaExamples(
            new ToyViews(20, SIZE), new VisionExamples(List.of("box", "ball", "lamp")));
    try (PromptTokenizer tokenizer = new PromptTokenizer()) {
      return new BatchMaker(source, tokenizer, 3, even).make(stage, 0);
    }
  }

  private static float[] weights(Batch batch, int drawing) {
    int n = SIZE * SIZE;
    return Arrays.copyOfRange(batch.weights(), drawing * n, (drawing + 1) * n);
  }

  @Test
  void whatAnEditChangesWeighsMore() {
    Mixture edits = new Mixture(Map.of(Kind.EDIT, 1.0));
    Batch batch = batch(Set.of(), edits);
    Batch even = batch(Set.of(Kind.EDIT), edits);
    int heard = 0;
    for (int i = 0; i < batch.kinds().size(); i++) {
      byte[] before = batch.photos().get(batch.photoOf()[i]);
      byte[] after = batch.targets().get(i);
      float[] weights = weights(batch, i);
      assertThat(weights(even, i)).containsOnly(1f);
      double least = Double.POSITIVE_INFINITY;
      double most = 0;
      int changed = 0;
      for (int p = 0; p < weights.length; p++) {
        if (Arrays.equals(before, 3 * p, 3 * p + 3, after, 3 * p, 3 * p + 3)) {
          most = Math.max(most, weights[p]);
        } else {
          changed++;
          least = Math.min(least, weights[p]);
        }
      }
      if (changed > 0 && changed < weights.length / 2) {
        heard++;
        assertThat(least).isGreaterThan(most);
      }
    }
    assertThat(heard).isPositive();
  }

  @Test
  void pixelsOfEvenKindsCountAlikeAndOthersByTheirColour() {
    Batch coloured = batch(Set.of());
    Batch even = batch(Set.of(Kind.SEGMENT));
    assertThat(even.kinds()).isEqualTo(coloured.kinds()).contains(Kind.NORMALS, Kind.SEGMENT);
    int changed = 0;
    for (int i = 0; i < even.kinds().size(); i++) {
      if (even.kinds().get(i) == Kind.SEGMENT) {
        assertThat(weights(even, i)).containsOnly(1f);
        changed += Arrays.equals(weights(even, i), weights(coloured, i)) ? 0 : 1;
      } else {
        assertThat(weights(even, i)).isEqualTo(weights(coloured, i));
      }
    }
    assertThat(changed).isPositive();
  }
}
