package dev.plantain.eval.set;

import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.Truth;
import dev.plantain.eval.metric.DepthAlignment;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A set whose depth is measured after an alignment.
 *
 * @param set as it is
 * @param alignment what is forgiven
 */
public record AlignedSet(EvalSet set, DepthAlignment alignment) implements EvalSet {
  @Override
  public String name() {
    return "%s, aligned: %s".formatted(set.name(), alignment.figure());
  }

  @Override
  public long size() {
    return set.size();
  }

  @Override
  public Set<String> unlabelled() {
    return set.unlabelled();
  }

  @Override
  public Stream<Sample> samples() throws IOException {
    return set.samples().map(this::aligned);
  }

  @Override
  public Stream<Sample> samples(long from) throws IOException {
    return set.samples(from).map(this::aligned);
  }

  private Sample aligned(Sample sample) {
    return new Sample(
        sample.id(),
        sample.photo(),
        sample.truths().stream()
            .map(
                truth ->
                    truth instanceof Truth.DepthTruth d
                        ? new Truth.DepthTruth(d.metres(), d.capMetres(), alignment)
                        : truth)
            .toList());
  }
}
