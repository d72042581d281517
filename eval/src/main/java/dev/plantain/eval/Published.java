package dev.plantain.eval;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A figure somebody published.
 *
 * @param set what the names of the sets begin with
 * @param figure as ours are named, in our units
 * @param source where it stands
 * @param note what is to be known before it is compared; empty if nothing
 */
record Published(
    String set, String figure, String method, double value, String source, String note) {

  /** Those of a set, in the order of the paper's tables. */
  static List<Published> of(String set) {
    return all().stream().filter(p -> set.startsWith(p.set)).toList();
  }

  static List<Published> all() {
    try (InputStream in =
            Objects.requireNonNull(Published.class.getResourceAsStream("published.tsv"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().filter(l -> !l.startsWith("#")).map(Published::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Published parse(String line) {
    String[] c = line.split("\t", -1);
    return new Published(c[0], c[1], c[2], Double.parseDouble(c[3]), c[4], c[5]);
  }
}
