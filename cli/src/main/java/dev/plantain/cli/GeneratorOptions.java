package dev.plantain.cli;

import dev.plantain.core.GeneratorProvider;
import dev.plantain.core.Options;
import dev.plantain.core.Vision;
import java.util.ServiceLoader;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who draws, and how. */
final class GeneratorOptions {
  @Option(
      names = "--generator",
      paramLabel = "SPEC",
      defaultValue = "sprout",
      description = "Who draws (default: ${DEFAULT-VALUE}); plantain models lists them.")
  String generator = "sprout";

  @Mixin DrawingOptions how = new DrawingOptions();

  /** Opens the generator. */
  Vision open() {
    return how.open(generator);
  }

  /** How many photos are looked at at once: as many as a server's limit allows, or one here. */
  int atOnce() {
    return how.atOnce(generator);
  }

  /** Says what a run may cost, if it may cost anything, before it begins. */
  void announce(Console console, long drawings) {
    how.announce(generator, console, drawings);
  }

  /** The generator's spec with the device in it. */
  String spec() {
    return how.spec(generator);
  }

  Options options() {
    return how.options();
  }

  /** Whether a spec is no more than a generator's name. */
  static boolean isName(String spec) {
    return ServiceLoader.load(GeneratorProvider.class).stream()
        .anyMatch(provider -> provider.get().scheme().equals(spec));
  }
}
