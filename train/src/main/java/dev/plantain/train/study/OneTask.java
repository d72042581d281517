package dev.plantain.train.study;

import dev.plantain.diorama.View;
import dev.plantain.eval.EvalSet;
import dev.plantain.eval.Sample;
import dev.plantain.eval.set.DioramaSet;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What Diorama's benchmark asks of some views for one task. */
final class OneTask implements EvalSet {
  /** By the study's protocol, whose figures are of legends of 2 to 6. */
  private static final int MOST_CLASSES = 6;

  private final DioramaSet all;
  private final VisionTask task;

  /**
   * @param split for the name
   */
  OneTask(String split, List<View> views, VisionTask task) {
    this.task = task;
    all =
        new DioramaSet(
            "diorama %s, %s".formatted(split, task.word()),
            views.size(),
            MOST_CLASSES,
            views::stream);
  }

  @Override
  public String name() {
    return all.name();
  }

  @Override
  public long size() {
    return all.size();
  }

  @Override
  public Set<String> unlabelled() {
    return all.unlabelled();
  }

  @Override
  public Stream<Sample> samples() throws IOException {
    return all.samples()
        .map(s -> new Sample(s.id(), s.photo(), s.truths().stream().filter(task::asks).toList()));
  }
}
