package dev.plantain.hosted;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a server asks to wait, in the ways servers say so. */
final class RetryAfter {
  /** Longer is as good as for ever, and does not overflow. */
  private static final Duration MOST = Duration.ofDays(30);

  /** As protocol buffers write a duration: {@code "34.074824224s"}. */
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s");

  private RetryAfter() {}

  /**
   * From the headers {@code Retry-After-Ms} and {@code Retry-After}, the latter seconds or a date
   * (RFC 9110, 10.2.3).
   */
  static Optional<Duration> of(
      @Nullable String millis, @Nullable String secondsOrDate, Instant now) {
    Optional<Duration> exact = number(millis, 1e-3);
    if (exact.isPresent() || secondsOrDate == null) {
      return exact;
    }
    Optional<Duration> seconds = number(secondsOrDate, 1);
    if (seconds.isPresent()) {
      return seconds;
    }
    try {
      Instant then =
          ZonedDateTime.parse(secondsOrDate.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
              .toInstant();
      return Optional.of(clamp(Duration.between(now, then)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** From the error of a Google API: {@code details[].retryDelay} of a {@code RetryInfo}. */
  static Optional<Duration> of(JsonNode error) {
    for (JsonNode detail : error.path("details")) {
      Matcher m = SECONDS.matcher(detail.path("retryDelay").asText(""));
      if (m.matches()) {
        return number(m.group(1), 1);
      }
    }
    return Optional.empty();
  }

  private static Optional<Duration> number(@Nullable String text, double seconds) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      double value = Double.parseDouble(text.strip()) * seconds;
      return value >= 0 && value <= MOST.toSeconds()
          ? Optional.of(Duration.ofMillis((long) Math.ceil(1000 * value)))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Duration clamp(Duration d) {
    return d.isNegative() ? Duration.ZERO : d.compareTo(MOST) > 0 ? MOST : d;
  }
}
