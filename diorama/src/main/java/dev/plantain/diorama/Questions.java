package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Questions whose answer takes a thought about what things are for. */
final class Questions {
  private record Need(List<String> texts, Set<String> answers) {}

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
                  "bed")),
          new Need(
              List.of("Where could somebody lie down to sleep?", "What is for sleeping in?"),
              Set.of("bed", "crib", "mattress", "hammock", "sofa")),
          new Need(
              List.of("What keeps food cold?", "Where would I look for fresh milk?"),
              Set.of("fridge")),
          new Need(List.of("What tells the time?"), Set.of("clock", "alarm clock")),
          new Need(
              List.of(
                  "What could give light after dark?",
                  "What would I switch on in the evening to see?"),
              Set.of(
                  "floor lamp",
                  "table lamp",
                  "ceiling lamp",
                  "wall lamp",
                  "candle",
                  "street lamp")),
          new Need(List.of("Where do dirty clothes get clean?"), Set.of("washing machine")),
          new Need(
              List.of("What needs water now and then to stay alive?"),
              Set.of("plant", "flowers", "tree", "bush", "hedge")),
          new Need(
              List.of("What would I use to watch a film?"),
              Set.of("television", "wall television", "computer", "laptop", "tablet")),
          new Need(
              List.of("What makes music when it is played?"),
              Set.of("piano", "guitar", "keyboard")),
          new Need(List.of("Where should I throw away an empty wrapper?"), Set.of("waste bin")),
          new Need(
              List.of("What would help me carry my things on a journey?"),
              Set.of("suitcase", "backpack", "handbag")),
          new Need(List.of("Where could I wash my hands?"), Set.of("sink", "washbasin")),
          new Need(
              List.of("What could I ride to the next village?"),
              Set.of("bicycle", "motorcycle", "car", "van", "bus", "truck", "horse")),
          new Need(
              List.of("What is alive and can walk?"),
              Set.of("person", "dog", "cat", "horse", "rabbit", "chicken")),
          new Need(List.of("What would I take along if it rains?"), Set.of("umbrella")),
          new Need(List.of("Where could coats and shirts hang?"), Set.of("wardrobe")),
          new Need(List.of("What warms the room in winter?"), Set.of("radiator", "fireplace")),
          new Need(List.of("What can I see myself in?"), Set.of("mirror")),
          new Need(List.of("What would I climb on to reach the ceiling?"), Set.of("ladder")),
          new Need(
              List.of("What should I grab if something burns?"),
              Set.of("fire extinguisher", "fire hydrant")),
          new Need(
              List.of("Where could I put down a plate to eat?"), Set.of("table", "coffee table")),
          new Need(List.of("What can I drink from?"), Set.of("cup", "glass")));

  private Questions() {}

  static List<Question> write(Facts facts, Rng rng) {
    List<Question> list = new ArrayList<>();
    for (Need need : NEEDS) {
      List<Thing> answers =
          facts.things.stream().filter(t -> need.answers().contains(t.category())).toList();
      if (answers.isEmpty() || answers.stream().noneMatch(facts::speakable)) {
        continue;
      }
      List<String> nouns = answers.stream().map(Thing::category).distinct().toList();
      List<String> phrases = new ArrayList<>();
      for (String n : nouns) {
        long count = answers.stream().filter(t -> t.category().equals(n)).count();
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
