package dev.plantain.hosted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.core.Plan;
import dev.plantain.core.instruct.Ask.Entry;
import dev.plantain.core.instruct.Colours;
import dev.plantain.core.instruct.InstructionException;
import dev.plantain.core.instruct.Palette;
import dev.plantain.hosted.Adviser.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Answers of language models, checked: a model may say anything. */
final class Answers {
  private static final int MOST_PHRASES = 8;
  private static final int MOST_THINGS = 48;
  private static final int LONGEST_PHRASE = 120;
  private static final int LONGEST_REASON = 300;

  /** Colours nearer to each other than this, in 8-bit levels, would be taken for one another. */
  private static final double ALIKE = 90;

  private Answers() {}

  /**
   * An answer that is not of the form asked for. The message is for the model, so its numbers are
   * formatted by {@code %s}: {@code %d} writes the digits of the user's language.
   */
  static final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Invalid(String message) {
      super(message);
    }
  }

  static List<Finding> findings(JsonNode answer) {
    List<Finding> findings = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode item : array(answer, "findings", MOST_PHRASES)) {
      String phrase = text(item.path("phrase"), "phrase", LONGEST_PHRASE);
      if (seen.add(phrase.toLowerCase(Locale.ROOT))) {
        findings.add(new Finding(phrase, text(item.path("why"), "why", LONGEST_REASON)));
      }
    }
    return List.copyOf(findings);
  }

  static boolean present(JsonNode answer) {
    return switch (answer.path("answer").asText("").strip().toUpperCase(Locale.ROOT)) {
      case "A", "(A)", "A) YES", "(A) YES" -> true;
      case "B", "(B)", "B) NO", "(B) NO" -> false;
      default -> throw new Invalid("\"answer\" must be \"A\" or \"B\".");
    };
  }

  static List<String> classes(JsonNode answer) {
    Set<String> classes = new LinkedHashSet<>();
    for (JsonNode item : array(answer, "classes", Adviser.MOST_CLASSES)) {
      classes.add(text(item, "class", LONGEST_PHRASE).toLowerCase(Locale.ROOT));
    }
    if (classes.isEmpty()) {
      throw new Invalid("\"classes\" must not be empty: every photo shows something.");
    }
    return List.copyOf(classes);
  }

  /**
   * @param wanted the only names allowed; any if empty
   */
  static Plan plan(JsonNode answer, List<String> wanted, int backgroundRgb) {
    Map<String, String> allowed = new HashMap<>();
    wanted.forEach(name -> allowed.putIfAbsent(name.toLowerCase(Locale.ROOT), name));
    record Listed(String name, List<String> phrases, List<Integer> colours) {}
    List<Listed> listed = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<String> phrases = new HashSet<>();
    int total = 0;
    for (JsonNode item : array(answer, "things", MOST_THINGS)) {
      String name = text(item.path("name"), "name", LONGEST_PHRASE);
      String lower = name.toLowerCase(Locale.ROOT);
      if (!allowed.isEmpty() && !allowed.containsKey(lower)) {
        throw new Invalid("\"%s\" is none of the kinds asked for.".formatted(name));
      }
      if (!names.add(lower)) {
        throw new Invalid("\"%s\" is listed twice.".formatted(name));
      }
      String spelt = allowed.getOrDefault(lower, name);
      Listed thing = new Listed(spelt, new ArrayList<>(), new ArrayList<>());
      for (JsonNode each : array(item, "each", MOST_THINGS)) {
        String phrase = text(each.path("phrase"), "phrase", LONGEST_PHRASE);
        if (!phrases.add(phrase.toLowerCase(Locale.ROOT))) {
          throw new Invalid("two things are called \"%s\".".formatted(phrase));
        }
        thing.phrases.add(phrase);
        thing.colours.add(colour(each.path("colour")));
        total++;
      }
      if (thing.phrases.isEmpty() || thing.phrases.size() != item.path("count").asInt(-1)) {
        throw new Invalid(
            "\"count\" of \"%s\" is %s, and %s are listed."
                .formatted(name, item.path("count"), thing.phrases.size()));
      }
      listed.add(thing);
    }
    if (total > MOST_THINGS) {
      throw new Invalid("at most %s things, got %s.".formatted(MOST_THINGS, total));
    }
    // Colours too near to one another are replaced, all of them: a few more would not fit between.
    List<Integer> colours = listed.stream().flatMap(t -> t.colours.stream()).toList();
    if (total > 0 && alike(colours, backgroundRgb)) {
      colours = Palette.distinct(total, backgroundRgb, Colours.BLACK, Colours.WHITE);
    }
    List<Plan.Thing> things = new ArrayList<>();
    int at = 0;
    for (Listed thing : listed) {
      List<Entry> each = new ArrayList<>();
      for (String phrase : thing.phrases) {
        each.add(new Entry(phrase, colours.get(at++)));
      }
      things.add(new Plan.Thing(thing.name, each));
    }
    return new Plan(things);
  }

  private static boolean alike(List<Integer> colours, int background) {
    for (int i = 0; i < colours.size(); i++) {
      if (distance(colours.get(i), background) < ALIKE) {
        return true;
      }
      for (int j = 0; j < i; j++) {
        if (distance(colours.get(i), colours.get(j)) < ALIKE) {
          return true;
        }
      }
    }
    return false;
  }

  private static double distance(int a, int b) {
    return Math.hypot(
        Math.hypot((a >> 16 & 0xff) - (b >> 16 & 0xff), (a >> 8 & 0xff) - (b >> 8 & 0xff)),
        (a & 0xff) - (b & 0xff));
  }

  private static int colour(JsonNode node) {
    try {
      return Colours.parse(node.asText(""));
    } catch (InstructionException e) {
      throw new Invalid(
          "\"colour\" must be #RRGGBB, got %s.".formatted(Wire.shortened(node.toString())));
    }
  }

  private static List<JsonNode> array(JsonNode parent, String name, int most) {
    JsonNode array = parent.path(name);
    if (!array.isArray()) {
      throw new Invalid("\"%s\" must be an array.".formatted(name));
    }
    if (array.size() > most) {
      throw new Invalid("\"%s\" may have %s entries, got %s.".formatted(name, most, array.size()));
    }
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    return items;
  }

  /** A line of text; what has no place in a prompt is taken out. */
  private static String text(JsonNode node, String name, int longest) {
    if (!node.isTextual()) {
      throw new Invalid("\"%s\" must be a text.".formatted(name));
    }
    String line =
        node.asText().replaceAll("[\\p{Cntrl}\"{}\\[\\]<>]+", " ").replaceAll("\\s+", " ").strip();
    if (line.isEmpty() || line.length() > longest) {
      throw new Invalid(
          "\"%s\" must have 1 to %s letters, got %s.".formatted(name, longest, line.length()));
    }
    return line;
  }
}
