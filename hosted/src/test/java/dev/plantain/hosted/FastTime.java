package dev.plantain.hosted;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Real time that runs faster, and remembers how long was slept. */
final class FastTime implements Time {
  final List<Duration> slept = new CopyOnWriteArrayList<>();
  private final int factor;

  FastTime(int factor) {
    this.factor = factor;
  }

  @Override
  public long nanos() {
    return System.nanoTime() * factor;
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    slept.add(time);
    Thread.sleep(time.dividedBy(factor));
  }
}
