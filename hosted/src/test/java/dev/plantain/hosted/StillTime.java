package dev.plantain.hosted;

import java.time.Duration;

/** Time that passes only by sleeping. */
final class StillTime implements Time {
  private long now = 123;

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void sleep(Duration time) {
    now += time.toNanos();
  }
}
