package dev.plantain.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a score rests on. Of these the question must be the same when a run goes on; the rest is
 * told.
 *
 * @param set with split and protocol
 * @param generator its name
 * @param seed of the drawings
 * @param asking how it was asked: voting, options, colour profile
 * @param about what the generator's weights say of themselves
 * @param plantain version
 * @param revision of the source the program was built from; "unknown" outside a checkout
 * @param java version
 * @param machine system and processors
 */
public record Provenance(
    String set,
    String generator,
    long seed,
    String asking,
    Map<String, String> about,
    String plantain,
    String revision,
    String java,
    String machine) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Provenance {
    about = Map.copyOf(about);
  }

  /** Of a run that begins now, on this machine. */
  public static Provenance now(
      String set, String generator, long seed, String asking, Map<String, String> about) {
    String version = Provenance.class.getPackage().getImplementationVersion();
    return new Provenance(
        set,
        generator,
        seed,
        asking,
        about,
        version == null ? "development" : version,
        sourceRevision(),
        Runtime.version().toString(),
        "%s %s, %d processors"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors()));
  }

  /** Whether another run asks the same. */
  boolean asksTheSameAs(Provenance other) {
    return set.equals(other.set)
        && generator.equals(other.generator)
        && seed == other.seed
        && asking.equals(other.asking)
        && about.equals(other.about);
  }

  /** By name, in order, for reports. */
  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("set", set);
    facts.put("generator", generator);
    facts.put("seed", Long.toString(seed));
    facts.put("asked", asking);
    about.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> facts.put("weights: " + e.getKey(), inWords(e.getValue())));
    facts.put("plantain", plantain);
    facts.put("revision", revision);
    facts.put("java", java);
    facts.put("machine", machine);
    return facts;
  }

  /** A JSON object, as weights describe their shape, for people; any other text as it is. */
  private static String inWords(String text) {
    if (!text.startsWith("{")) {
      return text;
    }
    try {
      return JSON.readTree(text).properties().stream()
          .map(e -> e.getValue().isObject() ? e.getKey() + ": " + pairs(e.getValue()) : pair(e))
          .collect(Collectors.joining("; "));
    } catch (JsonProcessingException e) {
      return text; // it only looked like JSON
    }
  }

  private static String pairs(JsonNode object) {
    return object.properties().stream().map(Provenance::pair).collect(Collectors.joining(", "));
  }

  private static String pair(Map.Entry<String, JsonNode> entry) {
    JsonNode value = entry.getValue();
    return entry.getKey() + " " + (value.isTextual() ? value.asText() : value.toString());
  }

  private static String sourceRevision() {
    CodeSource source = Provenance.class.getProtectionDomain().getCodeSource();
    try {
      for (Path at = source == null ? null : Path.of(source.getLocation().toURI());
          at != null;
          at = at.getParent()) {
        String revision = revision(at.resolve(".git"));
        if (revision != null) {
          return revision;
        }
      }
    } catch (IOException | URISyntaxException e) {
      return "unknown"; // a report without it is better than none
    }
    return "unknown";
  }

  private static @Nullable String revision(Path git) throws IOException {
    if (!Files.exists(git)) {
      return null;
    }
    // In a linked work tree .git is a file that names the folder.
    Path own =
        Files.isDirectory(git)
            ? git
            : git.resolveSibling(Files.readString(git).replace("gitdir:", "").strip());
    Path common =
        Files.exists(own.resolve("commondir"))
            ? own.resolve(Files.readString(own.resolve("commondir")).strip())
            : own;
    String head = Files.readString(own.resolve("HEAD")).strip();
    if (!head.startsWith("ref: ")) {
      return head;
    }
    String name = head.substring("ref: ".length());
    if (Files.exists(common.resolve(name))) {
      return Files.readString(common.resolve(name)).strip();
    }
    Path packed = common.resolve("packed-refs");
    return Files.exists(packed)
        ? Files.readAllLines(packed).stream()
            .filter(line -> line.endsWith(" " + name))
            .map(line -> line.substring(0, line.indexOf(' ')))
            .findFirst()
            .orElse(null)
        : null;
  }
}
