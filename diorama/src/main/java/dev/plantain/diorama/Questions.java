package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Questions whose answer takes a thought about what things are for. */
final class Questions {
  /**
   * What things are for.
   *
   * @param answers categories, and models' own phrases where the rest of a category does not answer
   * @param but models' own phrases of those categories that do not answer
   */
  private record Need(List<String> texts, Set<String> answers, Set<String> but) {
    Need(List<String> texts, Set<String> answers) {
      this(texts, answers, Set.of());
    }

    boolean met(Thing t) {
      return answers.contains(t.name())
          || (answers.contains(t.category()) && !but.contains(t.name()));
    }

    /** What to call a thing that meets it. */
    String noun(Thing t) {
      return answers.contains(t.category()) ? t.category() : t.name();
    }
  }

  private static final List<Need> NEEDS =
      List.of(
          new Need(
              List.of("Where could I sit and read?", "What could a tired person sit down on?"),
              Set.of(
                  "armchair",
                  "sofa",
                  "chair",
                  "folding chair",
                  "office chair",
                  "stool",
                  "bar stool",
                  "bench",
                  "ottoman",
                  "garden chair",
                  "garden sofa",
                  "deck chair",
                  "child chair",
                  "hammock",
                  "bed")),
          new Need(
              List.of("Where could somebody lie down to sleep?", "What is for sleeping in?"),
              Set.of("bed", "crib", "mattress", "hammock", "sofa", "tent")),
          new Need(List.of("What keeps food cold?"), Set.of("fridge")),
          new Need(
              List.of("Where would I look for fresh milk?"),
              Set.of("fridge", "milk carton", "milk jug"),
              Set.of("chest freezer")),
          new Need(List.of("What tells the time?"), Set.of("clock", "alarm clock")),
          new Need(
              List.of("What could give light after dark?"),
              Set.of(
                  "floor lamp",
                  "table lamp",
                  "ceiling lamp",
                  "wall lamp",
                  "candle",
                  "street lamp")),
          new Need(
              List.of("What would I switch on in the evening to see?"),
              Set.of("floor lamp", "table lamp", "ceiling lamp", "wall lamp")),
          new Need(
              List.of("Where do dirty clothes get clean?"),
              Set.of("washing machine"),
              Set.of("tumble dryer")),
          new Need(
              List.of("What needs water now and then to stay alive?"),
              Set.of("plant", "flowers", "tree", "bush", "hedge")),
          new Need(
              List.of("What would I use to watch a film?"),
              Set.of("television", "wall television", "computer", "laptop", "tablet")),
          new Need(
              List.of("What makes music when it is played?"),
              Set.of("piano", "guitar", "keyboard", "xylophone")),
          new Need(List.of("Where should I throw away an empty wrapper?"), Set.of("waste bin")),
          new Need(
              List.of("What would help me carry my things on a journey?"),
              Set.of("suitcase", "backpack", "handbag", "briefcase")),
          new Need(List.of("Where could I wash my hands?"), Set.of("sink", "washbasin")),
          new Need(
              List.of("What could I ride to the next village?"),
              Set.of("bicycle", "motorcycle", "car", "van", "bus", "truck", "horse"),
              Set.of("forklift truck")),
          new Need(
              List.of("What is alive and can walk?"),
              Set.of("person", "dog", "cat", "horse", "rabbit", "chicken")),
          new Need(List.of("What would I take along if it rains?"), Set.of("umbrella")),
          new Need(
              List.of("Where could coats and shirts hang?"),
              Set.of("wardrobe", "clothes rack", "clothes drying rack")),
          new Need(
              List.of("What warms the room in winter?"),
              Set.of("radiator", "fireplace", "furnace")),
          new Need(List.of("What can I see myself in?"), Set.of("mirror")),
          new Need(List.of("What would I climb on to reach the ceiling?"), Set.of("ladder")),
          new Need(List.of("What should I grab if something burns?"), Set.of("fire extinguisher")),
          new Need(
              List.of("Where could I put down a plate to eat?"), Set.of("table", "coffee table")),
          new Need(
              List.of("What can I drink from?"),
              Set.of("cup", "glass", "bottle", "place setting"),
              Set.of(
                  "spray bottle",
                  "perfume bottle",
                  "medicine bottle",
                  "set of oil and vinegar bottles")));

  private Questions() {}

  static List<Question> write(Facts facts, Rng rng) {
    List<Question> list = new ArrayList<>();
    for (Need need : NEEDS) {
      List<Thing> answers = facts.things.stream().filter(need::met).toList();
      if (answers.isEmpty() || answers.stream().noneMatch(facts::speakable)) {
        continue;
      }
      List<String> nouns = answers.stream().map(need::noun).distinct().toList();
      List<String> phrases = new ArrayList<>();
      for (String n : nouns) {
        long count = answers.stream().filter(t -> need.noun(t).equals(n)).count();
        phrases.add("the " + (count > 1 ? Words.plural(n) : n));
      }
      list.add(
          new Question(
              rng.pick(need.texts()),
              Words.join(phrases),
              answers.stream().map(Thing::id).toList(),
              answers.stream().anyMatch(t -> !t.labelled())));
    }
    return list;
  }
}
