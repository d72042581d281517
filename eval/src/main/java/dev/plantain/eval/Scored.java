package dev.plantain.eval;

import dev.plantain.eval.metric.Tally;
import java.util.List;

/**
 * One sample, asked and counted: what a run keeps of it.
 *
 * @param id of the sample
 * @param data hash of photo and truths
 * @param seconds of drawing, reading and counting
 * @param entries one for each truth
 */
public record Scored(String id, String data, double seconds, List<Entry> entries) {
  public Scored {
    entries = List.copyOf(entries);
  }

  /**
   * One truth.
   *
   * @param question the task's name
   * @param tally what the answer adds
   * @param failures why questions were not answered; empty if all were
   */
  public record Entry(String question, Tally tally, List<String> failures) {
    public Entry {
      failures = List.copyOf(failures);
    }
  }
}
