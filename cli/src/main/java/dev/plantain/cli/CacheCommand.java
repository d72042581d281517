package dev.plantain.cli;

import dev.plantain.hosted.AnswerCache;
import dev.plantain.hosted.Places;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plantain cache}. */
@Command(
    name = "cache",
    header = "The answers of hosted generators that are kept: list, clear, size.",
    description = {
      "PLANTAIN_CACHE says where they are kept, PLANTAIN_CACHE_MB how many megabytes (2048 if not"
          + " said; 0 keeps none). Over the limit, those not used for longest go."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  plantain cache size")
final class CacheCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "ACTION", description = "list, clear or size.")
  private String action = "";

  @Option(names = "--json", description = "Print JSON, one object a line.")
  private boolean json;

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common = new CommonOptions();

  CacheCommand(Console console) {
    this.console = console;
  }

  /** Bytes of all answers. */
  static long limit() {
    String megabytes = System.getenv("PLANTAIN_CACHE_MB");
    if (megabytes == null || megabytes.isBlank()) {
      return AnswerCache.DEFAULT_LIMIT;
    }
    try {
      return Math.multiplyExact(Long.parseUnsignedLong(megabytes.strip()), 1L << 20);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new UsageException(
          "PLANTAIN_CACHE_MB is a number of megabytes, got \"%s\"".formatted(megabytes));
    }
  }

  @Override
  public Integer call() {
    AnswerCache cache = new AnswerCache(Places.own().answers(), limit());
    switch (action) {
      case "list" -> list(cache);
      case "clear" -> {
        int cleared = cache.clear();
        tell(
            "%d answers thrown away from %s".formatted(cleared, cache.folder()),
            Map.of("cleared", cleared));
      }
      case "size" -> {
        int count = cache.entries().size();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("answers", count);
        object.put("bytes", cache.size());
        object.put("limit_bytes", limit());
        object.put("folder", cache.folder().toString());
        tell(
            "%d answers, %.1f of %d MB, in %s"
                .formatted(count, cache.size() / 1048576.0, limit() >> 20, cache.folder()),
            object);
      }
      default ->
          throw new UsageException(
              "plantain cache takes list, clear or size, got \"%s\"".formatted(action));
    }
    return ExitCode.OK;
  }

  private void list(AnswerCache cache) {
    for (AnswerCache.Entry entry : cache.entries()) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("key", entry.key());
      object.put("generator", entry.about());
      object.put("bytes", entry.bytes());
      object.put("used", entry.used().toString());
      tell(
          "%s  %9d bytes  used %s  %s"
              .formatted(entry.key().substring(0, 12), entry.bytes(), entry.used(), entry.about()),
          object);
    }
  }

  private void tell(String line, Map<String, ?> object) {
    console.line(json ? JsonText.line(new LinkedHashMap<>(object)) : line);
  }
}
