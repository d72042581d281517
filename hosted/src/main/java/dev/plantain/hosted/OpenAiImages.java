package dev.plantain.hosted;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.MultipartField;
import com.openai.models.images.Image;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import dev.plantain.core.Options;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Servers with OpenAI's {@code images/edits} and {@code images/generations}. */
final class OpenAiImages implements ImageEndpoint {
  /** Of one drawing, at the most. */
  private static final int FETCHES = 3;

  /** From one address to the next, at the most. */
  private static final int HOPS = 5;

  private final OpenAIClient client;
  private final OkHttpClient pictures;
  private final URI base;
  private final String model;
  private final Server server;
  private final Time time;

  /**
   * @param pictures fetches an answer that is an address; has no key and follows no redirects
   */
  OpenAiImages(
      OpenAIClient client,
      OkHttpClient pictures,
      URI base,
      String model,
      Server server,
      Time time) {
    this.client = client;
    this.pictures = pictures;
    this.base = base;
    this.model = model;
    this.server = server;
    this.time = time;
  }

  @Override
  public Traffic.Reply<byte[]> draw(Question question) throws IOException {
    ImagesResponse response =
        question.images().isEmpty()
            ? client.images().generate(generation(question))
            : client.images().edit(edit(question));
    Usage usage =
        response
            .usage()
            .map(u -> new Usage(1, u.inputTokens(), u.outputTokens()))
            .orElse(Usage.untold(1));
    return new Traffic.Reply<>(picture(response, usage), usage);
  }

  private ImageGenerateParams generation(Question question) {
    ImageGenerateParams.Builder params =
        ImageGenerateParams.builder()
            .model(model)
            .prompt(prompt(question))
            .n(1)
            .putAdditionalHeader("Idempotency-Key", question.key());
    fields(question).forEach(params::putAdditionalBodyProperty);
    return params.build();
  }

  private ImageEditParams edit(Question question) {
    ImageEditParams.Builder params =
        ImageEditParams.builder()
            .model(model)
            .prompt(prompt(question))
            .n(1)
            .image(images(question.images()))
            .putAdditionalHeader("Idempotency-Key", question.key());
    fields(question).forEach(params::putAdditionalBodyProperty);
    return params.build();
  }

  /** As PNG, and said to be: servers refuse parts without a type. */
  private static MultipartField<ImageEditParams.Image> images(
      List<dev.plantain.core.Image> images) {
    List<InputStream> streams = new ArrayList<>();
    images.forEach(image -> streams.add(new ByteArrayInputStream(Pictures.png(image))));
    ImageEditParams.Image value =
        streams.size() == 1
            ? ImageEditParams.Image.ofInputStream(streams.getFirst())
            : ImageEditParams.Image.ofInputStreams(streams);
    return MultipartField.<ImageEditParams.Image>builder()
        .value(value)
        .contentType("image/png")
        .filename("image.png")
        .build();
  }

  /** The parameters of this question that have a name, for fields or for the prompt. */
  private Map<String, String> parameters(Question question) {
    Options options = question.options();
    Map<String, String> values = new LinkedHashMap<>();
    // Servers take 32 bits, and −1 often means "any".
    values.put("seed", Long.toString(options.seed() & Integer.MAX_VALUE));
    options.steps().ifPresent(steps -> values.put("steps", Integer.toString(steps)));
    options.guidance().ifPresent(g -> values.put("guidance", Double.toString(g)));
    if (!question.size().isEmpty()) {
      values.put("size", question.size());
    }
    return values;
  }

  private String prompt(Question question) {
    if (server.wrap().isEmpty()) {
      return question.prompt();
    }
    List<String> wrapped = new ArrayList<>();
    Map<String, String> values = parameters(question);
    for (String parameter : Server.PARAMETERS) {
      String form = server.wrapped().get(parameter);
      String value = values.get(parameter);
      if (form != null && value != null) {
        wrapped.add(form.replace("%s", value));
      }
    }
    return wrapped.isEmpty()
        ? question.prompt()
        : question.prompt() + " " + server.wrap().replace("%s", String.join(",", wrapped));
  }

  private Map<String, JsonValue> fields(Question question) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    parameters(question)
        .forEach(
            (parameter, value) -> {
              String field = server.fields().get(parameter);
              if (field != null) {
                fields.put(field, json(value));
              }
            });
    server
        .extra()
        .forEach(
            (field, value) -> {
              if (!value.isBlank()) {
                fields.put(field, json(value.strip()));
              }
            });
    return fields;
  }

  private static JsonValue json(String value) {
    if (value.equals("true") || value.equals("false")) {
      return JsonValue.from(Boolean.valueOf(value));
    }
    if (value.matches("-?\\d{1,18}")) {
      return JsonValue.from(Long.valueOf(value));
    }
    if (value.matches("-?\\d{1,18}\\.\\d{1,18}")) {
      return JsonValue.from(Double.valueOf(value));
    }
    return JsonValue.from(value);
  }

  private byte[] picture(ImagesResponse response, Usage usage) throws IOException {
    Optional<Image> first = response.data().orElse(List.of()).stream().findFirst();
    Optional<String> base64 = first.flatMap(Image::b64Json).filter(b -> !b.isBlank());
    if (base64.isPresent()) {
      return decode(base64.get(), usage);
    }
    Optional<String> url = first.flatMap(Image::url).filter(u -> !u.isBlank());
    if (url.isPresent()) {
      return url.get().startsWith("data:") ? data(url.get(), usage) : fetch(url.get(), usage);
    }
    String words = first.flatMap(Image::revisedPrompt).orElse("");
    throw new Traffic.Declined(
        words.isBlank()
            ? new HostedException.BadAnswer(
                "%s answered without a picture".formatted(base.getAuthority()))
            : new HostedException.TextOnly(
                Wire.shortened(
                    "%s answered in words instead of a picture: %s"
                        .formatted(base.getAuthority(), words))),
        new Usage(0, usage.input(), usage.output()));
  }

  private static byte[] data(String url, Usage usage) {
    int comma = url.indexOf(',');
    return decode(comma < 0 ? "" : url.substring(comma + 1), usage);
  }

  private static byte[] decode(String base64, Usage usage) {
    // Some servers send a data URI where base64 is meant, and some break lines.
    String bare = base64.startsWith("data:") ? base64.substring(base64.indexOf(',') + 1) : base64;
    try {
      return Base64.getMimeDecoder().decode(bare);
    } catch (IllegalArgumentException e) {
      throw bad("the answer is no base64: " + e.getMessage(), usage);
    }
  }

  /**
   * Fetches an answer that is an address. The drawing is paid for: what fails is fetched again, not
   * drawn again.
   */
  private byte[] fetch(String url, Usage usage) throws IOException {
    for (int tried = 1; ; tried++) {
      try {
        return fetched(resolved(base, url, usage), usage);
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        HttpFailure http = e instanceof HttpFailure failure ? failure : null;
        if (tried == FETCHES || (http != null && !http.passing())) {
          throw new Traffic.Declined(
              new HostedException.Unavailable(
                  Wire.shortened(
                      "%s has drawn, which is paid for, and the drawing cannot be fetched: %s%s"
                          .formatted(
                              base.getAuthority(),
                              http == null
                                  ? e.getClass().getSimpleName() + ": "
                                  : "HTTP %d: ".formatted(http.status()),
                              e.getMessage()))),
              usage);
        }
        pause(Traffic.backoff(tried));
      }
    }
  }

  private void pause(Duration wait) throws IOException {
    try {
      time.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private byte[] fetched(URI first, Usage usage) throws IOException {
    URI address = first;
    for (int hop = 0; hop <= HOPS; hop++) {
      Request request = new Request.Builder().url(address.toString()).build();
      try (Response response = pictures.newCall(request).execute()) {
        String next = response.isRedirect() ? response.header("Location") : null;
        if (next == null) {
          ResponseBody body = response.body();
          return body == null ? new byte[0] : body.bytes();
        }
        address = resolved(address, next, usage);
      }
    }
    throw bad("the answer's address leads on and on", usage);
  }

  /** An address that may be fetched: of the server itself, or encrypted from anywhere. */
  private URI resolved(URI from, String url, Usage usage) {
    URI address;
    try {
      address = from.resolve(url);
    } catch (IllegalArgumentException e) {
      throw bad("the answer's address is none", usage);
    }
    boolean own = String.valueOf(address.getAuthority()).equals(base.getAuthority());
    boolean https = "https".equalsIgnoreCase(address.getScheme());
    if (!https && !(own && "http".equalsIgnoreCase(address.getScheme()))) {
      throw bad(
          "the answer is at %s://%s, which is not fetched"
              .formatted(address.getScheme(), address.getAuthority()),
          usage);
    }
    return address;
  }

  private static Traffic.Declined bad(String reason, Usage usage) {
    return new Traffic.Declined(new HostedException.BadAnswer(reason), usage);
  }

  @Override
  public void close() {
    client.close();
    pictures.connectionPool().evictAll();
  }
}
