package dev.plantain.hosted;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.plantain.core.GeneratorException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one server: so many at once, within its limits, tried again where that may help, left
 * alone when it fails every time, and paid for.
 */
final class Traffic {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final int FAILURES_IN_A_ROW = 10;
  private static final Duration LEFT_ALONE = Duration.ofSeconds(30);

  private final String server;
  private final Server.Limits limits;
  private final Optional<Prices.Price> price;
  private final Budget budget;
  private final Secret key;
  private final Time time;
  private final Semaphore places;
  private final RateLimit rate;
  private final Breaker breaker;
  private volatile boolean closed;

  /**
   * @param server its name for people
   * @param minute what stands for a minute in its limits
   * @param key to keep out of messages
   */
  Traffic(
      String server,
      Server.Limits limits,
      Optional<Prices.Price> price,
      Budget budget,
      Secret key,
      Duration minute,
      Time time) {
    this.server = server;
    this.limits = limits;
    this.price = price;
    this.budget = budget;
    this.key = key;
    this.time = time;
    places = new Semaphore(limits.parallel(), true);
    rate = new RateLimit(limits.requestsPerMinute(), limits.tokensPerMinute(), minute, time);
    breaker = new Breaker(FAILURES_IN_A_ROW, LEFT_ALONE, time);
  }

  /** What a try gave. */
  record Reply<T>(T answer, Usage usage) {}

  /** One try of a call. */
  @FunctionalInterface
  interface Attempt<T> {
    /**
     * @throws Declined if the server answered, and the answer is no
     */
    Reply<T> run() throws IOException;
  }

  /** An answer that is paid for like any other, but holds nothing of use. */
  static final class Declined extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Usage usage;
    private final GeneratorException reason;

    Declined(GeneratorException reason, Usage usage) {
      super(reason);
      this.reason = reason;
      this.usage = usage;
    }

    GeneratorException reason() {
      return reason;
    }
  }

  /** Ends all calls that wait and refuses new ones. */
  void close() {
    closed = true;
  }

  /**
   * Makes a call.
   *
   * @param estimate of what a try takes
   */
  <T> T call(Attempt<T> attempt, Usage estimate) {
    long deadline = time.nanos() + limits.deadline().toNanos();
    String last = "";
    try {
      for (int tried = 1; ; tried++) {
        Try<T> result = tryOnce(attempt, estimate, deadline);
        if (result.answer != null) {
          return result.answer;
        }
        last = result.reason;
        if (tried >= limits.tries()) {
          throw exhausted(result, "tried %d times".formatted(tried));
        }
        Duration wait = backoff(tried);
        wait = wait.compareTo(result.asked) < 0 ? result.asked : wait;
        if (time.nanos() + wait.toNanos() - deadline > 0) {
          throw exhausted(
              result,
              "it would have to be asked again in %d s, which is beyond the time for a call"
                  .formatted(Math.max(1, wait.toSeconds())));
        }
        time.sleep(wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostedException.Cancelled(
          "asking %s was cancelled%s".formatted(server, last.isEmpty() ? "" : "; before: " + last));
    }
  }

  /**
   * The outcome of a try.
   *
   * @param answer null if it failed in a way that may pass
   * @param asked how long the server asks to wait
   */
  private record Try<T>(@Nullable T answer, String reason, Duration asked, Kind kind) {}

  private enum Kind {
    ANSWERED,
    LIMITED,
    SLOW,
    FAILED
  }

  private <T> Try<T> tryOnce(Attempt<T> attempt, Usage estimate, long deadline)
      throws InterruptedException {
    if (!places.tryAcquire(Math.max(0, deadline - time.nanos()), TimeUnit.NANOSECONDS)) {
      throw new HostedException.TooSlow(
          "%s had no room for a call within %d s".formatted(server, limits.deadline().toSeconds()));
    }
    try {
      requireOpen();
      breaker.pass();
      RateLimit.Ticket ticket;
      Budget.Payment payment;
      try {
        ticket = rate.acquire(estimate.tokens(), Duration.ofNanos(deadline - time.nanos()));
        payment = pay(ticket, estimate);
      } catch (RuntimeException | InterruptedException e) {
        breaker.abandoned();
        throw e;
      }
      requireOpen();
      return attempt(attempt, ticket, payment, estimate);
    } finally {
      places.release();
    }
  }

  private Budget.Payment pay(RateLimit.Ticket ticket, Usage estimate) {
    try {
      return budget.pay(price, estimate);
    } catch (HostedException e) {
      ticket.settle(0);
      throw e;
    }
  }

  private <T> Try<T> attempt(
      Attempt<T> attempt, RateLimit.Ticket ticket, Budget.Payment payment, Usage estimate)
      throws InterruptedException {
    long start = System.nanoTime();
    try {
      Reply<T> reply = Wire.sending(ticket, attempt);
      breaker.succeeded();
      settle(ticket, payment, reply.usage.or(estimate));
      return new Try<>(reply.answer, "", Duration.ZERO, Kind.ANSWERED);
    } catch (Declined e) {
      breaker.succeeded();
      settle(ticket, payment, e.usage.or(estimate));
      throw e.reason();
    } catch (IOException | RuntimeException e) {
      ticket.arrived();
      if (Thread.interrupted()) {
        breaker.abandoned();
        throw new InterruptedException();
      }
      return failed(e, payment, estimate, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private static void settle(RateLimit.Ticket ticket, Budget.Payment payment, Usage usage) {
    ticket.settle(usage.tokens());
    payment.settle(usage);
  }

  /** What a failure means: thrown if it is for good. */
  private <T> Try<T> failed(
      Exception thrown, Budget.Payment payment, Usage estimate, Duration took) {
    HttpFailure http = find(HttpFailure.class, thrown);
    if (http != null && http.status() == 200) {
      breaker.succeeded();
      payment.settle(estimate);
      throw new HostedException.BadAnswer(told(http.reason()));
    }
    if (http != null) {
      payment.payBack();
      String reason = told("HTTP %d: %s".formatted(http.status(), http.reason()));
      if (!http.passing()) {
        breaker.succeeded(); // it works; it is the request that does not
        throw refused(http, reason);
      }
      if (http.status() == 429) {
        // Not a failure of the server: it works, and asks for patience. All wait, not only this
        // one.
        breaker.succeeded();
        http.retryAfter()
            .filter(wait -> wait.compareTo(limits.deadline()) < 0)
            .ifPresent(rate::pause);
        return new Try<>(null, reason, http.retryAfter().orElse(Duration.ZERO), Kind.LIMITED);
      }
      breaker.failed(reason);
      return new Try<>(null, reason, http.retryAfter().orElse(Duration.ZERO), Kind.FAILED);
    }
    IOException io = find(IOException.class, thrown);
    if (io == null || io instanceof JsonProcessingException) {
      breaker.succeeded();
      payment.settle(estimate);
      throw new HostedException.BadAnswer(
          told("the answer is not understood: " + thrown.getMessage()));
    }
    boolean unreached =
        io instanceof java.net.ConnectException || io instanceof java.net.UnknownHostException;
    if (unreached) {
      payment.payBack();
    } else {
      payment.settle(estimate); // it may have been served; better counted than not
    }
    // Out of time while the answer comes in looks like a connection that was closed: by this side.
    boolean slow = io instanceof InterruptedIOException || took.compareTo(limits.attempt()) >= 0;
    String reason =
        slow
            ? "no answer within %d s".formatted(limits.attempt().toSeconds())
            : told(io.getClass().getSimpleName() + ": " + io.getMessage());
    breaker.failed(reason);
    return new Try<>(null, reason, Duration.ZERO, slow ? Kind.SLOW : Kind.FAILED);
  }

  private GeneratorException refused(HttpFailure http, String reason) {
    String lower = http.reason().toLowerCase(java.util.Locale.ROOT);
    // OpenAI's ways to say that its policy forbids it: moderation_blocked,
    // content_policy_violation.
    if (http.status() == 400
        && lower.matches("(moderation_blocked|content_policy|image_generation_user_error).*")) {
      return new GeneratorException.Refused(
          told("%s refuses: %s".formatted(server, http.reason())));
    }
    return switch (http.status()) {
      case 401, 403 ->
          new HostedException.Forbidden(
              told("%s does not accept the key (%s)".formatted(server, reason))
                  + (key.isPresent() ? "" : "; there is none: see docs/hosted.md"));
      case 402 ->
          new HostedException.Forbidden(told("%s wants to be paid: %s".formatted(server, reason)));
      default ->
          new HostedException.Rejected(
              told("%s rejects the request: %s".formatted(server, reason)));
    };
  }

  private GeneratorException exhausted(Try<?> last, String why) {
    String text = "%s gave no answer, %s; the last time: %s".formatted(server, why, last.reason);
    return switch (last.kind) {
      case LIMITED -> new HostedException.TooManyRequests(text);
      case SLOW -> new HostedException.TooSlow(text);
      default -> new HostedException.Unavailable(text);
    };
  }

  private void requireOpen() {
    if (closed) {
      throw new HostedException.Cancelled("%s is closed".formatted(server));
    }
  }

  /** Exponential with full jitter, so that calls that failed together do not come back together. */
  static Duration backoff(int tried) {
    double most =
        Math.min(
            (double) LONGEST_WAIT.toMillis(),
            (double) FIRST_WAIT.toMillis() * Math.pow(2, Math.min(tried - 1, 20)));
    double share = 0.1 + 0.9 * ThreadLocalRandom.current().nextDouble();
    return Duration.ofMillis((long) (most * share));
  }

  private String told(String text) {
    return key.redact(Wire.shortened(text));
  }

  private static <E extends Exception> @Nullable E find(Class<E> type, Throwable thrown) {
    // The SDKs wrap what happens on the wire; a failure of ours is the innermost.
    E found = null;
    int depth = 0;
    for (Throwable t = thrown; t != null && depth < 20; t = t.getCause(), depth++) {
      if (type.isInstance(t)) {
        found = type.cast(t);
      }
    }
    return found;
  }
}
