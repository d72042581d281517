package dev.plantain.hosted;

import java.time.Duration;

/** A clock that can be waited for. Tests have one that runs faster. */
interface Time {
  Time REAL =
      new Time() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
          Thread.sleep(time);
        }
      };

  /** Nanoseconds since some moment; never less than before. */
  long nanos();

  void sleep(Duration time) throws InterruptedException;
}
