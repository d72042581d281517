package dev.plantain.sprout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words a model has learnt to draw, to tell phrases that it can only guess at.
 *
 * <p>A phrase is familiar if a run of its words is a known word, or close enough to one in the
 * sentence encoder's space: "couch" is close to "sofa", "submarine" to nothing in a living room.
 */
public final class Vocabulary {
  /** Name of the entry in a weights file's metadata. */
  public static final String KEY = "vocabulary";

  /**
   * Cosine below which a word is taken to be unknown. Held-out synonyms of known words mostly lie
   * above it, words of other worlds mostly below; {@code VocabularyTest} prints both shares.
   */
  static final double CLOSE = 0.40;

  /** Words of a run, at most: longer names are rare. */
  private static final int RUN = 3;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** What any prompt may speak of, whatever was learnt. */
  private static final Set<String> ALWAYS =
      Set.of("background", "everything", "else", "rest", "other", "anything", "nothing", "none");

  private final Set<String> words;
  private final SentenceEncoder encoder;
  private float[][] vectors = new float[0][];

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

  /** The phrases that the prompt gives a colour and that are far from every known word. */
  List<String> unknownIn(List<Segment> prompt) {
    if (words.isEmpty()) {
      return List.of();
    }
    return prompt.stream()
        .filter(s -> s.rgb().isPresent())
        .map(Segment::text)
        .distinct()
        .filter(phrase -> !isFamiliar(phrase))
        .toList();
  }

  private boolean isFamiliar(String phrase) {
    List<String> runs = runs(phrase);
    return runs.isEmpty()
        || runs.stream().anyMatch(this::isKnown)
        || runs.stream().anyMatch(run -> closeness(run) >= CLOSE);
  }

  private boolean isKnown(String run) {
    return ALWAYS.contains(run)
        || words.contains(run)
        || (run.endsWith("s") && words.contains(run.substring(0, run.length() - 1)))
        || (run.endsWith("es") && words.contains(run.substring(0, run.length() - 2)));
  }

  /** The greatest cosine between this text and a known word. */
  double closeness(String text) {
    float[] vector = encoder.encode(text).whole();
    double best = -1;
    for (float[] known : vectors()) {
      double dot = 0;
      for (int i = 0; i < vector.length; i++) {
        dot += vector[i] * known[i];
      }
      best = Math.max(best, dot);
    }
    return best;
  }

  /** Made when first needed: most phrases hold a known word and need none. */
  private synchronized float[][] vectors() {
    if (vectors.length == 0) {
      vectors = words.stream().map(w -> encoder.encode(w).whole()).toArray(float[][]::new);
    }
    return vectors;
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
