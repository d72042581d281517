package dev.plantain.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The default instance decoder against the paper's on corrupted drawings with known truth. Prints
 * the table of {@code docs/instances.md}.
 */
class InstanceStudyTest {
  private static final int SIDE = 256;

  @Test
  void defaultDecoderBeatsThePapersOnEveryCorruption() {
    double[][] scores = study(35, 1);
    int all = Corruption.values().length;
    for (int row = 0; row < all; row++) {
      // Five drawings a row are few: no worse is all they can show.
      assertThat(scores[1][row]).as("row %d", row).isGreaterThan(scores[0][row] - 0.03);
    }
    assertThat(scores[1][all]).isGreaterThan(scores[0][all] + 0.3);
    assertThat(scores[2][all]).isGreaterThan(scores[0][all] + 0.3);
  }

  @Test
  @Tag("slow")
  void defaultDecoderBeatsThePapersOnFiveHundredDrawings() {
    double[][] scores = study(500, 20260420);
    for (int row = 0; row < scores[0].length; row++) {
      assertThat(scores[1][row]).as("row %d", row).isGreaterThan(scores[0][row]);
      assertThat(scores[2][row]).as("row %d, unnamed", row).isGreaterThan(scores[0][row]);
    }
  }

  /**
   * Mean pmF1 of the paper's decoder, the default, and the default without knowing the background,
   * for each corruption and for all.
   */
  private static double[][] study(int drawings, long seed) {
    Corruption[] kinds = Corruption.values();
    double[] paper = new double[kinds.length + 1];
    double[] named = new double[kinds.length + 1];
    double[] unnamed = new double[kinds.length + 1];
    int[] count = new int[kinds.length + 1];
    for (int k = 0; k < drawings; k++) {
      int kind = k % kinds.length;
      Random random = new Random(seed * 1_000_003 + k);
      InstanceDrawing clean =
          InstanceDrawing.random(
              SIDE, 2 + random.nextInt(11), kinds[kind] == Corruption.NEAR_NEIGHBOURS, random);
      InstanceDrawing drawing = kinds[kind].apply(clean, random);
      double byPaper = score(InstanceCodec.paper(drawing.background()), drawing);
      double byName = score(InstanceCodec.clusters(drawing.background()), drawing);
      double byItself = score(InstanceCodec.clusters(), drawing);
      for (int row : new int[] {kind, kinds.length}) {
        paper[row] += byPaper;
        named[row] += byName;
        unnamed[row] += byItself;
        count[row]++;
      }
    }
    System.out.printf("| %-15s | drawings | paper | default | background not named |%n", "pmF1");
    System.out.println("| --- | --- | --- | --- | --- |");
    for (int row = 0; row <= kinds.length; row++) {
      System.out.printf(
          "| %-15s | %d | %.3f | %.3f | %.3f |%n",
          row < kinds.length ? kinds[row].name().toLowerCase(Locale.ROOT).replace('_', ' ') : "all",
          count[row],
          paper[row] / count[row],
          named[row] / count[row],
          unnamed[row] / count[row]);
    }
    for (int row = 0; row <= kinds.length; row++) {
      paper[row] /= count[row];
      named[row] /= count[row];
      unnamed[row] /= count[row];
    }
    return new double[][] {paper, named, unnamed};
  }

  private static double score(InstanceCodec codec, InstanceDrawing drawing) {
    InstanceMap map = codec.decode(drawing.rgb8(), drawing.width(), drawing.height());
    return MaskF1.of(drawing.truth(), map.ids());
  }
}
