package dev.plantain.klein;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Requests to the hub: redirects, the token, and what its refusals mean. */
final class HubHttp implements AutoCloseable {
  private static final int MAX_REDIRECTS = 5;

  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(20))
          .build();
  private final Settings settings;

  /**
   * How the hub is reached.
   *
   * @param endpoint such as https://huggingface.co
   * @param token of the user; empty for none
   * @param offline whether nothing may be asked of it
   * @param answer how long to wait for an answer, and for the next bytes of one
   * @param pause before the second attempt; doubled for each further one
   * @param attempts without any progress before giving up
   */
  record Settings(
      URI endpoint,
      Optional<String> token,
      boolean offline,
      Duration answer,
      Duration pause,
      int attempts) {

    /** As the hub's Python tools take it from the environment. */
    static Settings of(Map<String, String> environment) {
      String endpoint = environment.getOrDefault("HF_ENDPOINT", "https://huggingface.co");
      String token = environment.getOrDefault("HF_TOKEN", "").strip();
      String offline = environment.getOrDefault("HF_HUB_OFFLINE", "").toUpperCase(Locale.ROOT);
      return new Settings(
          URI.create(
              endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint),
          token.isEmpty() ? Optional.empty() : Optional.of(token),
          offline.matches("1|ON|YES|TRUE"),
          Duration.ofSeconds(60),
          Duration.ofSeconds(1),
          6);
    }

    /** Not to be printed: it holds the token. */
    @Override
    public String toString() {
      return endpoint + (offline ? ", offline" : "") + (token.isPresent() ? ", with a token" : "");
    }
  }

  HubHttp(Settings settings) {
    this.settings = settings;
  }

  Settings settings() {
    return settings;
  }

  /**
   * Asks for bytes.
   *
   * @param path behind the endpoint, begins with a slash
   * @param from the first byte wanted
   * @return an answer of status 200 or 206, or 416 if {@code from} is too far; to be closed
   */
  HttpResponse<InputStream> get(String path, long from, HubId id)
      throws IOException, InterruptedException {
    if (settings.offline) {
      throw HubException.lasting(
          "%s is not on this machine, and HF_HUB_OFFLINE forbids to ask the hub"
              .formatted(id.repository()));
    }
    URI uri = URI.create(settings.endpoint + path);
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      HttpResponse<InputStream> response = send(uri, from);
      int status = response.statusCode();
      if (status == 200 || status == 206 || (status == 416 && from > 0)) {
        return response;
      }
      response.body().close();
      Optional<String> location = response.headers().firstValue("Location");
      if (status / 100 != 3 || location.isEmpty()) {
        throw refusal(status, response, id);
      }
      URI next = uri.resolve(location.get());
      if (!safe(next) && safe(uri)) {
        throw HubException.lasting("the hub leads to an unsafe place: " + next.getHost());
      }
      uri = next;
    }
    throw HubException.lasting("the hub leads in circles for " + id.repository());
  }

  private HttpResponse<InputStream> send(URI uri, long from)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(settings.answer).header("User-Agent", "plantain");
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    // Nobody but the hub itself gets the token, least of all in clear.
    boolean hub =
        settings.endpoint.getHost().equals(uri.getHost())
            && settings.endpoint.getPort() == uri.getPort()
            && safe(uri);
    if (hub) {
      settings.token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw HubException.passing(
          "the hub at %s cannot be reached: %s".formatted(uri.getHost(), reason(e)), e);
    }
  }

  /** Encrypted, or not leaving this machine. */
  private static boolean safe(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost();
    return "https".equals(uri.getScheme())
        || host.equals("localhost")
        || host.equals("127.0.0.1")
        || host.equals("[::1]");
  }

  static String reason(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private HubException refusal(int status, HttpResponse<?> response, HubId id) {
    String page = settings.endpoint + "/" + id.repository();
    return switch (status) {
      case 401, 403 ->
          HubException.lasting(
              settings.token.isEmpty()
                  ? "%s is not open to everyone: accept its terms at %s and set HF_TOKEN to a token of yours (%d)"
                      .formatted(id.repository(), page, status)
                  : "the token in HF_TOKEN does not open %s: accept its terms at %s (%d)"
                      .formatted(id.repository(), page, status));
      case 404 ->
          HubException.lasting(
              "the hub has no %s at %s (404); is it spelt right? A private model needs HF_TOKEN"
                  .formatted(id.repository(), id.revision()));
      case 408, 425, 429, 500, 502, 503, 504 -> {
        String wait = response.headers().firstValue("Retry-After").orElse("");
        yield HubException.passing(
            "the hub is busy (%d%s); try again later"
                .formatted(status, wait.isEmpty() ? "" : ", it asks to wait " + wait + " s"));
      }
      default ->
          HubException.lasting("the hub answered %d for %s".formatted(status, id.repository()));
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
