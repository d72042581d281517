package dev.plantain.diorama;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What things are called and where they stand: {@code taxonomy.txt}, {@code synonyms.txt} and
 * {@code names.txt}.
 */
public final class Taxonomy {
  /** Where things of a category stand; explained in {@code taxonomy.txt}. */
  enum Place {
    WALL,
    FREE,
    TABLE,
    SEAT,
    TOP,
    HUNG,
    CEILING,
    RUG,
    PERSON,
    ANIMAL,
    VEHICLE,
    TREE,
    YARD,
    OPENING,
    NONE
  }

  /**
   * A kind of thing.
   *
   * @param name canonical common noun
   * @param plural of the name
   * @param place where such things stand
   * @param paintable whether it comes in any colour
   * @param labelled false if training never labels it
   * @param synonyms other words that training text uses as well
   * @param heldOut other words kept out of training text, to test whether synonyms are understood
   * @param names more words, of training's legends alone
   */
  record Category(
      String name,
      String plural,
      Place place,
      boolean paintable,
      boolean labelled,
      List<String> synonyms,
      List<String> heldOut,
      List<String> names) {}

  /** A category with a model's own short phrase. */
  record Naming(Category category, String phrase) {}

  private static final Taxonomy INSTANCE = load();

  private final Map<String, Category> categories;
  private final Map<String, Naming> byName;
  private final Map<String, Naming> byId;
  private final Pattern unlabelledWords;

  private Taxonomy(
      Map<String, Category> categories, Map<String, Naming> byName, Map<String, Naming> byId) {
    this.categories = categories;
    this.byName = byName;
    this.byId = byId;
    unlabelledWords = unlabelledWords(categories.values());
  }

  /** The one that ships with this module. */
  public static Taxonomy standard() {
    return INSTANCE;
  }

  /** Every category's canonical noun, in the table's order. */
  public List<String> categories() {
    return List.copyOf(categories.keySet());
  }

  /** Plural of a canonical noun. */
  public String plural(String category) {
    return category(category).plural();
  }

  /** Whether training may name, colour, count and outline things of a category. */
  public boolean labelled(String category) {
    return category(category).labelled();
  }

  /** The categories that training never names, colours, counts or outlines. */
  public Set<String> unlabelled() {
    return categories.values().stream()
        .filter(c -> !c.labelled())
        .map(Category::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Whether a text names a category that training never labels, by its noun, its plural or any
   * other word for it. A word that is part of another name counts as well: "piano stool" names the
   * piano.
   */
  public boolean namesUnlabelled(String text) {
    return unlabelledWords.matcher(text).find();
  }

  private static Pattern unlabelledWords(Collection<Category> categories) {
    String words =
        categories.stream()
            .filter(c -> !c.labelled())
            .flatMap(
                c ->
                    Stream.of(List.of(c.name(), c.plural()), c.synonyms(), c.heldOut())
                        .flatMap(List::stream))
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return Pattern.compile("\\b(?:" + words + ")(?:e?s)?\\b", Pattern.CASE_INSENSITIVE);
  }

  /** All categories and the synonyms that training text may use. */
  public Set<String> words() {
    return categories.values().stream()
        .flatMap(c -> Stream.concat(Stream.of(c.name()), c.synonyms().stream()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Other words for a category that training text may use; none for one that is not listed. */
  public List<String> synonyms(String category) {
    Category known = categories.get(category);
    return known == null ? List.of() : known.synonyms();
  }

  /**
   * Many other words for a category that training's legends may use: {@link #synonyms} and more,
   * that captions and expressions do not use; none for one that is not listed.
   */
  public List<String> names(String category) {
    Category known = categories.get(category);
    return known == null
        ? List.of()
        : Stream.concat(known.synonyms().stream(), known.names().stream()).toList();
  }

  /** Other words for a category that never stand in training text. */
  public List<String> heldOutSynonyms(String category) {
    return category(category).heldOut();
  }

  Category category(String name) {
    Category found = categories.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no category is called '%s'".formatted(name));
    }
    return found;
  }

  /** What to call a library's model, or nothing if the table does not list it. */
  Optional<Naming> naming(String id, String name) {
    Naming special = byId.get(id);
    return Optional.ofNullable(
            special != null ? special : byName.get(name.toLowerCase(Locale.ROOT)))
        .filter(n -> !n.phrase().equals("none"));
  }

  private static Taxonomy load() {
    Map<String, List<String>[]> words = new LinkedHashMap<>();
    for (String[] row : table("synonyms.txt", 3)) {
      @SuppressWarnings({"unchecked", "rawtypes"})
      List<String>[] pair = new List[] {list(row[1], ","), list(row[2], ",")};
      words.put(row[0], pair);
    }
    Map<String, List<String>> names = new HashMap<>();
    for (String[] row : table("names.txt", 2)) {
      names.put(row[0], list(row[1], ","));
    }
    List<String> unlabelled = lines("unlabelled.txt");
    Map<String, Category> categories = new LinkedHashMap<>();
    Map<String, Naming> byName = new LinkedHashMap<>();
    Map<String, Naming> byId = new LinkedHashMap<>();
    for (String[] row : table("taxonomy.txt", 5)) {
      List<String>[] pair = words.get(row[0]);
      Category c =
          new Category(
              row[0],
              row[1],
              Place.valueOf(row[2].toUpperCase(Locale.ROOT)),
              row[3].equals("yes"),
              !unlabelled.contains(row[0]),
              pair == null ? List.of() : pair[0],
              pair == null ? List.of() : pair[1],
              names.getOrDefault(row[0], List.of()));
      categories.put(c.name(), c);
      for (String item : list(row[4], "\\|")) {
        List<String> parts = list(item, ">");
        String key = parts.get(0);
        Naming naming =
            new Naming(c, parts.size() > 1 ? parts.get(1) : key.toLowerCase(Locale.ROOT));
        if (key.startsWith("@")) {
          byId.put(key.substring(1), naming);
        } else {
          byName.put(key.toLowerCase(Locale.ROOT), naming);
        }
      }
    }
    return new Taxonomy(categories, byName, byId);
  }

  private static List<String> list(String text, String separator) {
    return Arrays.stream(text.split(separator))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private static List<String[]> table(String resource, int columns) {
    List<String[]> rows = new ArrayList<>();
    for (String line : lines(resource)) {
      String[] cells = line.split(";", columns);
      if (cells.length != columns) {
        throw new IllegalStateException(
            "%s: '%s' needs %d columns".formatted(resource, line, columns));
      }
      rows.add(Arrays.stream(cells).map(String::strip).toArray(String[]::new));
    }
    return rows;
  }

  /** A resource's lines without comments and blank ones. */
  static List<String> lines(String resource) {
    InputStream in = Objects.requireNonNull(Taxonomy.class.getResourceAsStream(resource), resource);
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(String::strip)
          .filter(l -> !l.isEmpty() && !l.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
