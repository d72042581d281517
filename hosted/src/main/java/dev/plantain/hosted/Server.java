package dev.plantain.hosted;

import dev.plantain.core.Traits;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * How one kind of server differs from others, as data: a properties file. {@code plain.properties}
 * explains the keys and holds the defaults of all.
 *
 * @param name of the file
 * @param hosts it is meant for, with their ports if any
 * @param traits what its generators can do; their name is the server's until a model is known
 * @param fixed the only sizes it draws; any within the traits if empty
 * @param fixedModels the models that draw the fixed sizes only, by the beginnings of their names up
 *     to a hyphen; all if empty
 * @param fields names of the request's fields for seed, steps, guidance and size
 * @param extra further fields, sent as they are
 * @param wrap what carries parameters inside the prompt, {@code %s} being their list; empty if none
 * @param wrapped how each is written there, {@code %s} being its value
 * @param structured how a language model is made to answer in JSON
 * @param limits on calls
 */
record Server(
    String name,
    List<String> hosts,
    Traits traits,
    List<Fixed> fixed,
    List<String> fixedModels,
    Map<String, String> fields,
    Map<String, String> extra,
    String wrap,
    Map<String, String> wrapped,
    Structured structured,
    Limits limits) {
  private static final List<String> BUILT_IN =
      List.of("plain", "openai", "vllm-omni", "stable-diffusion-cpp", "gemini");

  static final List<String> PARAMETERS = List.of("seed", "steps", "guidance", "size");

  Server {
    hosts = List.copyOf(hosts);
    fixed = List.copyOf(fixed);
    fixedModels = List.copyOf(fixedModels);
    fields = Map.copyOf(fields);
    extra = Map.copyOf(extra);
    wrapped = Map.copyOf(wrapped);
  }

  /**
   * A size it draws.
   *
   * @param label what to ask for it by; {@code WIDTHxHEIGHT} where the server takes that
   */
  record Fixed(String label, int width, int height) {}

  /** How a language model is made to answer in JSON. */
  enum Structured {
    /** The schema goes along. */
    SCHEMA,
    /** JSON is asked for, the schema stands in the prompt. */
    OBJECT,
    /** All stands in the prompt. */
    PROMPT
  }

  /**
   * Limits on calls.
   *
   * @param requestsPerMinute none if empty
   * @param tokensPerMinute none if empty
   * @param parallel calls at once
   * @param attempt time for one try
   * @param deadline time for a call with all its tries
   * @param tries at most
   * @param mostBytes of an answer
   */
  record Limits(
      OptionalInt requestsPerMinute,
      OptionalInt tokensPerMinute,
      int parallel,
      Duration attempt,
      Duration deadline,
      int tries,
      long mostBytes) {}

  /**
   * The description of a server: the one named, or that meant for its address, or the plain one. A
   * file of the user's stands before a built-in one of its name.
   *
   * @param folder of the user's own
   * @param named in the spec
   */
  static Server of(Path folder, Optional<String> named, Optional<URI> base) {
    Map<String, Server> all = new LinkedHashMap<>();
    for (String name : BUILT_IN) {
      all.put(name, builtIn(name));
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file :
            files.filter(f -> f.toString().endsWith(".properties")).sorted().toList()) {
          String name = file.getFileName().toString().replaceFirst("\\.properties$", "");
          Properties own = new Properties();
          try (Reader reader = Files.newBufferedReader(file)) {
            own.load(reader);
          }
          all.put(name, parse(name, own, file.toString()));
        }
      } catch (IOException e) {
        throw new HostedException.Rejected(
            "the descriptions of servers in %s cannot be read: %s"
                .formatted(folder, e.getMessage()));
      }
    }
    if (named.isPresent()) {
      Server server = all.get(named.get());
      if (server == null) {
        throw new HostedException.Rejected(
            "no server is described as \"%s\"; there are %s, and files you put into %s"
                .formatted(named.get(), String.join(", ", all.keySet()), folder));
      }
      return server;
    }
    String place = base.map(URI::getAuthority).orElse("").toLowerCase(Locale.ROOT);
    // The last wins: the user's own come after the built-in ones.
    Server found = builtIn("plain");
    found = all.getOrDefault("plain", found);
    for (Server server : all.values()) {
      if (server.hosts.contains(place)) {
        found = server;
      }
    }
    return found;
  }

  static Server builtIn(String name) {
    try (InputStream in = Server.class.getResourceAsStream(name + ".properties")) {
      if (in == null) {
        throw new IllegalStateException(name + ".properties is missing from this build");
      }
      Properties properties = new Properties();
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return parse(name, properties, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Properties plain() {
    try (InputStream in = Server.class.getResourceAsStream("plain.properties")) {
      Properties properties = new Properties();
      properties.load(
          new InputStreamReader(java.util.Objects.requireNonNull(in), StandardCharsets.UTF_8));
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a description; what it does not say is as in the plain one. */
  static Server parse(String name, Properties own, String where) {
    Properties all = plain();
    List<String> unknown =
        own.stringPropertyNames().stream()
            .filter(key -> !all.containsKey(key) && !key.startsWith("extra."))
            .sorted()
            .toList();
    if (!unknown.isEmpty()) {
      throw new HostedException.Rejected(
          "%s: a server's description has no %s; it has %s"
              .formatted(where, unknown, all.stringPropertyNames().stream().sorted().toList()));
    }
    all.putAll(own);
    Values v = new Values(all, where);
    Traits.Sizes sizes =
        new Traits.Sizes(
            v.positive("sizes.multiple"),
            v.positive("sizes.pixels"),
            v.positive("sizes.most_pixels"),
            v.decimal("sizes.most_aspect"));
    Map<String, String> fields = new LinkedHashMap<>();
    Map<String, String> wrapped = new LinkedHashMap<>();
    for (String parameter : PARAMETERS) {
      v.text("field." + parameter).ifPresent(field -> fields.put(parameter, field));
      v.text("prompt." + parameter).ifPresent(text -> wrapped.put(parameter, text));
    }
    Map<String, String> extra = new LinkedHashMap<>();
    for (String key : all.stringPropertyNames()) {
      if (key.startsWith("extra.")) {
        extra.put(key.substring(6), all.getProperty(key));
      }
    }
    return new Server(
        name,
        v.words("hosts"),
        new Traits(
            name,
            v.text("dialect").orElse("paper"),
            sizes,
            v.flag("seedable"),
            v.text("licence").orElse("unknown")),
        v.words("sizes.fixed").stream().map(v::fixed).toList(),
        v.words("sizes.fixed_models"),
        fields,
        extra,
        v.text("prompt.wrap").orElse(""),
        wrapped,
        v.choice("chat.structured"),
        new Limits(
            v.optional("limit.requests_per_minute"),
            v.optional("limit.tokens_per_minute"),
            v.positive("limit.parallel"),
            Duration.ofMillis((long) (1000 * v.decimal("limit.attempt_seconds"))),
            Duration.ofMillis((long) (1000 * v.decimal("limit.deadline_seconds"))),
            v.positive("limit.tries"),
            (long) v.positive("limit.answer_mb") << 20));
  }

  /** The same as far as it concerns a model. */
  Server of(String model) {
    boolean any =
        !fixedModels.isEmpty()
            && fixedModels.stream().noneMatch(m -> model.equals(m) || model.startsWith(m + "-"));
    return new Server(
        name,
        hosts,
        traits,
        any ? List.of() : fixed,
        fixedModels,
        fields,
        extra,
        wrap,
        wrapped,
        structured,
        limits);
  }

  /** Values of a description, checked. */
  private record Values(Properties all, String where) {
    Optional<String> text(String key) {
      return Optional.of(all.getProperty(key, "").strip()).filter(t -> !t.isEmpty());
    }

    List<String> words(String key) {
      return Stream.of(all.getProperty(key, "").strip().split("\\s+"))
          .filter(word -> !word.isEmpty())
          .toList();
    }

    OptionalInt optional(String key) {
      return text(key).isEmpty() ? OptionalInt.empty() : OptionalInt.of(positive(key));
    }

    int positive(String key) {
      double value = decimal(key);
      if (value != Math.rint(value) || value > Integer.MAX_VALUE) {
        throw wrong(key, "a whole number");
      }
      return (int) value;
    }

    double decimal(String key) {
      try {
        double value = Double.parseDouble(text(key).orElse(""));
        if (value > 0 && value < 1e12) {
          return value;
        }
      } catch (NumberFormatException e) {
        // told below
      }
      throw wrong(key, "a number above 0");
    }

    boolean flag(String key) {
      return switch (text(key).orElse("")) {
        case "true" -> true;
        case "false" -> false;
        default -> throw wrong(key, "true or false");
      };
    }

    Structured choice(String key) {
      try {
        return Structured.valueOf(text(key).orElse("").toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw wrong(key, "one of schema, object, prompt");
      }
    }

    /** {@code 1536x1024}, or {@code 3:2=1248x832} where it is asked for by another name. */
    Fixed fixed(String text) {
      String[] parts = text.split("=", 2);
      String size = parts[parts.length - 1];
      if (!size.matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}")) {
        throw wrong("sizes.fixed", "sizes such as 1536x1024 or 3:2=1248x832");
      }
      List<Integer> sides = new ArrayList<>();
      for (String side : size.split("x")) {
        sides.add(Integer.parseInt(side));
      }
      return new Fixed(parts[0], sides.get(0), sides.get(1));
    }

    private HostedException.Rejected wrong(String key, String wanted) {
      return new HostedException.Rejected(
          "%s: %s takes %s, got \"%s\"".formatted(where, key, wanted, all.getProperty(key, "")));
    }
  }
}
