package dev.plantain.hosted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.core.Image;
import dev.plantain.core.Options;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rates, budgets, prices, keys, addresses. */
class LimitsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void aBusyLimitIsUsedToTheFull() throws InterruptedException {
    StillTime time = new StillTime();
    RateLimit limit = new RateLimit(OptionalInt.of(300), OptionalInt.empty(), MINUTE, time);
    long start = time.nanos();
    for (int i = 0; i < 3000; i++) {
      limit.acquire(0, Duration.ofHours(1)).arrived();
    }
    double minutes = (time.nanos() - start) / 60e9;
    assertThat(3000 / minutes).isBetween(0.95 * 300, 1.12 * 300); // the first 300 wait for nobody
  }

  @Test
  void aRequestLargerThanTheLimitGoesAlone() throws InterruptedException {
    StillTime time = new StillTime();
    RateLimit limit = new RateLimit(OptionalInt.empty(), OptionalInt.of(100), MINUTE, time);
    limit.acquire(1000, MINUTE).arrived();
    long before = time.nanos();
    limit.acquire(1, Duration.ofMinutes(2));
    assertThat(time.nanos() - before).isGreaterThanOrEqualTo(MINUTE.toNanos());
  }

  @Test
  void aRequestCountsUntilAMinuteAfterItWasSent() throws InterruptedException {
    StillTime time = new StillTime();
    RateLimit limit = new RateLimit(OptionalInt.of(1), OptionalInt.empty(), MINUTE, time);
    RateLimit.Ticket late = limit.acquire(0, MINUTE);
    time.sleep(Duration.ofSeconds(90));
    assertThatThrownBy(() -> limit.acquire(0, Duration.ofMillis(10)))
        .isInstanceOf(HostedException.TooManyRequests.class);
    late.sent();
    time.sleep(Duration.ofSeconds(1));
    late.arrived();
    long sent = time.nanos();
    limit.acquire(0, Duration.ofMinutes(2));
    assertThat(time.nanos() - sent).isGreaterThanOrEqualTo(MINUTE.toNanos());
  }

  @Test
  void aPauseHoldsEveryone() throws InterruptedException {
    StillTime time = new StillTime();
    RateLimit limit = new RateLimit(OptionalInt.empty(), OptionalInt.empty(), MINUTE, time);
    limit.acquire(0, MINUTE);
    limit.pause(Duration.ofSeconds(20));
    assertThatThrownBy(() -> limit.acquire(0, Duration.ofSeconds(5)))
        .isInstanceOf(HostedException.TooManyRequests.class);
    long before = time.nanos();
    limit.acquire(0, MINUTE);
    assertThat(time.nanos() - before).isEqualTo(Duration.ofSeconds(20).toNanos());
  }

  @Test
  void theBreakerOpensProbesAndCloses() {
    StillTime time = new StillTime();
    Breaker breaker = new Breaker(3, Duration.ofSeconds(30), time);
    for (int i = 0; i < 3; i++) {
      breaker.pass();
      breaker.failed("HTTP 500");
    }
    assertThatThrownBy(breaker::pass)
        .isInstanceOf(HostedException.Unavailable.class)
        .hasMessageContaining("HTTP 500");
    time.sleep(Duration.ofSeconds(31));
    breaker.pass();
    assertThatThrownBy(breaker::pass).isInstanceOf(HostedException.Unavailable.class);
    breaker.abandoned();
    breaker.pass();
    breaker.succeeded();
    breaker.pass();
    breaker.pass();
  }

  @Test
  void aBudgetIsNotExceeded(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("prices.txt");
    Files.writeString(
        file,
        """
        # US dollars

        gemini:x image=0.04 input=0.5 output=10 # a comment
        openai:http://h/v1#m image=1
        """);
    Prices prices = Prices.read(file);
    Prices.Price price = prices.of("gemini:x").orElseThrow();
    assertThat(price.of(new Usage(1, 1_000_000, 100_000))).isCloseTo(1.54, within(1e-9));
    assertThat(prices.of("openai:http://h/v1#m")).isPresent();
    assertThat(prices.of("gemini:y")).isEmpty();

    Budget budget = Budget.of(OptionalInt.of(3), OptionalDouble.of(0.1));
    Budget.Payment one = budget.pay(Optional.of(price), new Usage(1, 0, 0));
    Budget.Payment two = budget.pay(Optional.of(price), new Usage(1, 0, 0));
    assertThatThrownBy(() -> budget.pay(Optional.of(price), new Usage(1, 0, 0)))
        .isInstanceOf(HostedException.BudgetSpent.class)
        .hasMessageContaining("--max-cost");
    two.payBack();
    two.payBack();
    one.settle(new Usage(0, 0, 0));
    assertThat(budget.cost()).isCloseTo(0, within(1e-12));
    assertThat(budget.calls()).isEqualTo(1);
    budget.pay(Optional.empty(), new Usage(1, 0, 0));
    budget.pay(Optional.of(price), new Usage(1, 0, 0));
    assertThat(budget.priced()).isFalse();
    assertThatThrownBy(() -> budget.pay(Optional.of(price), new Usage(1, 0, 0)))
        .hasMessageContaining("--max-calls");
  }

  @Test
  void aWrongPriceIsToldWithItsLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("prices.txt");
    for (String line :
        new String[] {
          "gemini:x", "gemini:x image=cheap", "gemini:x images=1", "gemini:x image=-1"
        }) {
      Files.writeString(file, "# one\n" + line + "\n");
      assertThatThrownBy(() -> Prices.read(file)).hasMessageContaining("line 2");
    }
  }

  @Test
  void keysGoToTheirHostOnly(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("keys.txt");
    Map<String, String> environment =
        Map.of(
            "OPENAI_API_KEY",
            "openai-key",
            "PLANTAIN_KEY_HERE_8000",
            "here-key",
            "GOOGLE_API_KEY",
            "g");
    Keys keys = new Keys(environment, file);
    assertThat(keys.of(URI.create("https://api.openai.com/v1")).reveal()).isEqualTo("openai-key");
    assertThat(keys.of(URI.create("https://elsewhere.com/v1")).isPresent()).isFalse();
    assertThat(keys.of(URI.create("https://here:8000/v1")).reveal()).isEqualTo("here-key");
    assertThat(keys.gemini().reveal()).isEqualTo("g");
    assertThatThrownBy(() -> keys.of(URI.create("http://here:8000/v1")))
        .isInstanceOf(HostedException.Forbidden.class)
        .hasMessageNotContaining("here-key")
        .hasMessageContaining("unencrypted");
    assertThat(keys.of(URI.create("http://localhost:1/v1")).isPresent()).isFalse();
    assertThat(Secret.of("abc").toString()).doesNotContain("abc");
    assertThat(
            Stream.of(
                    "localhost:8000",
                    "api.example.com",
                    "api-example.com",
                    "api--example.com",
                    "x:8000",
                    "x-8000",
                    "[fe80::1]:8000",
                    "[fe80::1:8000]",
                    "[fe80::1%8000]")
                .map(Keys::variable))
        .doesNotHaveDuplicates()
        .contains("LOCALHOST_8000", "API_EXAMPLE_COM", "API__EXAMPLE_COM");
    assertThat("" + Secret.of("abc").redact("x abc y")).isEqualTo("x [key] y");
  }

  @Test
  void aFileOfKeysMustBePrivate(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("keys.txt");
    Files.writeString(file, "# mine\ngemini = file-key\nhere:8000 here-file-key\n");
    Keys keys = new Keys(Map.of(), file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(keys::gemini)
        .isInstanceOf(HostedException.Forbidden.class)
        .hasMessageContaining("chmod 600")
        .hasMessageNotContaining("file-key");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(keys.gemini().reveal()).isEqualTo("file-key");
    assertThat(keys.of(URI.create("https://here:8000/v1")).reveal()).isEqualTo("here-file-key");
  }

  @Test
  void specsAreReadAndWrongOnesExplained() {
    Spec spec = Spec.parse("openai:http://localhost:8000/v1#black-forest/flux.2?server=vllm-omni");
    assertThat(spec.base()).contains(URI.create("http://localhost:8000/v1"));
    assertThat(spec.model()).isEqualTo("black-forest/flux.2");
    assertThat(spec.settings()).containsEntry("server", "vllm-omni");
    assertThat(spec.plain()).isEqualTo("openai:http://localhost:8000/v1#black-forest/flux.2");
    assertThat(Spec.parse("gemini:m-1").plain()).isEqualTo("gemini:m-1");
    for (String wrong :
        new String[] {
          "gemini:",
          "gemini",
          "openai:http://h/v1",
          "openai:#m",
          "openai:ftp://h#m",
          "openai:h#m",
          "gemini:m?colour=red",
          "openai:http://h/v1#",
          "gemini:a b",
          "openai:http:///v1#m"
        }) {
      assertThatThrownBy(() -> Spec.parse(wrong)).as(wrong).isInstanceOf(HostedException.class);
    }
    assertThatThrownBy(() -> Spec.parse("openai:https://me:sesame@h/v1#m"))
        .isInstanceOf(HostedException.class)
        .hasMessageNotContaining("sesame");
    assertThatThrownBy(() -> Spec.parse("openai:https://h/v1?key=sesame#m"))
        .hasMessageNotContaining("sesame");
  }

  @Test
  void waitsAreRead() {
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    assertThat(RetryAfter.of(null, "120", now)).contains(Duration.ofMinutes(2));
    assertThat(RetryAfter.of("1500", "120", now)).contains(Duration.ofMillis(1500));
    assertThat(RetryAfter.of(null, "Fri, 02 Jan 2026 03:05:05 GMT", now))
        .contains(Duration.ofMinutes(1));
    assertThat(RetryAfter.of(null, "Fri, 02 Jan 2026 03:00:00 GMT", now)).contains(Duration.ZERO);
    for (String wrong : new String[] {"soon", "-5", "1e99", "NaN", "", "Fri, 99 Jan 2026"}) {
      assertThat(RetryAfter.of(null, wrong, now)).as(wrong).isEmpty();
    }
    assertThat(RetryAfter.of(null, null, now)).isEmpty();
  }

  @Test
  void serversAreDescribedByData(@TempDir Path folder) throws IOException {
    assertThat(
            Server.of(
                    folder, Optional.empty(), Optional.of(URI.create("https://api.openai.com/v1")))
                .name())
        .isEqualTo("openai");
    assertThat(Server.of(folder, Optional.empty(), Optional.of(URI.create("http://x/v1"))).name())
        .isEqualTo("plain");
    assertThat(Server.builtIn("gemini").fixed()).hasSize(10);
    assertThat(Server.builtIn("vllm-omni").fields()).containsEntry("seed", "seed");
    assertThat(Server.builtIn("stable-diffusion-cpp").fields()).doesNotContainKey("seed");
    Files.writeString(folder.resolve("mine.properties"), "hosts=x\nlimit.tries=2\n");
    Server mine = Server.of(folder, Optional.empty(), Optional.of(URI.create("http://x/v1")));
    assertThat(mine.limits().tries()).isEqualTo(2);
    assertThatThrownBy(() -> Server.of(folder, Optional.of("nonesuch"), Optional.empty()))
        .hasMessageContaining("mine");
    for (String wrong :
        new String[] {
          "limit.tries=many",
          "limit.tries=0",
          "colour=red",
          "sizes.fixed=big",
          "seedable=perhaps",
          "chat.structured=xml",
          "sizes.pixels=1"
        }) {
      Files.writeString(folder.resolve("mine.properties"), wrong + "\n");
      assertThatThrownBy(() -> Server.of(folder, Optional.empty(), Optional.empty()))
          .as(wrong)
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void modelsOfOpenAiGetSizesTheyTake(@TempDir Path folder) {
    Image photo = Image.filled(64, 48, 0);
    for (String model : List.of("gpt-image-1", "gpt-image-1-mini", "gpt-image-1.5")) {
      Server server = openAi(model, folder);
      assertThat(size(server, photo, 1216, 816)).as(model).isEqualTo("1536x1024");
      assertThat(size(server, photo, 816, 1216)).as(model).isEqualTo("1024x1536");
      assertThat(size(server, photo, 1040, 1008)).as(model).isEqualTo("1024x1024");
    }
    assertThat(size(openAi("gpt-image-2", folder), photo, 1216, 816)).isEqualTo("1216x816");
    assertThat(Spec.parse("gemini:any").server(new Places(folder, folder)).fixed()).hasSize(10);
  }

  private static Server openAi(String model, Path folder) {
    return Spec.parse("openai:https://api.openai.com/v1#" + model)
        .server(new Places(folder, folder));
  }

  private static String size(Server server, Image photo, int width, int height) {
    return Canvas.of(server, List.of(photo), Options.seeded(1).withSize(width, height)).size();
  }
}
