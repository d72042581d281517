package dev.plantain.eval.set;

import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.formats.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of a benchmark is in a folder.
 *
 * @param benchmark looked for
 * @param findings one for each kind of file
 * @param samples that can be opened; 0 if it cannot be opened
 * @param problem why it cannot be opened, or its first sample cannot be read; empty if both can
 */
public record DataCheck(Benchmark benchmark, List<Finding> findings, long samples, String problem) {
  private static final int DEPTH = 10;

  public DataCheck {
    findings = List.copyOf(findings);
  }

  /** How many files of a kind are there. */
  public record Finding(Benchmark.Need need, long found) {
    public boolean isComplete() {
      return found >= need.count();
    }
  }

  /** Whether all files are there and can be opened. */
  public boolean isComplete() {
    return problem.isEmpty() && findings.stream().allMatch(Finding::isComplete);
  }

  /** Whether anything of it is there. */
  public boolean isAnything() {
    return findings.stream().anyMatch(f -> f.found > 0);
  }

  /**
   * Looks for a benchmark.
   *
   * @throws IOException if the folder cannot be listed
   */
  public static DataCheck of(Path folder, Benchmark benchmark) throws IOException {
    List<Finding> findings = count(folder, List.of(benchmark)).getFirst();
    Optional<String> problem;
    long samples = 0;
    try {
      EvalSet set = Benchmarks.open(benchmark, folder, null);
      samples = set.size();
      try (Stream<Sample> some = set.samples()) {
        problem =
            some.findFirst().isPresent() ? Optional.empty() : Optional.of("it holds no sample");
      }
    } catch (IOException | UncheckedIOException e) {
      problem = Optional.ofNullable(e.getMessage());
    }
    return new DataCheck(benchmark, findings, samples, problem.orElse(""));
  }

  /**
   * All benchmarks of which something is in a folder.
   *
   * @throws IOException if the folder cannot be listed
   */
  public static List<Benchmark> present(Path folder) throws IOException {
    List<Benchmark> all = Benchmarks.all();
    List<List<Finding>> findings = count(folder, all);
    List<Benchmark> present = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (findings.get(i).getFirst().found > 0) {
        present.add(all.get(i));
      }
    }
    return present;
  }

  private static List<List<Finding>> count(Path folder, List<Benchmark> benchmarks)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InputException.NotReadable(folder + " is not a folder");
    }
    List<List<PathMatcher>> matchers =
        benchmarks.stream()
            .map(
                b ->
                    b.needs().stream()
                        .map(n -> FileSystems.getDefault().getPathMatcher("glob:" + n.glob()))
                        .toList())
            .toList();
    List<long[]> counts = benchmarks.stream().map(b -> new long[b.needs().size()]).toList();
    try (Stream<Path> files = Files.walk(folder, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      files
          .filter(Files::isRegularFile)
          .map(folder::relativize)
          .forEach(
              file -> {
                for (int b = 0; b < counts.size(); b++) {
                  for (int n = 0; n < counts.get(b).length; n++) {
                    counts.get(b)[n] += matchers.get(b).get(n).matches(file) ? 1 : 0;
                  }
                }
              });
    } catch (UncheckedIOException e) {
      throw new InputException("%s cannot be listed: %s".formatted(folder, e.getMessage()), e);
    }
    List<List<Finding>> findings = new ArrayList<>();
    for (int b = 0; b < benchmarks.size(); b++) {
      List<Finding> own = new ArrayList<>();
      for (int n = 0; n < counts.get(b).length; n++) {
        own.add(new Finding(benchmarks.get(b).needs().get(n), counts.get(b)[n]));
      }
      findings.add(own);
    }
    return findings;
  }
}
