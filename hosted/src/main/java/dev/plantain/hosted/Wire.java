package dev.plantain.hosted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/**
 * The HTTP client below both SDKs. It turns every answer that is none into an {@link HttpFailure},
 * so that what comes of it does not depend on the SDK, and bounds time and size.
 */
final class Wire {
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of an error's body, in bytes. */
  private static final int MOST_ERROR = 64 * 1024;

  /** Of a reason told to people, in characters. */
  private static final int MOST_REASON = 400;

  private Wire() {}

  /**
   * A client for JSON.
   *
   * @param attempt time for one request, from connecting to the last byte of the answer
   * @param mostBytes of an answer
   * @param anonymous whether to remove what would authenticate: for servers without keys, as the
   *     SDKs insist on one
   */
  static OkHttpClient client(Duration attempt, long mostBytes, boolean anonymous) {
    return base(attempt)
        .addInterceptor(chain -> json(chain, mostBytes, anonymous))
        .followRedirects(false)
        .build();
  }

  /** A client for pictures behind an address, with no key; where it leads on to is to be judged. */
  static OkHttpClient pictures(Duration attempt, long mostBytes) {
    return base(attempt)
        .addInterceptor(chain -> bounded(chain, mostBytes))
        .followRedirects(false)
        .build();
  }

  /** The request that a thread is about to send, for the limit on requests. */
  private static final ThreadLocal<RateLimit.Ticket> SENDING = new ThreadLocal<>();

  /** Makes an attempt, and marks its ticket when the request is on its way. */
  static <T> Traffic.Reply<T> sending(RateLimit.Ticket ticket, Traffic.Attempt<T> attempt)
      throws IOException {
    SENDING.set(ticket);
    try {
      return attempt.run();
    } finally {
      SENDING.remove();
    }
  }

  private static final EventListener MARKING =
      new EventListener() {
        // Calls are made by the thread that asked, and so are these.
        @Override
        public void requestBodyEnd(Call call, long byteCount) {
          RateLimit.Ticket ticket = SENDING.get();
          if (ticket != null) {
            ticket.sent();
          }
        }

        @Override
        public void responseHeadersStart(Call call) {
          RateLimit.Ticket ticket = SENDING.get();
          if (ticket != null) {
            ticket.arrived();
          }
        }
      };

  private static OkHttpClient.Builder base(Duration attempt) {
    return new OkHttpClient.Builder()
        .eventListener(MARKING)
        .connectTimeout(CONNECT)
        .readTimeout(attempt)
        .writeTimeout(attempt)
        .callTimeout(attempt)
        .retryOnConnectionFailure(false);
  }

  private static Response json(Interceptor.Chain chain, long mostBytes, boolean anonymous)
      throws IOException {
    Request request = chain.request();
    if (anonymous) {
      request = request.newBuilder().removeHeader("Authorization").build();
    }
    Response response = chain.proceed(request);
    ResponseBody body = response.body();
    MediaType type = body == null ? null : body.contentType();
    boolean json = type == null || type.subtype().toLowerCase(Locale.ROOT).contains("json");
    if (response.isSuccessful() && body != null && json) {
      return response.newBuilder().body(bounded(body, mostBytes)).build();
    }
    try (response) {
      String text = response.peekBody(MOST_ERROR).string();
      if (response.isSuccessful()) {
        throw new HttpFailure(
            response.code(),
            "the answer is of type %s, not JSON: %s".formatted(type, shortened(text)),
            Optional.empty());
      }
      throw failure(response, text);
    }
  }

  private static Response bounded(Interceptor.Chain chain, long mostBytes) throws IOException {
    Response response = chain.proceed(chain.request());
    ResponseBody body = response.body();
    if (response.isRedirect()) {
      return response;
    }
    if (response.isSuccessful() && body != null) {
      return response.newBuilder().body(bounded(body, mostBytes)).build();
    }
    try (response) {
      throw failure(response, response.peekBody(MOST_ERROR).string());
    }
  }

  private static HttpFailure failure(Response response, String text) {
    JsonNode error = error(text);
    Optional<Duration> wait =
        RetryAfter.of(
            response.header("Retry-After-Ms"), response.header("Retry-After"), Instant.now());
    String reason = error.path("message").asText(error.isTextual() ? error.asText() : "");
    // OpenAI tells kinds of errors by a code, Google by a status.
    String code = error.path("code").isTextual() ? error.path("code").asText() : "";
    code = code.isEmpty() ? error.path("status").asText("") : code;
    String said = reason.isBlank() ? text : code.isEmpty() ? reason : code + ": " + reason;
    return new HttpFailure(
        response.code(), shortened(said), wait.isPresent() ? wait : RetryAfter.of(error));
  }

  /** The {@code error} of a body, which some servers put into an array; missing if it has none. */
  private static JsonNode error(String text) {
    try {
      JsonNode root = JSON.readTree(text);
      JsonNode object = root.isArray() ? root.path(0) : root;
      return object.path("error");
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= MOST_REASON ? line : line.substring(0, MOST_REASON) + "…";
  }

  private static ResponseBody bounded(ResponseBody body, long mostBytes) throws IOException {
    if (body.contentLength() > mostBytes) {
      throw tooLarge(mostBytes);
    }
    Source counting =
        new ForwardingSource(body.source()) {
          private long seen;

          @Override
          public long read(Buffer sink, long byteCount) throws IOException {
            long n = super.read(sink, byteCount);
            seen += Math.max(0, n);
            if (seen > mostBytes) {
              throw tooLarge(mostBytes);
            }
            return n;
          }
        };
    BufferedSource source = Okio.buffer(counting);
    return ResponseBody.create(source, body.contentType(), body.contentLength());
  }

  private static HttpFailure tooLarge(long mostBytes) {
    return new HttpFailure(
        200, "the answer is larger than %d MB".formatted(mostBytes >> 20), Optional.empty());
  }
}
