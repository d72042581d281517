package dev.plantain.sprout;

import static java.util.Comparator.comparingDouble;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words a model has learnt to draw, to put others into them and to tell phrases that it can
 * only guess at.
 *
 * <p>A phrase is familiar if a run of its words is a known word, means the same as one by {@link
 * Thesaurus}, or is close enough to one in the sentence encoder's space: "couch" is close to
 * "sofa", "submarine" to nothing in a living room.
 */
public final class Vocabulary {
  /** Name of the entry in a weights file's metadata. */
  public static final String KEY = "vocabulary";

  /**
   * Cosine below which a word is taken to be unknown. Held-out synonyms of known words mostly lie
   * above it, words of other worlds mostly below; {@code VocabularyTest} prints both shares.
   */
  static final double CLOSE = 0.40;

  private static final int REMEMBERED = 4096;

  /** Words of a run, at most: longer names are rare. */
  private static final int RUN = 3;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern ARTICLES =
      Pattern.compile("^(?:(?:the|an?) )+(?=\\S)", Pattern.CASE_INSENSITIVE);

  /** What any prompt may speak of, whatever was learnt. */
  private static final Set<String> ALWAYS =
      Set.of(
          "background",
          "everything",
          "else",
          "rest",
          "other",
          "thing",
          "object",
          "anything",
          "nothing",
          "none");

  private final Set<String> words;
  private final SentenceEncoder encoder;
  private final Thesaurus thesaurus = new Thesaurus();
  private final Map<String, String> reworded = new ConcurrentHashMap<>();

  Vocabulary(Set<String> words, SentenceEncoder encoder) {
    this.words = words.stream().map(Vocabulary::plain).collect(Collectors.toUnmodifiableSet());
    this.encoder = encoder;
  }

  /** The words that a weights file's metadata lists; empty if it lists none. */
  public static Set<String> of(Map<String, String> metadata) {
    try {
      String json = metadata.get(KEY);
      return json == null ? Set.of() : Set.of(JSON.readValue(json, String[].class));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Set.of();
    }
  }

  /** The entry of a weights file's metadata for these words. */
  public static Map<String, String> metadata(Set<String> words) {
    try {
      return words.isEmpty()
          ? Map.of()
          : Map.of(KEY, JSON.writeValueAsString(new TreeSet<>(words)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Those of these phrases that are far from every known word. */
  List<String> unknownOf(List<String> phrases) {
    return words.isEmpty()
        ? List.of()
        : phrases.stream().filter(phrase -> !isFamiliar(reworded(bare(phrase)))).toList();
  }

  /** To the encoder an article brings any word nearer to known ones. */
  private static String bare(String phrase) {
    return ARTICLES.matcher(phrase).replaceFirst("");
  }

  /**
   * The prompt with coloured phrases in known words. A model draws what it was taught under the
   * words it was taught: single words that mean the same may be far apart for the encoder. Phrases
   * that would become the same stay as they are: the prompt tells them apart.
   */
  List<Segment> inKnownWords(List<Segment> prompt) {
    if (words.isEmpty()) {
      return prompt;
    }
    Map<String, Long> shared =
        prompt.stream()
            .filter(s -> s.rgb().isPresent())
            .collect(Collectors.groupingBy(s -> plain(reworded(s.text())), Collectors.counting()));
    return prompt.stream()
        .map(
            s -> {
              String known = s.rgb().isPresent() ? reworded(s.text()) : s.text();
              return shared.getOrDefault(plain(known), 1L) > 1 ? s : new Segment(known, s.rgb());
            })
        .toList();
  }

  private String reworded(String phrase) {
    if (reworded.size() >= REMEMBERED) {
      reworded.clear();
    }
    return reworded.computeIfAbsent(phrase, this::reword);
  }

  /**
   * Names of several words give way to their synonyms; a single word, if nothing in the phrase is
   * known, to a synonym or a wider word. What the thesaurus does not relate is left to the encoder:
   * the word closest to "bicyclist" is "bicycle", and the network knows better.
   */
  private String reword(String phrase) {
    List<String> runs = runs(phrase);
    boolean named = runs.stream().anyMatch(this::isKnown);
    for (String run : runs) {
      boolean single = run.indexOf(' ') < 0;
      if (isKnown(run) || (named && single)) {
        return phrase;
      }
      Optional<String> known = thesaurus.synonym(run, words::contains);
      if (known.isEmpty() && single) {
        // Senses differ: "settee" is a bench and a sofa. The encoder knows which is likelier.
        SentenceEncoder.Encoded meant = encoder.encode(run);
        known =
            thesaurus
                .broader(run, words::contains)
                .max(comparingDouble(w -> encoder.encode(w).cosine(meant)));
      }
      if (known.isPresent()) {
        return (" " + plain(phrase) + " ")
            .replace(" " + run + " ", " " + known.get() + " ")
            .strip();
      }
    }
    return phrase;
  }

  private boolean isFamiliar(String phrase) {
    List<String> runs = runs(phrase);
    return runs.isEmpty()
        || runs.stream().anyMatch(this::isKnown)
        || runs.stream().anyMatch(run -> closeness(run) >= CLOSE);
  }

  private boolean isKnown(String run) {
    return ALWAYS.contains(run) || thesaurus.singulars(run).anyMatch(words::contains);
  }

  /** The greatest cosine between this text and a known word. */
  double closeness(String text) {
    SentenceEncoder.Encoded encoded = encoder.encode(text);
    return words.stream().mapToDouble(w -> encoder.encode(w).cosine(encoded)).max().orElse(-1);
  }

  /** Runs of up to three words, longest first. */
  private static List<String> runs(String phrase) {
    List<String> each = Arrays.stream(plain(phrase).split(" ")).filter(w -> !w.isEmpty()).toList();
    List<String> runs = new ArrayList<>();
    for (int n = Math.min(RUN, each.size()); n > 0; n--) {
      for (int from = 0; from + n <= each.size(); from++) {
        runs.add(String.join(" ", each.subList(from, from + n)));
      }
    }
    return runs;
  }

  private static String plain(String text) {
    return NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }
}
