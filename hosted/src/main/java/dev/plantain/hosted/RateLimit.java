package dev.plantain.hosted;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * At most so many requests and tokens in any minute, first come first served.
 *
 * <p>The log is exact: no window of a minute, wherever it begins, holds more. (A counter reset
 * every minute lets twice as many through around the reset.) What counts is when a request arrives,
 * which only the server knows: after it was {@link Ticket#sent}, and before its answer begins or
 * {@link #TRAVEL} has passed. The later of these is taken.
 */
final class RateLimit {
  /** A request arrives within this, on a slow line or a busy machine. */
  private static final Duration TRAVEL = Duration.ofSeconds(3);

  /** All room is taken by requests that are not sent yet: a matter of moments. */
  private static final long POLL_NANOS = 20_000_000;

  private final int requests;
  private final long tokens;
  private final long windowNanos;
  private final Time time;

  /** Held while waiting, so that those who came first go first. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private final Object state = new Object();

  /** Sent, those that arrived first first. */
  private final TreeSet<Ticket> log =
      new TreeSet<>(
          (a, b) -> a.at == b.at ? Long.compare(a.serial, b.serial) : a.at - b.at < 0 ? -1 : 1);

  private long serials;

  private int pending;
  private long tokensInUse;
  private long pausedUntil;

  /** A request that may go out. */
  final class Ticket {
    private final long serial = serials++;
    private long at;
    private long used;
    private boolean sent;
    private boolean forgotten;

    private Ticket(long used) {
      this.used = used;
    }

    /** It is on its way now. */
    void sent() {
      synchronized (state) {
        if (!sent) {
          sent = true;
          pending--;
          at = time.nanos() + TRAVEL.toNanos();
          log.add(this);
        }
      }
    }

    /** It has arrived by now: its answer begins, or will not come. */
    void arrived() {
      synchronized (state) {
        sent();
        long now = time.nanos();
        if (!forgotten && now - at < 0) {
          log.remove(this);
          at = now;
          log.add(this);
        }
      }
    }

    /** Replaces the estimate by what was used. */
    void settle(long actual) {
      synchronized (state) {
        arrived();
        if (!forgotten) {
          tokensInUse += actual - used;
          used = actual;
        }
      }
    }
  }

  /**
   * @param minute what stands for a minute
   */
  RateLimit(OptionalInt requests, OptionalInt tokens, Duration minute, Time time) {
    this.requests = requests.orElse(Integer.MAX_VALUE);
    this.tokens = tokens.isPresent() ? tokens.getAsInt() : Long.MAX_VALUE;
    this.windowNanos = minute.toNanos();
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
          while (!log.isEmpty() && now - log.first().at >= windowNanos) {
            Ticket old = log.first();
            log.remove(old);
            old.forgotten = true;
            tokensInUse -= old.used;
          }
          long fitting = Math.min(estimate, tokens);
          boolean room = log.size() + pending < requests && tokensInUse + fitting <= tokens;
          if (room && now - pausedUntil >= 0) {
            pending++;
            tokensInUse += fitting;
            return new Ticket(fitting);
          }
          wait = log.isEmpty() ? POLL_NANOS : log.first().at + windowNanos - now;
          wait = Math.max(room ? 0 : wait, pausedUntil - now);
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
