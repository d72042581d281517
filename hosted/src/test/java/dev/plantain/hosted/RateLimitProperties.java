package dev.plantain.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RateLimitProperties {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Property(tries = 200)
  void noMinuteHoldsMoreThanAllowed(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 20_000) Integer> gapsMillis,
      @ForAll @IntRange(min = 1, max = 12) int requests,
      @ForAll @IntRange(min = 50, max = 400) int tokens)
      throws InterruptedException {
    StillTime time = new StillTime();
    RateLimit limit = new RateLimit(OptionalInt.of(requests), OptionalInt.of(tokens), MINUTE, time);
    List<Long> times = new ArrayList<>();
    List<Integer> used = new ArrayList<>();
    for (int gap : gapsMillis) {
      time.sleep(Duration.ofMillis(gap));
      int estimate = gap % 97 + 1;
      RateLimit.Ticket ticket = limit.acquire(estimate, Duration.ofDays(1));
      ticket.sent();
      time.sleep(Duration.ofMillis(gap % 3000)); // on its way
      times.add(time.nanos());
      if (gap % 2 == 0) {
        ticket.arrived();
      }
      int actual = Math.max(1, estimate - gap % 7);
      ticket.settle(actual);
      used.add(Math.min(tokens, Math.max(estimate, actual)));
    }
    for (int i = 0; i < times.size(); i++) {
      int inWindow = 0;
      int tokensInWindow = 0;
      for (int j = i; j < times.size() && times.get(j) - times.get(i) < MINUTE.toNanos(); j++) {
        inWindow++;
        tokensInWindow += used.get(j);
      }
      assertThat(inWindow).isLessThanOrEqualTo(requests);
      // A ticket is counted here by its estimate; settled ones may be up to 6 lower each.
      assertThat(tokensInWindow).isLessThanOrEqualTo(tokens + 6 * inWindow);
    }
  }
}
