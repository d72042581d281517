package dev.plantain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LegendTest {
  private static final Legend LEGEND =
      Legend.of(0xff0000, 0x00ff00, 0x804000).withBackground(0x000080);

  @Test
  void paintAndDecodeAreInverse() {
    int[] labels = {2, 1, 0, Legend.BACKGROUND, 1, 1};
    byte[] rgb8 = new byte[3 * labels.length];
    int[] read = new int[labels.length];
    float[] confidence = new float[labels.length];
    LEGEND.paint(labels, rgb8);
    LEGEND.decode(rgb8, read, confidence);
    assertThat(read).isEqualTo(labels);
    assertThat(confidence).containsOnly(1);
  }

  @Test
  void farColoursAreUnassignedUnlessTheNearestAlwaysWins() {
    assertThat(LEGEND.label(0xffffff)).isEqualTo(Legend.UNASSIGNED);
    assertThat(LEGEND.nearestAlways().label(0xffffff)).isEqualTo(2);
    assertThat(LEGEND.withLimit(5).label(0xfa0000)).isEqualTo(0);
    assertThat(LEGEND.withLimit(5).label(0xf90000)).isEqualTo(Legend.UNASSIGNED);
    assertThat(LEGEND.label(0x101090)).isEqualTo(Legend.BACKGROUND);
  }

  @Test
  void nearestIsTheNearestOfAll() {
    Random random = new Random(6);
    int[] colours = random.ints(19, 0, 1 << 24).distinct().toArray();
    Legend legend = Legend.of(colours).nearestAlways();
    byte[] rgb8 = new byte[30_000];
    random.nextBytes(rgb8);
    int[] labels = new int[10_000];
    float[] confidence = new float[10_000];
    legend.decode(rgb8, labels, confidence);
    for (int i = 0; i < labels.length; i++) {
      double first = Double.POSITIVE_INFINITY;
      double second = Double.POSITIVE_INFINITY;
      int best = -1;
      for (int k = 0; k < colours.length; k++) {
        double distance = Colours.distance(Colours.get(rgb8, i), colours[k]);
        if (distance < first) {
          second = first;
          first = distance;
          best = k;
        } else {
          second = Math.min(second, distance);
        }
      }
      assertThat(labels[i]).isEqualTo(best);
      assertThat((double) confidence[i]).isCloseTo(1 - first / second, within(1e-6));
    }
  }

  @Test
  void badLegendsAreNamed() {
    assertThatThrownBy(() -> Legend.of()).hasMessage("a legend needs at least one colour");
    assertThatThrownBy(() -> Legend.of(1, 2, 1))
        .hasMessage("a legend needs different colours, got #000001 twice");
    assertThatThrownBy(() -> Legend.of(0x1000000)).hasMessageContaining("at most 0xFFFFFF");
    assertThatThrownBy(() -> LEGEND.paint(new int[] {3}, new byte[3]))
        .hasMessage("label 3 at pixel 0 is not in a legend of 3 colours");
  }

  @Test
  void legendsAreValues() {
    assertThat(Legend.of(1, 2)).isEqualTo(Legend.of(1, 2)).isNotEqualTo(Legend.of(2, 1));
    assertThat(LEGEND).hasToString("Legend[#FF0000 #00FF00 #804000 on #000080]");
    assertThat(LEGEND.withBackground(7).background()).hasValue(7);
    assertThat(LEGEND.withBackground(7).size()).isEqualTo(3);
  }

  @Test
  void phraseMasks() {
    PhraseMask white = PhraseMask.onBlack(0xffffff);
    boolean[] mask = {true, false, true};
    byte[] rgb8 = new byte[9];
    white.paint(mask, rgb8);
    boolean[] read = new boolean[3];
    float[] probability = new float[3];
    float[] confidence = new float[3];
    white.decode(rgb8, read, probability, confidence);
    assertThat(read).isEqualTo(mask);
    assertThat(probability).containsExactly(1, 0, 1);
    assertThat(confidence).containsOnly(1);
    // A quarter covered border, and red, which is neither.
    Colours.put(0x404040, rgb8, 0);
    Colours.put(0xff0000, rgb8, 1);
    white.decode(rgb8, read, probability, confidence);
    assertThat(read[0]).isFalse();
    assertThat((double) probability[0]).isCloseTo(0.25, within(0.002));
    assertThat((double) confidence[0]).isCloseTo(0.5, within(0.005));
    assertThat((double) confidence[1]).isLessThan(0.12);
    assertThatThrownBy(() -> new PhraseMask(5, 5)).hasMessageContaining("other than");
  }
}
