package dev.plantain.eval;

import dev.plantain.eval.metric.Bootstrap;
import dev.plantain.eval.metric.Resampled;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to answer against another, on the same samples.
 *
 * @param name of the figure
 * @param before of the one; of several, their mean
 * @param after of the other
 * @param interval of the difference {@code after − before}, 95 %: the samples are drawn anew for
 *     both at once, so that what is hard for both does not widen it
 * @param samples they rest on
 */
public record Paired(
    String name, double before, double after, Bootstrap.Interval interval, int samples) {

  /** After less before. */
  public double difference() {
    return after - before;
  }

  /** The difference as a share of what it was before. */
  public double relative() {
    return (after - before) / before;
  }

  static List<Paired> of(List<Scores> before, Scores after) {
    List<List<Resampled>> befores = before.stream().map(Scores::resampled).toList();
    List<Resampled> afters = after.resampled();
    List<Paired> pairs = new ArrayList<>();
    for (int k = 0; k < afters.size(); k++) {
      Resampled one = afters.get(k);
      int index = k;
      List<Resampled> others = befores.stream().map(list -> list.get(index)).toList();
      pairs.add(
          new Paired(
              one.name(),
              others.stream().mapToDouble(Resampled::value).average().orElse(Double.NaN),
              one.value(),
              Bootstrap.of(
                  one.samples(),
                  chosen ->
                      one.of().applyAsDouble(chosen)
                          - others.stream()
                              .mapToDouble(o -> o.of().applyAsDouble(chosen))
                              .average()
                              .orElse(Double.NaN)),
              one.samples()));
    }
    return pairs;
  }
}
