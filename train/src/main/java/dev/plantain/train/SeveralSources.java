package dev.plantain.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Each step is of one of several sources: pictures of one step have one shape. */
final class SeveralSources implements ExampleSource {
  private final ExampleSource main;
  private final Map<ExampleSource, Double> besides;

  /**
   * @param main whose the other steps are
   * @param besides others, with the shares of the steps that are theirs
   */
  SeveralSources(ExampleSource main, Map<ExampleSource, Double> besides) {
    this.main = main;
    this.besides = new LinkedHashMap<>(besides);
  }

  @Override
  public Set<String> vocabulary() {
    Set<String> words = new TreeSet<>(main.vocabulary());
    besides.keySet().forEach(source -> words.addAll(source.vocabulary()));
    return words;
  }

  @Override
  public Step step(Stage stage, SplittableRandom random) {
    double at = random.nextDouble();
    for (Map.Entry<ExampleSource, Double> one : besides.entrySet()) {
      at -= one.getValue();
      if (at < 0) {
        return one.getKey().step(stage, random);
      }
    }
    return main.step(stage, random);
  }
}
