package dev.plantain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LegendMixtureTest {
  private static final int RED = 0xff0000;
  private static final int GREEN = 0x00ff00;
  private static final int OLIVE = 0x7f7f00;
  private static final int BLUE = 0x0000ff;

  private static Legend random(Random random, int classes, boolean background) {
    int[] colours = random.ints(0, 1 << 24).distinct().limit(classes + 1).toArray();
    Legend legend = Legend.of(Arrays.copyOf(colours, classes));
    return background ? legend.withBackground(colours[classes]) : legend;
  }

  /** A pixel that is a mixture of the palette's colours. */
  private static void mix(int[] palette, double[] shares, byte[] rgb8, int pixel) {
    for (int c = 0; c < 3; c++) {
      double sum = 0;
      for (int k = 0; k < palette.length; k++) {
        sum += shares[k] * ((palette[k] >> (16 - 8 * c)) & 0xff);
      }
      rgb8[3 * pixel + c] = (byte) Math.round(sum);
    }
  }

  @Property
  void exactDrawingsAreReadAsEachOfThemIs(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 150) int classes,
      @ForAll @IntRange(min = 1, max = 4) int passes,
      @ForAll boolean background) {
    Random random = new Random(seed);
    int n = 50;
    int[] truth = random.ints(n, 0, classes).toArray();
    for (int i = 0; background && i < n; i += 3) {
      truth[i] = Legend.BACKGROUND;
    }
    List<Legend> legends = new ArrayList<>();
    List<byte[]> drawings = new ArrayList<>();
    for (int d = 0; d < passes; d++) {
      Legend legend = random(random, classes, background);
      byte[] rgb8 = new byte[3 * n];
      legend.paint(truth, rgb8);
      legends.add(legend);
      drawings.add(rgb8);
    }
    int[] labels = new int[n];
    float[] confidence = new float[n];
    new LegendMixture(legends).decode(drawings, labels, confidence);
    assertThat(labels).isEqualTo(truth);
  }

  @Test
  void halfRedHalfGreenIsNotOliveIfAnotherDrawingSaysSo() {
    Legend one = Legend.of(RED, GREEN, OLIVE);
    Legend other = Legend.of(BLUE, RED, GREEN);
    byte[] first = new byte[3];
    byte[] second = new byte[3];
    mix(one.palette(), new double[] {0.55, 0.45, 0}, first, 0);
    mix(other.palette(), new double[] {0.55, 0.45, 0}, second, 0);
    int[] labels = new int[1];
    float[] confidence = new float[1];
    one.decode(first, labels, confidence);
    assertThat(labels[0]).isEqualTo(2);
    new LegendMixture(List.of(one, other)).decode(List.of(first, second), labels, confidence);
    assertThat(labels[0]).isZero();
    assertThat(confidence[0]).isCloseTo(0.55f, within(0.02f));
  }

  @Test
  void theBackgroundIsAnEntryAsOthersAre() {
    Legend legend = Legend.of(RED).withBackground(BLUE);
    byte[] rgb8 = new byte[6];
    mix(legend.palette(), new double[] {0.55, 0.45}, rgb8, 0);
    mix(legend.palette(), new double[] {0.40, 0.60}, rgb8, 1);
    int[] labels = new int[2];
    float[] confidence = new float[2];
    new LegendMixture(List.of(legend, legend)).decode(List.of(rgb8, rgb8), labels, confidence);
    assertThat(labels).containsExactly(0, Legend.BACKGROUND);
    assertThat(confidence[1]).isCloseTo(0.6f, within(0.01f));
  }

  @Test
  void whatNoMixtureExplainsIsUnassignedUnlessTheNearestAlwaysWins() {
    Legend legend = Legend.of(RED, 0xc00000);
    byte[] white = {-1, -1, -1};
    int[] labels = new int[1];
    float[] confidence = new float[1];
    new LegendMixture(List.of(legend, legend)).decode(List.of(white, white), labels, confidence);
    assertThat(labels[0]).isEqualTo(Legend.UNASSIGNED);
    assertThat(confidence[0]).isZero();
    Legend always = legend.nearestAlways();
    new LegendMixture(List.of(always, always)).decode(List.of(white, white), labels, confidence);
    assertThat(labels[0]).isZero();
  }

  /** Shares against their conditions of optimality (Karush, Kuhn and Tucker). */
  @Property
  void sharesAreTheBest(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 15) int entries,
      @ForAll @IntRange(min = 3, max = 12) int equations) {
    Random random = new Random(seed);
    double[][] columns = new double[entries][equations];
    for (double[] column : columns) {
      Arrays.setAll(column, i -> random.nextDouble());
    }
    Shares solver = new Shares(columns);
    for (int pixel = 0; pixel < 20; pixel++) {
      double[] y = new double[equations];
      Arrays.setAll(y, i -> 1.4 * random.nextDouble() - 0.2);
      double[] projected = new double[entries];
      for (int k = 0; k < entries; k++) {
        for (int i = 0; i < equations; i++) {
          projected[k] += columns[k][i] * y[i];
        }
      }
      double square = Arrays.stream(y).map(v -> v * v).sum();
      double[] share = solver.of(projected, square, 0);
      assertThat(Arrays.stream(share).sum()).isCloseTo(1, within(1e-9));
      double[] gain = new double[entries];
      double most = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < entries; k++) {
        assertThat(share[k]).isGreaterThanOrEqualTo(0);
        gain[k] = -1e-3 * share[k];
        for (int i = 0; i < equations; i++) {
          double off = y[i];
          for (int j = 0; j < entries; j++) {
            off -= columns[j][i] * share[j];
          }
          gain[k] += columns[k][i] * off;
        }
        most = Math.max(most, gain[k]);
      }
      for (int k = 0; k < entries; k++) {
        if (share[k] > 1e-9) {
          assertThat(gain[k]).isCloseTo(most, within(1e-6));
        }
      }
    }
  }

  @Test
  void severalThreadsMayReadAtOnce() {
    Random random = new Random(8);
    List<Legend> legends = List.of(random(random, 9, true), random(random, 9, true));
    LegendMixture mixture = new LegendMixture(legends);
    int n = 2_000;
    List<List<byte[]>> drawings = new ArrayList<>();
    for (int k = 0; k < 8; k++) {
      byte[] first = new byte[3 * n];
      byte[] second = new byte[3 * n];
      random.nextBytes(first);
      random.nextBytes(second);
      drawings.add(List.of(first, second));
    }
    List<float[]> alone =
        drawings.stream().map(pair -> confidence(new LegendMixture(legends), pair, n)).toList();
    List<float[]> together =
        drawings.parallelStream().map(pair -> confidence(mixture, pair, n)).toList();
    for (int k = 0; k < alone.size(); k++) {
      assertThat(together.get(k)).isEqualTo(alone.get(k));
    }
  }

  private static float[] confidence(LegendMixture mixture, List<byte[]> drawings, int n) {
    float[] confidence = new float[n];
    mixture.decode(drawings, new int[n], confidence);
    return confidence;
  }

  @Test
  void legendsThatAreNotAlikeAreRefused() {
    Legend one = Legend.of(RED, GREEN);
    assertThatThrownBy(() -> new LegendMixture(List.of(one, Legend.of(RED))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not alike");
    assertThatThrownBy(() -> new LegendMixture(List.of(one, one.withBackground(BLUE))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new LegendMixture(List.of(one, one))
                    .decode(List.of(new byte[3]), new int[1], new float[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("as many drawings");
  }
}
