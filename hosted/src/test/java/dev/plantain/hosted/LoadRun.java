package dev.plantain.hosted;

import dev.plantain.core.Generator;
import dev.plantain.core.Image;
import dev.plantain.core.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Draws many different questions, as a batch does; also a process of its own, to be killed. */
final class LoadRun {
  private static final int AHEAD = 64;

  private LoadRun() {}

  /** Arguments: spec, port, folder, count, speed, requests per minute. */
  public static void main(String[] args) throws InterruptedException {
    Terms terms =
        TestTerms.of(
            Path.of(args[2]),
            Integer.parseInt(args[1]),
            "limit.parallel=16",
            "limit.requests_per_minute=" + args[5]);
    int speed = Integer.parseInt(args[4]);
    System.out.println(draw(args[0], terms, Integer.parseInt(args[3]), speed, n -> {}));
    System.exit(0);
  }

  /** Hears of each drawing. */
  @FunctionalInterface
  interface Progress {
    void done(int count);
  }

  /**
   * Draws.
   *
   * @return how many were drawn
   */
  static int draw(String spec, Terms terms, int count, int speed, Progress progress)
      throws InterruptedException {
    AtomicInteger drawn = new AtomicInteger();
    Semaphore ahead = new Semaphore(AHEAD);
    Duration minute = Duration.ofMinutes(1);
    try (Generator generator = Hosted.open(spec, terms, minute, new FastTime(speed));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        ahead.acquire();
        Image photo = Image.filled(32, 32, 0x010101 * (i & 0xff));
        Options options = Options.seeded(i).withSize(32, 32);
        threads.execute(
            () -> {
              try {
                Image image = generator.draw(List.of(photo), "draw", options);
                if (image.width() == 32) {
                  progress.done(drawn.incrementAndGet());
                }
              } finally {
                ahead.release();
              }
            });
      }
    }
    return drawn.get();
  }
}
