package dev.plantain.hosted;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * On which terms servers are asked; shared by all that a run opens.
 *
 * @param environment variables, for keys
 * @param places of this user's files
 * @param budget of the run
 * @param cache of answers; none if empty
 * @param prices the table of prices; the user's own if empty
 * @param requestsPerMinute instead of what the server's description says
 * @param tokensPerMinute instead of what the server's description says
 * @param parallel calls at once, instead of what the server's description says
 */
public record Terms(
    Map<String, String> environment,
    Places places,
    Budget budget,
    Optional<AnswerCache> cache,
    Optional<Path> prices,
    OptionalInt requestsPerMinute,
    OptionalInt tokensPerMinute,
    OptionalInt parallel) {

  public Terms {
    environment = Map.copyOf(environment);
  }

  /** This user's keys, servers and prices, the usual cache, no bounds. */
  public static Terms usual() {
    Places places = Places.own();
    return new Terms(
        System.getenv(),
        places,
        Budget.unlimited(),
        Optional.of(new AnswerCache(places.answers(), AnswerCache.DEFAULT_LIMIT)),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  /** The same within a budget. */
  public Terms within(Budget other) {
    return new Terms(
        environment, places, other, cache, prices, requestsPerMinute, tokensPerMinute, parallel);
  }

  /** The same with another cache, or none. */
  public Terms keeping(Optional<AnswerCache> other) {
    return new Terms(
        environment, places, budget, other, prices, requestsPerMinute, tokensPerMinute, parallel);
  }

  Prices table() {
    return Prices.read(prices.orElse(places.prices()));
  }

  Keys keys() {
    return new Keys(environment, places.keys());
  }

  Server.Limits limits(Server.Limits described) {
    return new Server.Limits(
        requestsPerMinute.isPresent() ? requestsPerMinute : described.requestsPerMinute(),
        tokensPerMinute.isPresent() ? tokensPerMinute : described.tokensPerMinute(),
        parallel.orElse(described.parallel()),
        described.attempt(),
        described.deadline(),
        described.tries(),
        described.mostBytes());
  }

  Traffic traffic(String spec, Server server, Secret key, Duration minute, Time time) {
    return new Traffic(spec, limits(server.limits()), table().of(spec), budget, key, minute, time);
  }
}
