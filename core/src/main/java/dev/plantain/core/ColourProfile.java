package dev.plantain.core;

import dev.plantain.core.instruct.Palette;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * How a generator distorts colours, measured: for each channel a polynomial of second degree that
 * gives the colour meant from the colour drawn.
 *
 * <p>Drawn channels {@code r, g, b} in [0, 1] become {@code Σ c·(1, r, g, b, r², g², b²)}. A
 * polynomial of the same form tells the other way what will be drawn for a colour, so that colours
 * can be asked for that stay apart. As a file it is properties: {@code red}, {@code green} and
 * {@code blue}, and the same with {@code drawn.} before them, seven numbers each.
 */
public final class ColourProfile {
  private static final int TERMS = 7;
  private static final List<String> CHANNELS = List.of("red", "green", "blue");
  private static final String RESPONSE = "drawn.";
  private static final double[][] SAME = {
    {0, 1, 0, 0, 0, 0, 0}, {0, 0, 1, 0, 0, 0, 0}, {0, 0, 0, 1, 0, 0, 0}
  };
  private static final ColourProfile IDENTITY = new ColourProfile(SAME, SAME);

  /** A variant's legend is picked from at least so many colours. */
  private static final int POOL = 12;

  /** Pull towards the identity, in samples: what few samples do not tell is left as it is. */
  private static final double PRIOR = 0.1;

  private final double[][] coefficients;
  private final double[][] response;

  private ColourProfile(double[][] coefficients, double[][] response) {
    this.coefficients = coefficients;
    this.response = response;
  }

  /** Of a generator that draws the colours it is asked for. */
  public static ColourProfile identity() {
    return IDENTITY;
  }

  /**
   * A colour asked for and what was drawn.
   *
   * @param meant {@code 0xRRGGBB}
   * @param drawn {@code 0xRRGGBB}
   */
  public record Sample(int meant, int drawn) {
    /** To fit the other way round. */
    @SuppressWarnings("ArgumentSelectionDefectChecker") // swapping is what it is for
    private Sample turned() {
      return new Sample(drawn, meant);
    }
  }

  /** Fits by least squares, with a slight pull towards the identity. */
  public static ColourProfile fit(List<Sample> samples) {
    return new ColourProfile(
        polynomial(samples), polynomial(samples.stream().map(Sample::turned).toList()));
  }

  private static double[][] polynomial(List<Sample> samples) {
    double[][] normal = new double[TERMS][TERMS];
    double[][] right = new double[3][TERMS];
    for (int i = 0; i < TERMS; i++) {
      normal[i][i] = PRIOR;
    }
    for (int c = 0; c < 3; c++) {
      right[c][c + 1] = PRIOR;
    }
    double[] terms = new double[TERMS];
    for (Sample sample : samples) {
      terms(sample.drawn(), terms);
      for (int i = 0; i < TERMS; i++) {
        for (int j = 0; j < TERMS; j++) {
          normal[i][j] += terms[i] * terms[j];
        }
        for (int c = 0; c < 3; c++) {
          right[c][i] += terms[i] * (sample.meant() >> (16 - 8 * c) & 0xFF) / 255.0;
        }
      }
    }
    double[][] fitted = new double[3][];
    for (int c = 0; c < 3; c++) {
      fitted[c] = solve(normal, right[c]);
    }
    return fitted;
  }

  /**
   * Reads a profile's file.
   *
   * @throws IllegalArgumentException if a channel does not have seven numbers
   */
  public static ColourProfile read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    double[][] read = coefficients(properties, "", file);
    boolean both = properties.containsKey(RESPONSE + CHANNELS.getFirst());
    return new ColourProfile(read, both ? coefficients(properties, RESPONSE, file) : inverse(read));
  }

  private static double[][] coefficients(Properties properties, String prefix, Path file) {
    double[][] read = new double[3][];
    for (int c = 0; c < 3; c++) {
      String value = properties.getProperty(prefix + CHANNELS.get(c), "").strip();
      try {
        read[c] = Arrays.stream(value.split("\\s+")).mapToDouble(Double::parseDouble).toArray();
      } catch (NumberFormatException e) {
        read[c] = new double[0];
      }
      if (read[c].length != TERMS || !Arrays.stream(read[c]).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "%s: the colour profile needs seven numbers for \"%s\", got \"%s\""
                .formatted(file, prefix + CHANNELS.get(c), value));
      }
    }
    return read;
  }

  /** What is drawn for a colour, from what is meant by one, over the whole cube. */
  private static double[][] inverse(double[][] correction) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 125; i++) {
      int drawn = (i / 25 * 255 / 4) << 16 | (i / 5 % 5 * 255 / 4) << 8 | i % 5 * 255 / 4;
      samples.add(new Sample(drawn, apply(correction, drawn)));
    }
    return polynomial(samples);
  }

  /** Writes the file that {@link #read} reads. */
  public void write(Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (Writer writer = Files.newBufferedWriter(part)) {
        writer.write("# meant = sum of coefficients times (1, r, g, b, r^2, g^2, b^2), drawn\n");
        write(writer, "", coefficients);
        writer.write("# drawn, from meant, likewise\n");
        write(writer, RESPONSE, response);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void write(Writer writer, String prefix, double[][] all) throws IOException {
    for (int c = 0; c < 3; c++) {
      writer.write(prefix + CHANNELS.get(c) + "=");
      for (double coefficient : all[c]) {
        writer.write(" " + coefficient);
      }
      writer.write("\n");
    }
  }

  /** The colour meant by a colour drawn, {@code 0xRRGGBB}. */
  public int correct(int drawn) {
    return apply(coefficients, drawn);
  }

  /** The colour that is drawn for a colour asked for, {@code 0xRRGGBB}. */
  public int response(int meant) {
    return apply(response, meant);
  }

  /**
   * Colours to ask for that this generator draws far apart.
   *
   * @param taken colours that are not free, such as a background
   */
  public List<Integer> palette(int count, int... taken) {
    return equals(IDENTITY)
        ? Palette.distinct(count, taken)
        : Palette.distinct(count, this::response, taken);
  }

  /** The same in an order of its own, out of at least twelve. */
  public List<Integer> palette(int count, long seed, int... taken) {
    return Palette.shuffled(palette(Math.max(count, POOL), taken), count, seed);
  }

  private static int apply(double[][] coefficients, int drawn) {
    double[] terms = new double[TERMS];
    terms(drawn, terms);
    int rgb = 0;
    for (int c = 0; c < 3; c++) {
      double sum = 0;
      for (int i = 0; i < TERMS; i++) {
        sum += coefficients[c][i] * terms[i];
      }
      rgb = rgb << 8 | Math.clamp(Math.round(255 * sum), 0, 255);
    }
    return rgb;
  }

  /** The bytes of a drawing with its colours corrected. */
  byte[] correct(Image drawing) {
    byte[] rgb8 = drawing.rgb8();
    if (equals(IDENTITY)) {
      return rgb8;
    }
    int last = -1;
    int corrected = 0;
    for (int i = 0; i < rgb8.length; i += 3) {
      int rgb = (rgb8[i] & 0xFF) << 16 | (rgb8[i + 1] & 0xFF) << 8 | (rgb8[i + 2] & 0xFF);
      if (rgb != last) {
        last = rgb;
        corrected = correct(rgb);
      }
      rgb8[i] = (byte) (corrected >> 16);
      rgb8[i + 1] = (byte) (corrected >> 8);
      rgb8[i + 2] = (byte) corrected;
    }
    return rgb8;
  }

  private static void terms(int rgb, double[] terms) {
    terms[0] = 1;
    for (int c = 0; c < 3; c++) {
      double v = (rgb >> (16 - 8 * c) & 0xFF) / 255.0;
      terms[1 + c] = v;
      terms[4 + c] = v * v;
    }
  }

  /** Gauss elimination with pivots; the prior keeps the matrix regular. */
  private static double[] solve(double[][] matrix, double[] right) {
    int n = right.length;
    double[][] a = new double[n][];
    for (int i = 0; i < n; i++) {
      a[i] = Arrays.copyOf(matrix[i], n + 1);
      a[i][n] = right[i];
    }
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        if (Math.abs(a[row][column]) > Math.abs(a[pivot][column])) {
          pivot = row;
        }
      }
      double[] swap = a[column];
      a[column] = a[pivot];
      a[pivot] = swap;
      for (int row = 0; row < n; row++) {
        double factor = row == column ? 0 : a[row][column] / a[column][column];
        for (int i = column; i <= n; i++) {
          a[row][i] -= factor * a[column][i];
        }
      }
    }
    double[] solution = new double[n];
    for (int i = 0; i < n; i++) {
      solution[i] = a[i][n] / a[i][i];
    }
    return solution;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ColourProfile that
        && Arrays.deepEquals(coefficients, that.coefficients);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(coefficients);
  }

  @Override
  public String toString() {
    return equals(IDENTITY) ? "identity" : Arrays.deepToString(coefficients);
  }
}
