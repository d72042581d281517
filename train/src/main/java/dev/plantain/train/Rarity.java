package dev.plantain.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Which categories are asked for. Walls are in most views and aquariums in few; asked at random,
 * hardly ever for an aquarium, and then mostly where there is none.
 *
 * @param views how many views show each category that may be named
 * @param preference a category is chosen, of those in sight, with a weight of {@code views} to this
 *     power, negative; 0 chooses all alike and 1 asks for all equally often
 */
record Rarity(Map<String, Integer> views, double preference) {
  /** Chooses all in sight alike, and what is not in sight from all alike. */
  static final Rarity ALIKE = new Rarity(Map.of(), 0);

  Rarity {
    views = Map.copyOf(views);
  }

  private double inSight(String category) {
    return Math.pow(views.getOrDefault(category, 1), -preference);
  }

  /** The list itself in a random order, what is preferred rather at its end. */
  List<String> order(List<String> inSight, SplittableRandom random) {
    if (preference == 0) {
      return VisionExamples.shuffled(inSight, random);
    }
    // The least of such numbers is of an item with a probability in proportion to its weight, and
    // so on without it (Efraimidis and Spirakis 2006).
    record Keyed(String category, double key) {}
    List<Keyed> keyed = new ArrayList<>();
    for (String category : inSight) {
      keyed.add(new Keyed(category, -Math.log(1 - random.nextDouble()) / inSight(category)));
    }
    keyed.sort(Comparator.comparingDouble(Keyed::key).reversed());
    inSight.clear();
    keyed.forEach(k -> inSight.add(k.category));
    return inSight;
  }

  /** One of those in sight. */
  String choose(List<String> inSight, SplittableRandom random) {
    return preference == 0
        ? inSight.get(random.nextInt(inSight.size()))
        : order(new ArrayList<>(inSight), random).getLast();
  }

  /**
   * A category to ask for where it may not be: each as often as it is asked for where it is, so
   * that its name does not tell.
   */
  String anywhere(List<String> vocabulary, SplittableRandom random) {
    if (preference == 0) {
      return vocabulary.get(random.nextInt(vocabulary.size()));
    }
    double all = 0;
    for (String category : vocabulary) {
      all += asked(category);
    }
    double left = random.nextDouble() * all;
    for (String category : vocabulary) {
      left -= asked(category);
      if (left < 0) {
        return category;
      }
    }
    return vocabulary.getLast();
  }

  private double asked(String category) {
    return views.getOrDefault(category, 1) * inSight(category);
  }
}
