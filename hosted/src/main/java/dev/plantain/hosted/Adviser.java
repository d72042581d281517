package dev.plantain.hosted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.core.Image;
import dev.plantain.core.Plan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A language model that looks at a photo before anything is drawn: it turns a question into
 * phrases, says whether a thing is there at all, lists what is there. Every answer is JSON of a
 * given schema and checked here; one that does not pass is asked for once more.
 */
public final class Adviser implements AutoCloseable {
  /** Classes it names at the most. */
  public static final int MOST_CLASSES = 40;

  /** A photo is shown at this area at most: more costs tokens and tells little more. */
  private static final int PIXELS = 1 << 20;

  private static final int LETTERS_PER_TOKEN = 4;
  private static final int TOKENS_PER_PHOTO = 1300;
  private static final int TOKENS_OF_ANSWER = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final ChatEndpoint endpoint;
  private final Traffic traffic;
  private final Optional<AnswerCache> cache;

  Adviser(String name, ChatEndpoint endpoint, Traffic traffic, Optional<AnswerCache> cache) {
    this.name = name;
    this.endpoint = endpoint;
    this.traffic = traffic;
    this.cache = cache;
  }

  /** Which model on which server. */
  public String name() {
    return name;
  }

  /**
   * What a question about a photo is about.
   *
   * @param phrase words that refer to one thing in the photo
   * @param why it answers the question
   */
  public record Finding(String phrase, String why) {}

  /** Turns a question into phrases to draw; none if nothing in the photo answers it. */
  public List<Finding> reason(Image photo, String question) {
    return ask(photo, Questions.REASON, question, Answers::findings);
  }

  /** Whether what a phrase refers to is in the photo: the paper's gate for absent things. */
  public boolean present(Image photo, String phrase) {
    return ask(photo, Questions.PRESENT, phrase, Answers::present);
  }

  /** Names of the classes that are in a photo, those that cover most first. */
  public List<String> discover(Image photo) {
    return ask(photo, Questions.DISCOVER, "", Answers::classes);
  }

  /**
   * Lists what is in a photo, each thing with a colour to draw it in.
   *
   * @param classes to list; whatever is there if empty
   * @param backgroundRgb a colour that no thing may get
   */
  public Plan plan(Image photo, List<String> classes, int backgroundRgb) {
    String which = classes.isEmpty() ? "" : String.join("; ", classes);
    return ask(
        photo, Questions.PLAN, which, answer -> Answers.plan(answer, classes, backgroundRgb));
  }

  private <T> T ask(Image photo, Questions.Form form, String about, Function<JsonNode, T> reader) {
    Image shown = shown(photo);
    String prompt = form.prompt(about);
    String key =
        new Fingerprint("chat 1")
            .add(name)
            .add(form.system())
            .add(prompt)
            .add(form.schema().toString())
            .add(shown)
            .hex();
    Optional<byte[]> kept = cache.flatMap(c -> c.get(key));
    if (kept.isPresent()) {
      try {
        return read(new String(kept.get(), StandardCharsets.UTF_8), reader);
      } catch (Answers.Invalid e) {
        // Of an older form of the question: asked anew.
      }
    }
    String text = asked(form, prompt, shown, key);
    try {
      return kept(key, text, reader);
    } catch (Answers.Invalid e) {
      String again =
          prompt + "\nYour last answer was not accepted: " + e.getMessage() + " Answer again.";
      String second = asked(form, again, shown, key + "-2");
      try {
        return kept(key, second, reader);
      } catch (Answers.Invalid f) {
        throw new HostedException.BadAnswer(
            "%s gave no usable answer, asked twice: %s It said: %s"
                .formatted(name, f.getMessage(), Wire.shortened(second)));
      }
    }
  }

  private <T> T kept(String key, String text, Function<JsonNode, T> reader) {
    T answer = read(text, reader);
    cache.ifPresent(c -> c.put(key, name, text.getBytes(StandardCharsets.UTF_8)));
    return answer;
  }

  private String asked(Questions.Form form, String prompt, Image photo, String key) {
    ObjectNode schema = form.schema();
    Usage estimate =
        new Usage(
            0,
            TOKENS_PER_PHOTO + (form.system().length() + prompt.length()) / LETTERS_PER_TOKEN,
            TOKENS_OF_ANSWER);
    return traffic.call(
        () ->
            endpoint.ask(
                new ChatEndpoint.Question(List.of(photo), form.system(), prompt, schema, key)),
        estimate);
  }

  private static <T> T read(String text, Function<JsonNode, T> reader) {
    JsonNode root;
    try {
      root = JSON.readTree(unfenced(text));
    } catch (JsonProcessingException e) {
      throw new Answers.Invalid("it was not JSON.");
    }
    if (root == null || !root.isObject()) {
      throw new Answers.Invalid("it was not a JSON object.");
    }
    return reader.apply(root);
  }

  /** Models that are only asked for JSON like to put it between fences. */
  private static String unfenced(String text) {
    String bare = text.strip();
    if (bare.startsWith("```") && bare.endsWith("```") && bare.length() > 6) {
      int line = bare.indexOf('\n');
      return line < 0 ? bare : bare.substring(line + 1, bare.length() - 3);
    }
    return bare;
  }

  private static Image shown(Image photo) {
    double scale = Math.sqrt(PIXELS / ((double) photo.width() * photo.height()));
    return scale >= 1
        ? photo
        : photo.resized(
            Math.max(1, (int) Math.round(scale * photo.width())),
            Math.max(1, (int) Math.round(scale * photo.height())));
  }

  @Override
  public void close() {
    traffic.close();
    endpoint.close();
  }
}
