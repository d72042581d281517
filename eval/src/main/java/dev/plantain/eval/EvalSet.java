package dev.plantain.eval;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;

/** A benchmark's data, opened. */
public interface EvalSet {

  /** For reports, with split and protocol: {@code "diorama test"}. */
  String name();

  /** How many samples there are; large for an endless set. */
  long size();

  /** Classes that were never labelled in training, where the set is about that. */
  default Set<String> unlabelled() {
    return Set.of();
  }

  /**
   * The samples in their fixed order, read as they are consumed.
   *
   * @throws IOException if the data cannot be read; names the file
   */
  Stream<Sample> samples() throws IOException;

  /**
   * The samples from one on, as when a run goes on; those before need not be read.
   *
   * @throws IOException if the data cannot be read; names the file
   */
  default Stream<Sample> samples(long from) throws IOException {
    return samples().skip(from);
  }
}
