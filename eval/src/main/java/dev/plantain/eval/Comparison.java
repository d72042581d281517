package dev.plantain.eval;

import dev.plantain.formats.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two runs on the same samples.
 *
 * @param before the one
 * @param after the other
 * @param samples that both have, with the same data
 * @param left samples that only one of them has
 * @param figures paired differences
 */
public record Comparison(
    Provenance before, Provenance after, int samples, int left, List<Paired> figures) {
  public Comparison {
    figures = List.copyOf(figures);
  }

  /**
   * Compares the runs in two folders.
   *
   * @throws InputException if they have no sample in common, or rest on different data
   */
  public static Comparison of(Path before, Path after) throws IOException {
    return of(before, after, Long.MAX_VALUE);
  }

  /** The same of so many samples of each at most. */
  static Comparison of(Path before, Path after, long most) throws IOException {
    List<Scored> first = samples(before, most);
    Map<String, Scored> second = new HashMap<>();
    for (Scored scored : samples(after, most)) {
      second.put(scored.id(), scored);
    }
    Scores one = new Scores();
    Scores other = new Scores();
    List<String> common = new ArrayList<>();
    int others = second.size();
    for (Scored scored : first) {
      Scored match = second.get(scored.id());
      if (match == null) {
        continue;
      }
      if (!match.data().equals(scored.data())) {
        throw new InputException(
            "sample %s is not the same in %s and %s: photo or truth differ"
                .formatted(scored.id(), before, after));
      }
      common.add(scored.id());
      scored.entries().forEach(e -> one.add(e.tally()));
      match.entries().forEach(e -> other.add(e.tally()));
    }
    if (common.isEmpty()) {
      throw new InputException("%s and %s have no sample in common".formatted(before, after));
    }
    return new Comparison(
        RunFolder.provenance(before),
        RunFolder.provenance(after),
        common.size(),
        first.size() + others - 2 * common.size(),
        Paired.of(List.of(one), other));
  }

  private static List<Scored> samples(Path folder, long most) throws IOException {
    return RunFolder.samples(folder).stream().limit(most).toList();
  }

  /** The paired difference of a figure; there is one of the headline figures. */
  public Optional<Paired> figure(String name) {
    return figures.stream().filter(p -> p.name().equals(name)).findFirst();
  }
}
