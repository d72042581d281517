package dev.plantain.hosted;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

/**
 * At most so many requests and tokens in any minute, first come first served.
 *
 * <p>The log of what went out is exact: no window of a minute, wherever it begins, holds more. (A
 * counter reset every minute lets twice as many through around the reset.) A minute is taken a
 * little longer, as requests that leave a minute apart may arrive less than that apart.
 */
final class RateLimit {
  /** The share by which a minute is longer here. */
  private static final double MARGIN = 0.02;

  private final int requests;
  private final long tokens;
  private final long windowNanos;
  private final Time time;

  /** Held while waiting, so that those who came first go first. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private final Object state = new Object();
  private final Deque<Ticket> log = new ArrayDeque<>();
  private long loggedTokens;
  private long pausedUntil;

  /** A request that went out. */
  final class Ticket {
    private final long at;
    private long used;

    private Ticket(long at, long used) {
      this.at = at;
      this.used = used;
    }

    /** Replaces the estimate by what was used. */
    void settle(long actual) {
      synchronized (state) {
        if (log.contains(this)) {
          loggedTokens += actual - used;
        }
        used = actual;
      }
    }
  }

  /**
   * @param minute what stands for a minute
   */
  RateLimit(OptionalInt requests, OptionalInt tokens, Duration minute, Time time) {
    this.requests = requests.orElse(Integer.MAX_VALUE);
    this.tokens = tokens.isPresent() ? tokens.getAsInt() : Long.MAX_VALUE;
    this.windowNanos = (long) (minute.toNanos() * (1 + MARGIN));
    this.time = time;
    this.pausedUntil = time.nanos();
  }

  /** Lets nobody go for this long: the server asked for it. */
  void pause(Duration wait) {
    synchronized (state) {
      long until = time.nanos() + wait.toNanos();
      pausedUntil = until - pausedUntil > 0 ? until : pausedUntil;
    }
  }

  /**
   * Waits until a request may go.
   *
   * @param estimate tokens it will use; one larger than the limit is let through alone
   * @param patience how long to wait at most
   * @throws HostedException.TooManyRequests if it takes longer
   */
  Ticket acquire(long estimate, Duration patience) throws InterruptedException {
    long deadline = time.nanos() + patience.toNanos();
    turn.lockInterruptibly();
    try {
      while (true) {
        long wait;
        synchronized (state) {
          long now = time.nanos();
          while (!log.isEmpty() && now - log.peekFirst().at >= windowNanos) {
            loggedTokens -= log.removeFirst().used;
          }
          long fitting = Math.min(estimate, tokens);
          boolean room = log.size() < requests && loggedTokens + fitting <= tokens;
          if (room && now - pausedUntil >= 0) {
            Ticket ticket = new Ticket(now, fitting);
            log.addLast(ticket);
            loggedTokens += fitting;
            return ticket;
          }
          wait = room ? 0 : log.peekFirst() == null ? 0 : log.peekFirst().at + windowNanos - now;
          wait = Math.max(wait, pausedUntil - now);
          if (now + wait - deadline > 0) {
            throw new HostedException.TooManyRequests(
                "the limit on requests leaves no room for %d s; allow more time or fewer requests"
                    .formatted(Duration.ofNanos(wait).toSeconds() + 1));
          }
        }
        time.sleep(Duration.ofNanos(Math.max(wait, 1_000)));
      }
    } finally {
      turn.unlock();
    }
  }
}
