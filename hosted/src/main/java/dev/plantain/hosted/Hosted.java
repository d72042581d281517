package dev.plantain.hosted;

import com.google.genai.Client;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.plantain.core.Generator;
import dev.plantain.core.Traits;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** Opens generators and language models behind servers. */
public final class Hosted {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Hosted() {}

  /** Whether a spec names one of these: {@code gemini:…} or {@code openai:…}. */
  public static boolean serves(String spec) {
    return Spec.matches(spec);
  }

  /** The price of one drawing in US dollars, if the table of prices has it. */
  public static Optional<Double> priceOfDrawing(String spec, Terms terms) {
    return terms
        .table()
        .of(Spec.parse(spec).plain())
        .map(price -> price.of(new Usage(1, 1300, 1300)));
  }

  /**
   * Opens a generator.
   *
   * @param spec {@code gemini:MODEL} or {@code openai:BASE-URL#MODEL}
   * @throws HostedException if the spec is none, or there is no key
   */
  public static Generator open(String spec, Terms terms) {
    return open(spec, terms, MINUTE, Time.REAL);
  }

  /**
   * The same by another clock.
   *
   * @param minute what stands for a minute in limits
   */
  static Generator open(String spec, Terms terms, Duration minute, Time time) {
    Spec named = Spec.parse(spec);
    Server server = named.server(terms.places());
    Secret key = key(named, terms);
    requirePrice(named, terms);
    ImageEndpoint endpoint =
        named.scheme().equals(Spec.GEMINI)
            ? new GeminiImages(gemini(named, server, key, terms), named.model())
            : new OpenAiImages(
                openAi(named, server, key),
                Wire.pictures(server.limits().attempt(), server.limits().mostBytes()),
                named.base().orElseThrow(),
                named.model(),
                server,
                time);
    Traits described = server.traits();
    Traits traits =
        new Traits(
            named.plain(),
            named.settings().getOrDefault("dialect", described.dialect()),
            described.sizes(),
            described.seedable(),
            described.licence());
    return new HostedGenerator(
        named.plain(),
        traits,
        server,
        endpoint,
        terms.traffic(named.plain(), server, key, minute, time),
        terms.cache());
  }

  /**
   * Opens a language model that looks at photos.
   *
   * @param spec {@code gemini:MODEL} or {@code openai:BASE-URL#MODEL}
   * @throws HostedException if the spec is none, or there is no key
   */
  public static Adviser adviser(String spec, Terms terms) {
    return adviser(spec, terms, MINUTE, Time.REAL);
  }

  static Adviser adviser(String spec, Terms terms, Duration minute, Time time) {
    Spec named = Spec.parse(spec);
    Server server = named.server(terms.places());
    Secret key = key(named, terms);
    requirePrice(named, terms);
    ChatEndpoint endpoint =
        named.scheme().equals(Spec.GEMINI)
            ? new GeminiChat(gemini(named, server, key, terms), named.model())
            : new OpenAiChat(openAi(named, server, key), named.model(), server.structured());
    return new Adviser(
        named.plain(),
        endpoint,
        terms.traffic(named.plain(), server, key, minute, time),
        terms.cache());
  }

  private static void requirePrice(Spec named, Terms terms) {
    Prices table = terms.table();
    if (terms.budget().maxCost().isPresent() && table.of(named.plain()).isEmpty()) {
      throw new HostedException.Rejected(
          "a limit on cost needs the price of %s; add a line to %s: %s image=0.04"
              .formatted(named.plain(), table.file(), named.plain()));
    }
  }

  private static Secret key(Spec named, Terms terms) {
    if (named.scheme().equals(Spec.OPENAI)) {
      return terms.keys().of(named.base().orElseThrow());
    }
    return named.base().isPresent() ? terms.keys().of(named.base().get()) : terms.keys().gemini();
  }

  private static Client gemini(Spec named, Server server, Secret key, Terms terms) {
    boolean vertex =
        "true".equalsIgnoreCase(terms.environment().get("GOOGLE_GENAI_USE_VERTEXAI"))
            && named.base().isEmpty();
    if (!vertex && !key.isPresent() && named.base().isEmpty()) {
      throw new HostedException.Forbidden(
          "there is no key for Gemini; set GEMINI_API_KEY, or put \"gemini KEY\" into %s (chmod 600)"
              .formatted(terms.places().keys()));
    }
    OkHttpClient http = Wire.client(server.limits().attempt(), server.limits().mostBytes(), false);
    HttpOptions.Builder options =
        HttpOptions.builder()
            .timeout((int) server.limits().attempt().toMillis())
            .retryOptions(HttpRetryOptions.builder().attempts(1));
    named.base().ifPresent(uri -> options.baseUrl(uri.toString()));
    Client.Builder client =
        Client.builder()
            .httpOptions(options.build())
            .clientOptions(ClientOptions.builder().customHttpClient(http).build());
    if (vertex) {
      // Project, place and credentials are those of Google's own tools.
      client.vertexAI(true);
      Optional.ofNullable(terms.environment().get("GOOGLE_CLOUD_PROJECT"))
          .ifPresent(client::project);
      Optional.ofNullable(terms.environment().get("GOOGLE_CLOUD_LOCATION"))
          .ifPresent(client::location);
    } else {
      client.vertexAI(false).apiKey(key.reveal());
    }
    try {
      return client.build();
    } catch (RuntimeException e) {
      throw new HostedException.Forbidden(
          key.redact("Gemini cannot be opened: " + Wire.shortened(String.valueOf(e.getMessage()))));
    }
  }

  private static OpenAIClient openAi(Spec named, Server server, Secret key) {
    URI base = named.base().orElseThrow();
    if (!key.isPresent() && "api.openai.com".equalsIgnoreCase(base.getHost())) {
      throw new HostedException.Forbidden(
          "there is no key for OpenAI; set OPENAI_API_KEY, or put \"api.openai.com KEY\" into the"
              + " file of keys");
    }
    return OpenAIOkHttpClient.builder()
        .okHttpClient(
            Wire.client(server.limits().attempt(), server.limits().mostBytes(), !key.isPresent()))
        .baseUrl(base.toString())
        .apiKey(key.reveal())
        .timeout(server.limits().attempt())
        .maxRetries(0)
        .build();
  }
}
