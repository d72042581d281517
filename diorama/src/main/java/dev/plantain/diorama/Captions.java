package dev.plantain.diorama;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what a view shows: short, middling, long, and as a list. Everything said is true. */
final class Captions {
  private final Facts facts;
  private final Setting setting;
  private final Rng rng;

  private Captions(Facts facts, Setting setting, Rng rng) {
    this.facts = facts;
    this.setting = setting;
    this.rng = rng;
  }

  /**
   * @return short, middling, long and list, in this order
   */
  static List<String> write(Facts facts, Setting setting, Rng rng) {
    Captions c = new Captions(facts, setting, rng);
    return List.of(c.brief(), c.middling(), c.full(), c.list());
  }

  /** Things of one category, by size in the picture. */
  private List<List<Thing>> groups() {
    Map<String, List<Thing>> byCategory = new LinkedHashMap<>();
    facts.candidates().stream()
        .sorted(Comparator.comparingInt(Thing::pixels).reversed())
        .forEach(t -> byCategory.computeIfAbsent(t.category(), k -> new ArrayList<>()).add(t));
    return new ArrayList<>(byCategory.values());
  }

  private String count(List<Thing> group, boolean colours) {
    Thing first = group.getFirst();
    if (group.size() == 1) {
      String colour = colours && facts.clearColour(first) ? first.colour() + " " : "";
      return Words.a(colour + noun(first));
    }
    boolean oneColour =
        colours
            && group.stream()
                .allMatch(t -> facts.clearColour(t) && t.colour().equals(first.colour()));
    String colour = oneColour ? first.colour() + " " : "";
    String number = counted(group) ? Words.number(group.size()) : "several";
    return number + " " + colour + Words.plural(first.category());
  }

  /** Whether these are all of their category in view: some may be too small to speak of. */
  private boolean counted(List<Thing> group) {
    return facts.of(group.getFirst().category()).size() == group.size();
  }

  private String noun(Thing t) {
    if (t.category().equals("books")) {
      return rng.pickOf("row of books", "books");
    }
    List<String> others = facts.synonyms(t.category());
    double pick = rng.nextDouble();
    return pick < 0.4
        ? t.name()
        : pick < 0.55 && !others.isEmpty() ? rng.pick(others) : t.category();
  }

  private String place() {
    return Words.a(setting.name());
  }

  private String light(String before) {
    return setting.daylit() ? before + setting.daylight().word() : "";
  }

  private String brief() {
    List<String> parts =
        groups().stream().limit(rng.between(1, 3)).map(g -> count(g, rng.chance(0.6))).toList();
    String what = parts.isEmpty() ? place() : place() + " with " + Words.join(parts);
    return Words.sentence(rng.chance(0.3) ? "a photo of " + what : what);
  }

  private String middling() {
    List<String> parts =
        groups().stream().limit(rng.between(3, 6)).map(g -> count(g, true)).toList();
    String what =
        parts.isEmpty()
            ? place()
            : place() + " " + rng.pickOf("with ", "with ", "showing ") + Words.join(parts);
    return Words.sentence(what + light(", "));
  }

  private String full() {
    StringBuilder text = new StringBuilder();
    text.append(
        Words.sentence(
            rng.pickOf("this is ", "the picture shows ", "a view of ") + place() + light(" ")));
    String ground = surroundings();
    if (!ground.isEmpty()) {
      text.append(' ').append(Words.sentence(ground));
    }
    List<List<Thing>> groups = groups();
    Map<String, List<String>> regions = new LinkedHashMap<>();
    for (List<Thing> g : groups.subList(0, Math.min(12, groups.size()))) {
      if (g.size() > 2) {
        regions.computeIfAbsent("", k -> new ArrayList<>()).add(count(g, true));
        continue;
      }
      for (Thing t : g) {
        regions
            .computeIfAbsent(region(t), k -> new ArrayList<>())
            .add(count(List.of(t), true) + standing(t));
      }
    }
    regions.forEach(
        (region, parts) -> {
          String verb =
              parts.size() == 1
                      && !parts.getFirst().startsWith("some ")
                      && !parts
                          .getFirst()
                          .matches("(several|two|three|four|five|six|seven|eight|nine|ten|\\d+) .*")
                  ? "is "
                  : "are ";
          String there = "there " + verb + Words.join(parts);
          text.append(' ').append(Words.sentence(region.isEmpty() ? there : region + " " + there));
        });
    return text.toString();
  }

  private String region(Thing t) {
    double x = t.visibleBox().centreX() / facts.width;
    double nearest = facts.candidates().stream().mapToDouble(Thing::distanceMetres).min().orElse(1);
    if (t.distanceMetres() > 3 && t.distanceMetres() > 2.5 * nearest) {
      return "in the background";
    }
    if (t.distanceMetres() < 1.6 && t.visibleBox().bottom() > 0.9 * facts.height) {
      return "in the foreground";
    }
    return x < 0.36 ? "on the left" : x > 0.64 ? "on the right" : "in the middle";
  }

  private String standing(Thing t) {
    int on = facts.support(t);
    if (on < 0 || !facts.speakable(facts.things.get(on)) || !rng.chance(0.7)) {
      return "";
    }
    return " on the " + facts.things.get(on).category();
  }

  private String surroundings() {
    List<String> parts = new ArrayList<>();
    for (Thing t : facts.things) {
      if (!t.stuff() || !facts.speakable(t)) {
        continue;
      }
      switch (t.category()) {
        case "wall" ->
            parts.add(facts.clearColour(t) ? t.colour() + " walls" : "walls of several colours");
        case "floor" -> {
          String look = setting.shell().mesh().materials()[0].name();
          parts.add(facts.clearColour(t) ? "a " + t.colour() + " " + look : Words.a(look));
        }
        case "window", "door", "building" -> {
          boolean many = facts.several(t) == Facts.Truth.YES;
          boolean coloured = !many && t.category().equals("building") && facts.clearColour(t);
          parts.add(
              many
                  ? Words.plural(t.category())
                  : Words.a((coloured ? t.colour() + " " : "") + t.category()));
        }
        case "sky" -> parts.add("the sky");
        case "grass" -> parts.add("grass");
        case "road", "pavement", "fence" -> parts.add(Words.a(t.category()));
        default -> {}
      }
    }
    return parts.isEmpty()
        ? ""
        : rng.pickOf("one sees ", "there are ", "it has ") + Words.join(parts);
  }

  private String list() {
    List<String> parts = new ArrayList<>();
    for (List<Thing> g : groups()) {
      Map<String, Integer> colours = new LinkedHashMap<>();
      for (Thing t : g) {
        colours.merge(facts.clearColour(t) ? t.colour() : "", 1, Integer::sum);
      }
      colours.forEach(
          (colour, n) -> {
            String category = g.getFirst().category();
            String noun = n == 1 ? category : Words.plural(category);
            parts.add(
                (!counted(g) || (n == 1 && Words.mass(category)) ? "" : n + " ")
                    + (colour.isEmpty() ? "" : colour + " ")
                    + noun);
          });
    }
    String stuff =
        facts.things.stream()
            .filter(t -> t.stuff() && facts.speakable(t))
            .map(t -> (facts.clearColour(t) ? t.colour() + " " : "") + t.category())
            .reduce((a, b) -> a + ", " + b)
            .orElse("");
    String all = String.join(", ", parts);
    return setting.name()
        + ": "
        + (all.isEmpty() ? stuff : stuff.isEmpty() ? all : all + ", " + stuff);
  }
}
