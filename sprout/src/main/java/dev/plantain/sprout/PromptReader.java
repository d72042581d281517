package dev.plantain.sprout;

import dev.plantain.core.instruct.Colours;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a prompt into plain words and phrases with a colour.
 *
 * <p>It knows no task and no wording: wherever a colour is given to something ("the sofa …
 * #FF8000", "make the lamp red", {@code "rug": (0, 128, 255)}), the words beside it become a
 * segment bound to that colour as a number; what remains are plain segments. A colour that merely
 * describes ("the red cup") stays a word.
 */
final class PromptReader {
  /** Words that may follow a colour that has been given; before any other word it describes. */
  private static final Set<String> AFTER_GIVEN =
      Set.of(
          "on",
          "and",
          "with",
          "over",
          "for",
          "in",
          "the",
          "is",
          "are",
          "against",
          "as",
          "at",
          "but",
          "to",
          "from",
          "of",
          "while",
          "where",
          "everything",
          "elsewhere",
          "everywhere",
          "only",
          "please",
          "instead",
          "otherwise",
          "then",
          "background",
          "backdrop",
          "or",
          "a",
          "an");

  private static final Set<String> LEADING =
      Set.of(
          "and",
          "the",
          "a",
          "an",
          "with",
          "paint",
          "colour",
          "color",
          "mark",
          "render",
          "draw",
          "show",
          "area",
          "areas",
          "that",
          "which",
          "corresponds",
          "correspond",
          "to",
          "region",
          "regions",
          "of",
          "all",
          "every",
          "use",
          "for",
          "class",
          "pixels",
          "pixel",
          "make",
          "let",
          "be",
          "fill",
          "put",
          "belonging",
          "belong",
          "belongs",
          "object",
          "called",
          "label",
          "segment",
          "highlight",
          "where",
          "while",
          "on",
          "in",
          "turn",
          "recolour",
          "recolor",
          "repaint",
          "rendered",
          "as",
          "any");

  private static final Set<String> TRAILING =
      Set.of(
          "is",
          "are",
          "be",
          "in",
          "as",
          "by",
          "to",
          "with",
          "solid",
          "rendered",
          "represented",
          "painted",
          "shown",
          "coloured",
          "colored",
          "drawn",
          "marked",
          "set",
          "should",
          "filled",
          "on",
          "a",
          "an",
          "the",
          "pure",
          "flat",
          "plain",
          "appears",
          "appear",
          "gets",
          "get",
          "becomes",
          "become",
          "must",
          "use",
          "using",
          "given",
          "labelled",
          "labeled",
          "displayed",
          "colour",
          "color",
          "its",
          "stays",
          "stay",
          "left",
          "against",
          "over",
          "and",
          "for");

  private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?;])\\s+|\\n+");

  /** Up to here a sentence speaks of the picture asked for, after it of what is in it. */
  private static final Pattern PICTURE =
      Pattern.compile("\\b(?:image|photo|picture|input)\\b(?=.*\\w)", Pattern.CASE_INSENSITIVE);

  private static final Pattern QUOTED = Pattern.compile("[\"“”']([^\"“”]+?)[\"“”'](?![a-z])");
  private static final Pattern WORD_START = Pattern.compile("(?<![\\p{L}\\p{N}#])[\\p{L}#(<\\[]");
  private static final Pattern NEXT_WORD = Pattern.compile("\\G[ -]+(\\p{L}+)");
  private static final Pattern AFTER_COLOUR =
      Pattern.compile("\\G[\"']?\\s*(?::|=|for\\b|means\\b|marks\\b)\\s*[\"']?");

  private PromptReader() {}

  private record Given(int begin, int end, int rgb) {}

  /** The segments of a prompt, coloured ones first, in order of appearance. */
  static List<Segment> read(String prompt) {
    List<Given> givens = givens(prompt);
    List<Segment> coloured = new ArrayList<>();
    Set<String> rest = new LinkedHashSet<>();
    int at = 0;
    for (int i = 0; i < givens.size(); i++) {
      Given given = givens.get(i);
      String before = prompt.substring(at, given.begin);
      at = given.end;
      Phrase phrase = phrase(before, i == 0);
      if (phrase.text.isEmpty() || before.endsWith("{\"") || before.endsWith("{'")) {
        // The colour stands first: "#FF8000": "sofa", or red for the sofa.
        int next = i + 1 < givens.size() ? givens.get(i + 1).begin : prompt.length();
        Matcher link = AFTER_COLOUR.matcher(prompt).region(given.end, next);
        if (link.find()) {
          String after = prompt.substring(link.end(), next);
          Matcher stop = Pattern.compile("[\"'.;,}\\n]").matcher(after);
          String words = stop.find() ? after.substring(0, stop.start()) : after;
          coloured.add(Segment.coloured(trim(words).text, given.rgb));
          addSentences(rest, before);
          at = link.end() + words.length();
          continue;
        }
      }
      Matcher ground = NEXT_WORD.matcher(prompt).region(given.end, prompt.length());
      if (ground.find()
          && (ground.group(1).equals("background") || ground.group(1).equals("backdrop"))) {
        addSentences(rest, before);
        coloured.add(Segment.coloured("background", given.rgb));
        at = ground.end();
        continue;
      }
      addSentences(rest, phrase.before);
      coloured.add(Segment.coloured(phrase.text, given.rgb));
    }
    addSentences(rest, prompt.substring(at));
    List<Segment> all = new ArrayList<>(coloured);
    rest.forEach(text -> all.add(Segment.plain(text)));
    return all;
  }

  private static List<Given> givens(String prompt) {
    List<Given> givens = new ArrayList<>();
    Matcher start = WORD_START.matcher(prompt);
    int from = 0;
    while (start.find(from)) {
      int begin = start.start();
      Optional<Colours.Found> found = Colours.at(prompt, begin);
      if (found.isEmpty()) {
        from = begin + 1;
        continue;
      }
      int end = found.get().end();
      boolean number = !Character.isLetter(prompt.charAt(begin));
      if (number || isGiven(prompt, end)) {
        givens.add(new Given(begin, end, found.get().rgb()));
      }
      from = end;
      if (from >= prompt.length()) {
        break;
      }
    }
    return givens;
  }

  private static boolean isGiven(String prompt, int end) {
    Matcher next = NEXT_WORD.matcher(prompt).region(end, prompt.length());
    return !next.find() || AFTER_GIVEN.contains(next.group(1).toLowerCase(Locale.ROOT));
  }

  /** A phrase, and the words of its clause before it. */
  private record Phrase(String before, String text) {}

  private static Phrase phrase(String before, boolean first) {
    Matcher quoted = QUOTED.matcher(before);
    int begin = -1;
    String text = "";
    while (quoted.find()) {
      if (quoted.group(1).chars().anyMatch(Character::isLetterOrDigit)) {
        begin = quoted.start();
        text = quoted.group(1);
      }
    }
    if (begin >= 0) {
      return new Phrase(before.substring(0, begin), text.strip());
    }
    String body = before.replaceAll("[\\s\\p{Punct}“”]+$", "");
    int cut =
        Math.max(body.lastIndexOf(". "), Math.max(body.lastIndexOf(';'), body.lastIndexOf('\n')));
    if (first) {
      cut = Math.max(cut, Math.max(body.lastIndexOf(':'), body.lastIndexOf('{')));
      Matcher picture = PICTURE.matcher(body);
      while (picture.find()) {
        cut = Math.max(cut, picture.end() - 1);
      }
    }
    Phrase trimmed = trim(body.substring(cut + 1));
    return new Phrase(body.substring(0, cut + 1) + " " + trimmed.before, trimmed.text);
  }

  /** Takes the words of instruction off both ends. */
  private static Phrase trim(String clause) {
    String bare = clause.replaceAll("^[\\s\\p{Punct}“”]+|[\\s\\p{Punct}“”]+$", "");
    List<String> words = new ArrayList<>(List.of(bare.split("\\s+")));
    StringBuilder before = new StringBuilder();
    while (words.size() > 1 && LEADING.contains(words.getFirst().toLowerCase(Locale.ROOT))) {
      before.append(words.removeFirst()).append(' ');
    }
    while (words.size() > 1 && TRAILING.contains(words.getLast().toLowerCase(Locale.ROOT))) {
      words.removeLast();
    }
    String text = String.join(" ", words).replaceAll("[,;:]+$", "");
    String lower = text.toLowerCase(Locale.ROOT);
    return LEADING.contains(lower) || TRAILING.contains(lower)
        ? new Phrase(before + text, "")
        : new Phrase(before.toString(), text);
  }

  private static void addSentences(Set<String> rest, String text) {
    for (String sentence : SENTENCE.split(text)) {
      String bare = sentence.replaceAll("^[\\s\\p{Punct}“”]+|[\\s\"'{}(,:;.!?“”]+$", "");
      if (bare.chars().anyMatch(Character::isLetterOrDigit)) {
        rest.add(bare);
      }
    }
  }
}
