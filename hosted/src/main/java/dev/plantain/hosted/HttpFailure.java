package dev.plantain.hosted;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A server answered, but not with what was asked for. */
final class HttpFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Optional<Duration> retryAfter;

  /**
   * @param status of HTTP; 200 if the answer came, but is no JSON
   * @param reason the server's, short
   * @param retryAfter how long it asks to wait
   */
  HttpFailure(int status, String reason, Optional<Duration> retryAfter) {
    super(reason);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  int status() {
    return status;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  /** Whether the same request may succeed later. */
  boolean passing() {
    return switch (status) {
      case 408, 425, 429, 500, 502, 503, 504, 529 -> true;
      default -> false;
    };
  }
}
