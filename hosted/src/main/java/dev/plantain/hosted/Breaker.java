package dev.plantain.hosted;

import java.time.Duration;

/**
 * Stops asking a server that fails every time: after so many failures in a row no call goes out for
 * a while, then one is let through, and if that succeeds, all.
 */
final class Breaker {
  private final int failures;
  private final long pauseNanos;
  private final Time time;

  private int inRow;
  private long closedAgainAt;
  private boolean probing;
  private String last = "";

  Breaker(int failures, Duration pause, Time time) {
    this.failures = failures;
    this.pauseNanos = pause.toNanos();
    this.time = time;
  }

  /**
   * Lets a call pass.
   *
   * @throws HostedException.Unavailable if the server is being left alone
   */
  synchronized void pass() {
    if (inRow < failures) {
      return;
    }
    long left = closedAgainAt - time.nanos();
    if (left > 0 || probing) {
      throw new HostedException.Unavailable(
          "the server failed %d times in a row (%s) and is left alone for %d s"
              .formatted(inRow, last, Math.max(1, Duration.ofNanos(left).toSeconds())));
    }
    probing = true;
  }

  synchronized void succeeded() {
    inRow = 0;
    probing = false;
  }

  /**
   * @param reason the server's
   */
  synchronized void failed(String reason) {
    inRow++;
    probing = false;
    last = reason;
    closedAgainAt = time.nanos() + pauseNanos;
  }

  /** A call that passed told nothing about the server: it was cancelled, or never went out. */
  synchronized void abandoned() {
    probing = false;
  }
}
