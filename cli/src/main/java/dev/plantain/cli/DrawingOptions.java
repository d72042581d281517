package dev.plantain.cli;

import dev.plantain.core.GeneratorProvider;
import dev.plantain.core.Options;
import dev.plantain.core.Vision;
import dev.plantain.hosted.Hosted;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How a generator draws: on which device, from which seed, how large, on whose account. */
final class DrawingOptions {
  private static final int MIN_SIDE = 16;
  private static final int MAX_SIDE = 8192;
  private static final Pattern SIZE = Pattern.compile("(\\d{1,6})(?:[xX×](\\d{1,6}))?");

  @Option(
      names = "--device",
      paramLabel = "cpu|cuda[:N]",
      description = "Where it computes, for generators that can (default: cpu).")
  @Nullable String device;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the drawing (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--size",
      paramLabel = "N|WxH",
      description = "Area to draw at: N x N or W x H; shape as the photo.")
  @Nullable String size;

  @ArgGroup(validate = false, heading = "%nOf generators behind servers (docs/hosted.md):%n")
  HostedOptions hosted = new HostedOptions();

  /** Opens a generator. */
  Vision open(String generator) {
    return Hosted.serves(generator)
        ? Vision.with(Hosted.open(generator, hosted.terms()))
        : Vision.with(spec(generator));
  }

  /** How many photos are looked at at once: as many as a server's limit allows, or one here. */
  int atOnce(String generator) {
    return Hosted.serves(generator) ? hosted.atOnce() : 1;
  }

  /** Says what a run may cost, if it may cost anything, before it begins. */
  void announce(String generator, Console console, long drawings) {
    if (!Hosted.serves(generator)) {
      return;
    }
    Optional<Double> price = Hosted.priceOfDrawing(generator, hosted.terms());
    String cost =
        price
            .map(each -> String.format(Locale.ROOT, "about $%.2f by the table", each * drawings))
            .orElse("at a price that is in no table");
    String bounds =
        (hosted.maxCalls == null ? "" : ", %d calls at the most".formatted(hosted.maxCalls))
            + (hosted.maxCost == null
                ? ""
                : String.format(Locale.ROOT, ", $%.2f at the most", hosted.maxCost));
    console
        .err()
        .println(
            "asking %s for up to %d drawings, %s%s; answers that are kept cost nothing"
                .formatted(generator, drawings, cost, bounds));
    console.err().flush();
  }

  /** A generator's spec with the device in it. */
  String spec(String generator) {
    if (device == null) {
      return generator;
    }
    String scheme = generator.split("[:?]", 2)[0];
    for (GeneratorProvider provider : ServiceLoader.load(GeneratorProvider.class)) {
      if (provider.scheme().equals(scheme) && !provider.settings().contains("device")) {
        throw new UsageException(
            "%s has no --device: it computes where it always does; klein has one"
                .formatted(scheme));
      }
    }
    return generator + (generator.contains("?") ? "&" : "?") + "device=" + device;
  }

  Options options() {
    if (size == null) {
      return Options.seeded(seed);
    }
    Matcher m = SIZE.matcher(size);
    int width = m.matches() ? Integer.parseInt(m.group(1)) : 0;
    int height = m.matches() && m.group(2) != null ? Integer.parseInt(m.group(2)) : width;
    if (Math.min(width, height) < MIN_SIDE || Math.max(width, height) > MAX_SIDE) {
      throw new UsageException(
          "--size takes a side or WIDTHxHEIGHT, each %d to %d, got \"%s\""
              .formatted(MIN_SIDE, MAX_SIDE, size));
    }
    return Options.seeded(seed).withSize(width, height);
  }
}
