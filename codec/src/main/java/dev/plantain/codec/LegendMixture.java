package dev.plantain.codec;

import java.util.List;

/**
 * Reads drawings of one picture in different legends together.
 *
 * <p>A generator that draws in one step draws, where it doubts, the mean of what could be there.
 * Half-way between the colours of two classes may lie a third's, and one drawing cannot tell the
 * cases apart; drawings in other colours can. A pixel is the same mixture of the entries in all of
 * them, so that each drawing gives three equations for the entries' shares, which are no less than
 * 0 and add up to 1. They are found by least squares, with no more entries than it takes to explain
 * the colours.
 *
 * <p>A pixel goes to the entry with the greatest share, and that is its confidence; exact drawings
 * are read as {@link Legend#decode} reads each. A pixel whose colours in more than half of the
 * drawings are farther from every mixture than the legends' limit is {@link Legend#UNASSIGNED}.
 */
public final class LegendMixture {
  /** A mixture this near to the colours explains them, in 8-bit levels. */
  private static final double NOISE = 10;

  private static final double LEVELS = 255;
  private static final int CHANNELS = 3;

  private final List<Legend> legends;

  /**
   * The entries in the colours of some drawings, and colours to explain by them; for one thread.
   */
  private static final class Colouring {
    /** By entry, one channel of a drawing after the other, 0..1. */
    final double[][] columns;

    final Shares solver;
    final double[] colours;
    final double[] projected;
    final double noise2;

    Colouring(List<Legend> legends) {
      int[][] palettes = legends.stream().map(Legend::palette).toArray(int[][]::new);
      columns = new double[palettes[0].length][CHANNELS * palettes.length];
      for (int k = 0; k < columns.length; k++) {
        for (int c = 0; c < columns[k].length; c++) {
          int rgb = palettes[c / CHANNELS][k];
          columns[k][c] = ((rgb >> (16 - 8 * (c % CHANNELS))) & 0xff) / LEVELS;
        }
      }
      solver = new Shares(columns);
      colours = new double[CHANNELS * palettes.length];
      projected = new double[columns.length];
      noise2 = palettes.length * NOISE * NOISE / (LEVELS * LEVELS);
    }

    /** The entries' shares in the colours, valid until the next call. */
    double[] shares() {
      double square = 0;
      for (double colour : colours) {
        square += colour * colour;
      }
      for (int k = 0; k < columns.length; k++) {
        projected[k] = 0;
        for (int c = 0; c < colours.length; c++) {
          projected[k] += columns[k][c] * colours[c];
        }
      }
      return solver.of(projected, square, noise2);
    }

    /** From the colours to the mixture with these shares, squared, in 8-bit levels. */
    double distance2(double[] shares) {
      double sum = 0;
      for (int c = 0; c < colours.length; c++) {
        double off = colours[c];
        for (int k = 0; k < shares.length; k++) {
          off -= shares[k] * columns[k][c];
        }
        sum += off * off;
      }
      return LEVELS * LEVELS * sum;
    }
  }

  /**
   * @param legends at least one, all of the same entries and limit
   */
  public LegendMixture(List<Legend> legends) {
    this.legends = List.copyOf(legends);
    Legend first = this.legends.getFirst();
    for (Legend legend : this.legends) {
      if (legend.size() != first.size()
          || legend.background().isPresent() != first.background().isPresent()
          || legend.limit() != first.limit()) {
        throw new IllegalArgumentException("%s and %s are not alike".formatted(first, legend));
      }
    }
  }

  /**
   * Reads labels.
   *
   * @param drawings of each legend its own, 3n bytes of 8-bit RGB
   * @param labels receives n labels: an index, {@link Legend#BACKGROUND} or {@link
   *     Legend#UNASSIGNED}
   * @param confidence receives n confidences 0..1
   */
  public void decode(List<byte[]> drawings, int[] labels, float[] confidence) {
    if (drawings.size() != legends.size()) {
      throw new IllegalArgumentException(
          "%d legends need as many drawings, got %d".formatted(legends.size(), drawings.size()));
    }
    drawings.forEach(drawing -> Lengths.requireRgb(drawing.length, labels.length));
    Lengths.requirePixels("confidence", confidence.length, labels.length);
    Legend first = legends.getFirst();
    int ground = first.background().isPresent() ? first.size() : -1;
    Colouring all = new Colouring(legends);
    Colouring[] each =
        legends.stream().map(legend -> new Colouring(List.of(legend))).toArray(Colouring[]::new);
    for (int i = 0; i < labels.length; i++) {
      for (int c = 0; c < all.colours.length; c++) {
        int channel = drawings.get(c / CHANNELS)[CHANNELS * i + c % CHANNELS] & 0xff;
        all.colours[c] = channel / LEVELS;
      }
      double[] shares = all.shares();
      int best = 0;
      for (int k = 1; k < shares.length; k++) {
        best = shares[k] > shares[best] ? k : best;
      }
      boolean explained = isExplained(all, each, shares, first.limit());
      labels[i] = !explained ? Legend.UNASSIGNED : best == ground ? Legend.BACKGROUND : best;
      confidence[i] = explained ? (float) Math.clamp(shares[best], 0, 1) : 0;
    }
  }

  /** Drawings may contradict each other; this asks each whether it shows the legend at all. */
  private static boolean isExplained(
      Colouring all, Colouring[] each, double[] shares, double limit) {
    double limit2 = limit * limit;
    // Each is at least as near to a mixture of its own.
    if (2 * all.distance2(shares) <= each.length * limit2) {
      return true;
    }
    int far = 0;
    for (int d = 0; d < each.length; d++) {
      System.arraycopy(all.colours, CHANNELS * d, each[d].colours, 0, CHANNELS);
      far += each[d].distance2(each[d].shares()) > limit2 ? 1 : 0;
    }
    return 2 * far <= each.length;
  }
}
