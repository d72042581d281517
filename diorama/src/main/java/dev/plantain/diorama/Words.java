package dev.plantain.diorama;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Small English: articles, plurals, numbers, and which words may be mistaken for one another. */
final class Words {
  private static final List<String> NUMBERS =
      List.of("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
  private static final List<String> ORDINALS =
      List.of("first", "second", "third", "fourth", "fifth", "sixth");
  private static final Set<String> MASS =
      Set.of(
          "food",
          "clothes",
          "shoes",
          "flowers",
          "books",
          "stationery",
          "toiletries",
          "sky",
          "grass",
          "toilet paper",
          "clothing",
          "drapes");
  private static final Map<String, Set<String>> CONFUSABLE = confusable();

  /** Pairs of colour words that people may use for the same shade. */
  private static final Set<String> NEAR =
      Set.of(
          "beige white",
          "beige brown",
          "grey white",
          "black grey",
          "blue turquoise",
          "green turquoise",
          "pink red",
          "pink purple",
          "orange red",
          "orange yellow",
          "brown orange",
          "blue purple",
          "black brown",
          "brown red",
          "black blue",
          "beige yellow",
          "beige grey",
          "brown grey",
          "beige orange",
          "beige pink",
          "green yellow",
          "black purple",
          "grey purple",
          "blue grey",
          "black green");

  private Words() {}

  static boolean near(String a, String b) {
    return a.equals(b) || NEAR.contains(a.compareTo(b) < 0 ? a + " " + b : b + " " + a);
  }

  /** Whether a phrase for the first category may be taken to mean a thing of the second. */
  static boolean confusable(String said, String seen) {
    return CONFUSABLE.getOrDefault(said, Set.of()).contains(seen);
  }

  private static Map<String, Set<String>> confusable() {
    Map<String, Set<String>> map = new HashMap<>();
    for (String line : Taxonomy.lines("confusable.txt")) {
      int side = line.indexOf('<');
      List<String> said = group(side < 0 ? line : line.substring(0, side));
      for (String a : said) {
        for (String b : side < 0 ? said : group(line.substring(side + 1))) {
          if (!a.equals(b)) {
            map.computeIfAbsent(a, k -> new HashSet<>()).add(b);
          }
        }
      }
    }
    return map;
  }

  private static List<String> group(String line) {
    return Arrays.stream(line.split(",")).map(String::strip).toList();
  }

  static boolean mass(String noun) {
    return MASS.contains(noun);
  }

  /** With its indefinite article, or "some" where it takes none. */
  static String a(String phrase) {
    String head = phrase.split(" of | with | on ")[0];
    String last = head.substring(head.lastIndexOf(' ') + 1);
    boolean many = last.endsWith("s") && !last.endsWith("ss") && !last.equals("bus");
    if (many || MASS.contains(head) || MASS.contains(last)) {
      return "some " + phrase;
    }
    return ("aeiou".indexOf(phrase.charAt(0)) >= 0 && !phrase.startsWith("urinal") ? "an " : "a ")
        + phrase;
  }

  static String plural(String noun) {
    for (String category : Taxonomy.standard().categories()) {
      if (category.equals(noun)) {
        return Taxonomy.standard().plural(noun);
      }
    }
    if (MASS.contains(noun)) {
      return noun;
    }
    int of = noun.indexOf(" of ");
    if (of > 0) {
      return plural(noun.substring(0, of)) + noun.substring(of);
    }
    int with = noun.indexOf(" with ");
    if (with > 0) {
      return plural(noun.substring(0, with)) + noun.substring(with);
    }
    if (noun.endsWith("man")) {
      return noun.substring(0, noun.length() - 3) + "men";
    }
    if (noun.endsWith("shelf")) {
      return noun.substring(0, noun.length() - 1) + "ves";
    }
    if (noun.matches(".*(s|x|z|ch|sh)")) {
      return noun + "es";
    }
    if (noun.matches(".*[^aeiou]y")) {
      return noun.substring(0, noun.length() - 1) + "ies";
    }
    return noun + "s";
  }

  static String number(int n) {
    return n < NUMBERS.size() ? NUMBERS.get(n) : Integer.toString(n);
  }

  static String ordinal(int zeroBased) {
    return ORDINALS.get(zeroBased);
  }

  static String join(List<String> parts) {
    if (parts.isEmpty()) {
      return "";
    }
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    return String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
  }

  static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }
}
