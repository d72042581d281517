package dev.plantain.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many drawings from a busy server: all, none twice, within the limit and near it. */
class LoadTest {
  @TempDir Path folder;

  @Test
  void oneHundredFourTimesAsFast() throws Exception {
    run(100, 60, 4);
  }

  /** The whole thing in real time: over three minutes. */
  @Test
  @Tag("slow")
  void aThousandInRealTime() throws Exception {
    run(1000, 300, 1);
  }

  private void run(int count, int perMinute, int speed) throws Exception {
    try (LoadServer server = new LoadServer(speed)) {
      Terms terms =
          TestTerms.of(
              folder, server.port(), "limit.parallel=16", "limit.requests_per_minute=" + perMinute);
      // Loading the classes takes longer than a minute of fast time.
      Terms others = TestTerms.of(folder.resolve("warm"), server.port(), "limit.parallel=16");
      LoadRun.draw(server.spec(), others, 20, speed, n -> {});
      server.forget();
      long[] used = new long[2];
      long start = System.nanoTime();
      int drawn =
          LoadRun.draw(
              server.spec(),
              terms,
              count,
              speed,
              n -> {
                if (n == count / 5) {
                  used[0] = heap();
                } else if (n == count) {
                  used[1] = heap();
                }
              });
      double minutes = (System.nanoTime() - start) / 60e9 * speed;
      Duration minute = Duration.ofMinutes(1).dividedBy(speed);
      double rate = count / minutes;
      System.out.printf(
          Locale.ROOT,
          "%d of %d drawn in %.2f min: %.1f a minute, limit %d; %d requests, %d of them failed;"
              + " most in a minute %d; billed %d; heap %.1f MB after a fifth, %.1f MB at the end%n",
          drawn,
          count,
          minutes,
          rate,
          perMinute,
          server.arrivals.size(),
          server.failed.get(),
          server.most(minute),
          server.billed.size(),
          used[0] / 1e6,
          used[1] / 1e6);
      assertThat(drawn).isEqualTo(count);
      assertThat(server.answered).hasSize(count);
      assertThat(server.answered.values()).allMatch(n -> n.get() == 1);
      assertThat(server.billed).hasSize(count);
      assertThat(server.failed.get()).isBetween(count / 50, count / 10);
      assertThat(server.most(minute)).isLessThanOrEqualTo(perMinute);
      assertThat(rate).isGreaterThanOrEqualTo(0.95 * perMinute);
      assertThat(used[1] - used[0]).isLessThan(16_000_000);
    }
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** A process killed in the middle (SIGKILL: no shutdown hook runs), and started again. */
  @Test
  void whatWasFinishedBeforeAKillIsNotPaidAgain() throws Exception {
    int count = 120;
    try (LoadServer server = new LoadServer(20)) {
      Process first = start(server, count);
      while (server.answered.size() < 40 && first.isAlive()) {
        Thread.sleep(10);
      }
      assertThat(first.isAlive()).isTrue();
      first.destroyForcibly().waitFor();
      assertThat(first.exitValue()).isEqualTo(128 + 9);

      Set<String> finished = new HashSet<>();
      AnswerCache cache = new AnswerCache(folder.resolve("cache/answers"), 64 << 20);
      cache.entries().forEach(entry -> finished.add(entry.key()));
      assertThat(finished.size()).isGreaterThanOrEqualTo(20);
      finished.removeIf(key -> cache.get(key).isEmpty()); // half written ones are none
      server.answered.clear();

      Process second = start(server, count);
      assertThat(second.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("120");
      assertThat(server.answered.keySet()).doesNotContainAnyElementsOf(finished);
      assertThat(server.answered.size()).isEqualTo(count - finished.size());
      assertThat(server.billed).hasSize(count);
      System.out.printf(
          "killed with %d of %d finished; %d asked for after the restart, %d billed in all%n",
          finished.size(), count, server.answered.size(), server.billed.size());
    }
  }

  private Process start(LoadServer server, int count) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            List.of(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LoadRun.class.getName(),
                server.spec(),
                Integer.toString(server.port()),
                folder.toString(),
                Integer.toString(count),
                "20",
                "100000"))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
