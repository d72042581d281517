package dev.plantain.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerCacheTest {
  @TempDir Path folder;

  private static String key(int i) {
    return new Fingerprint("test").add(Integer.toString(i)).hex();
  }

  private static byte[] body(int i, int length) {
    byte[] body = new byte[length];
    Arrays.fill(body, (byte) i);
    body[0] = '\n';
    return body;
  }

  @Test
  void whatIsPutIsThere() {
    AnswerCache cache = new AnswerCache(folder, 1 << 20);
    assertThat(cache.get(key(1))).isEmpty();
    assertThat(cache.put(key(1), "openai:http://h/v1#m\nx", body(1, 100))).isTrue();
    assertThat(cache.get(key(1)).orElseThrow()).isEqualTo(body(1, 100));
    assertThat(new AnswerCache(folder, 1 << 20).get(key(1))).isPresent();
    List<AnswerCache.Entry> entries = cache.entries();
    assertThat(entries).hasSize(1);
    assertThat(entries.getFirst().about()).isEqualTo("openai:http://h/v1#m x");
    assertThat(cache.size()).isEqualTo(entries.getFirst().bytes());
    assertThat(cache.clear()).isEqualTo(1);
    assertThat(cache.entries()).isEmpty();
  }

  /** Whatever byte a crash or the disk changes or cuts off: no answer, and never a wrong one. */
  @Test
  void aDamagedAnswerIsNone() throws IOException {
    AnswerCache cache = new AnswerCache(folder, 1 << 20);
    cache.put(key(1), "m", body(1, 40));
    Path file = folder.resolve(key(1).substring(0, 2)).resolve(key(1));
    byte[] whole = Files.readAllBytes(file);
    int about = new String(whole, StandardCharsets.ISO_8859_1).indexOf(" m\n") + 1;
    for (int i = 0; i < whole.length; i++) {
      byte[] cut = Arrays.copyOf(whole, i);
      Files.write(file, cut);
      assertThat(cache.get(key(1))).as("cut at %d", i).isEmpty();
      assertThat(file).doesNotExist();
      byte[] flipped = whole.clone();
      flipped[i] ^= 0x10;
      Files.write(file, flipped);
      if (i != about) { // who answered is not part of the answer
        assertThat(cache.get(key(1))).as("flipped at %d", i).isEmpty();
      }
    }
  }

  @Test
  void thoseNotUsedForLongestGo() throws IOException {
    AnswerCache cache = new AnswerCache(folder, 10_000);
    for (int i = 0; i < 8; i++) {
      cache.put(key(i), "m", body(i, 1000));
      Path file = folder.resolve(key(i).substring(0, 2)).resolve(key(i));
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(1000 - i)));
    }
    assertThat(cache.get(key(0))).isPresent(); // used now
    cache.put(key(8), "m", body(8, 1000));
    cache.put(key(9), "m", body(9, 1000));
    assertThat(cache.size()).isLessThanOrEqualTo(10_000);
    assertThat(cache.get(key(0))).isPresent();
    assertThat(cache.get(key(9))).isPresent();
    assertThat(cache.get(key(1))).isEmpty();
    assertThat(cache.put(key(10), "m", body(1, 20_000))).isFalse();
  }

  @Test
  void leftoversOfKilledProcessesAreNoAnswers() throws IOException {
    AnswerCache cache = new AnswerCache(folder, 1 << 20);
    cache.put(key(1), "m", body(1, 10));
    Path part = folder.resolve(key(1).substring(0, 2)).resolve(key(1) + "-1-1.part");
    Files.write(part, body(2, 10));
    assertThat(cache.entries()).hasSize(1);
    cache.clear();
    assertThat(part).doesNotExist();
  }

  @Test
  void manyThreadsAndTwoCachesOnOneFolder() throws Exception {
    AnswerCache one = new AnswerCache(folder, 50_000);
    AnswerCache two = new AnswerCache(folder, 50_000);
    List<Future<?>> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        int n = i % 60;
        AnswerCache cache = i % 2 == 0 ? one : two;
        done.add(
            threads.submit(
                () -> {
                  cache.put(key(n), "m", body(n, 1000));
                  cache.get(key(n)).ifPresent(b -> assertThat(b).isEqualTo(body(n, 1000)));
                }));
      }
    }
    for (Future<?> each : done) {
      each.get();
    }
    assertThat(one.size()).isLessThanOrEqualTo(62_000);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(f -> f.toString().endsWith(".part"))).isEmpty();
    }
  }
}
