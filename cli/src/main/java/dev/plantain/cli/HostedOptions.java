package dev.plantain.cli;

import dev.plantain.hosted.AnswerCache;
import dev.plantain.hosted.Budget;
import dev.plantain.hosted.Places;
import dev.plantain.hosted.Terms;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** On which terms generators behind servers are asked. */
final class HostedOptions {
  /** Photos looked at at once, where the server's own limit is not known here. */
  private static final int AT_ONCE = 4;

  @Option(
      names = "--max-calls",
      paramLabel = "N",
      description = "Paid calls at the most; what is answered is kept, so a run can go on later.")
  @Nullable Integer maxCalls;

  @Option(
      names = "--max-cost",
      paramLabel = "USD",
      description = "US dollars at the most, by the table of prices.")
  @Nullable Double maxCost;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "A table of prices (default: prices.txt in the settings folder).")
  @Nullable Path prices;

  @Option(
      names = "--requests-per-minute",
      paramLabel = "N",
      description = "At the most (default: as the server is described).")
  @Nullable Integer requests;

  @Option(
      names = "--tokens-per-minute",
      paramLabel = "N",
      description = "At the most (default: as the server is described).")
  @Nullable Integer tokens;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Calls at once (default: as the server is described).")
  @Nullable Integer parallel;

  @Option(names = "--no-cache", description = "Ask anew, and keep no answers.")
  boolean noCache;

  private @Nullable Terms terms;

  /** Complains before anything is opened. */
  void validate() {
    positive("--requests-per-minute", requests);
    positive("--tokens-per-minute", tokens);
    positive("--parallel", parallel);
    if ((maxCalls != null && maxCalls < 0) || (maxCost != null && !(maxCost >= 0))) {
      throw new UsageException("--max-calls and --max-cost take 0 or more");
    }
  }

  private static void positive(String name, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new UsageException("%s takes 1 or more, got %d".formatted(name, value));
    }
  }

  /** How many photos of a run are looked at at once. */
  int atOnce() {
    return parallel == null ? AT_ONCE : parallel;
  }

  /** The terms of this run, the same for all it opens. */
  synchronized Terms terms() {
    if (terms == null) {
      Places places = Places.own();
      terms =
          new Terms(
              System.getenv(),
              places,
              Budget.of(
                  of(maxCalls),
                  maxCost == null ? OptionalDouble.empty() : OptionalDouble.of(maxCost)),
              noCache
                  ? Optional.empty()
                  : Optional.of(new AnswerCache(places.answers(), CacheCommand.limit())),
              Optional.ofNullable(prices),
              of(requests),
              of(tokens),
              of(parallel));
    }
    return terms;
  }

  private static OptionalInt of(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
